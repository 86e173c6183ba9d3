//! Writing what hangs on the person and not on a plan: concerns, overlays, decisions.
//!
//! In the order of every write: licence, policy, whether the caller reaches it, whether it was asked before, version,
//! command, codes, audit, commit.

use access::{Operation, PersonId, Role, TenantId};
use shared_plan::commands::{Act, Refusal};
use shared_plan::concern::{self, Concern, NewConcern};
use shared_plan::decision::{self, Decision, DecisionStatus, NewDecision};
use shared_plan::overlay::{self, NewOverlay, Overlay, OverlayStatus};
use shared_plan::ports::{Committed, Selection};
use shared_plan::{ChangedEntry, Entry, Id, OneOfAKind, Who};

use super::codes::Codes;
use super::{Asked, Caller, Failure, Service};

/// Documents that are looked through at a time.
const PAGE: usize = 200;

/// What a person has one of.
struct One<E> {
    /// True for the one that is meant, also where it was made for a person who is this person now.
    is_same: Box<dyn Fn(&E) -> bool + Send + Sync>,
    /// True where it counts no more.
    is_ended: fn(&E) -> bool,
    /// What else a caller must be allowed who changes it.
    owner: fn(&E) -> Option<Operation>,
}

/// What a write made.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedEntry<E> {
    /// The entry as it is now; for a repeated request, as it was made then.
    pub entry: E,
    /// True where this request had been carried out before.
    pub repeated: bool,
}

impl Service {
    /// The latest version of a concern, an overlay or a decision.
    ///
    /// # Errors
    /// Not there for this caller; the policy; the stores.
    pub async fn entry<E: Entry>(&self, caller: &Caller, id: Id<E>) -> Result<E, Failure> {
        let key = self.key(&caller.tenant, E::KIND, &id.to_string());
        Ok(E::from_document(&self.document(caller, &key).await?)?)
    }

    /// Enters a health concern.
    ///
    /// # Errors
    /// The licence, the policy, what cannot stand, the stores.
    pub async fn add_concern(
        &self,
        caller: &Caller,
        new: NewConcern,
        asked: &Asked,
    ) -> Result<SavedEntry<Concern>, Failure> {
        let place = (new.tenant.clone(), new.person.clone());
        self.make(caller, Operation::AddConcern, place, asked, |act| concern::add(new, act)).await
    }

    /// Changes a health concern by a command. What the person or their carer said is changed by everybody who may say
    /// what concerns them; what a professional entered is theirs.
    ///
    /// # Errors
    /// The licence, the policy, not there, a stale version, what the command refuses, the stores.
    pub async fn change_concern(
        &self,
        caller: &Caller,
        id: Id<Concern>,
        asked: &Asked,
        command: impl FnOnce(&Concern, &Act<'_>) -> Result<ChangedEntry<Concern>, Refusal> + Send,
    ) -> Result<SavedEntry<Concern>, Failure> {
        let owner = |concern: &Concern| owned_by_team(&concern.entered_by);
        self.change_entry(caller, Operation::AddConcern, id, asked, owner, command).await
    }

    /// Keeps an edit that a source did not take. On one target there is one: where one stands, whoever lays another says
    /// with `asked.seen` that they have seen it; where one has ended, it is laid anew.
    ///
    /// # Errors
    /// As [`Service::add_concern`]; stale where an overlay stands there that was not seen.
    pub async fn lay_overlay(
        &self,
        caller: &Caller,
        new: NewOverlay,
        asked: &Asked,
    ) -> Result<SavedEntry<Overlay>, Failure> {
        let place = (new.tenant.clone(), new.person.clone());
        let (target, index) = (new.target.clone(), new.target_index);
        let one = One {
            is_same: Box::new(move |overlay: &Overlay| overlay.is_on(&target, index)),
            is_ended: |overlay| overlay.status != OverlayStatus::Standing,
            owner: |overlay| owned_by_team(&overlay.by),
        };
        self.make_one(caller, editing(caller.role), place, asked, one, |before, act| match before {
            None => overlay::lay(new, act),
            Some(one) if one.status == OverlayStatus::Standing => {
                overlay::revise(one, new.target.version, new.changes, new.note, act)
            }
            Some(ended) => overlay::lay_anew(ended, new, act),
        })
        .await
    }

    /// Asks the policy whether a caller may keep edits that a source does not take, before it is looked up whose.
    ///
    /// # Errors
    /// The policy; the audit log.
    pub async fn allowed_to_edit(&self, caller: &Caller) -> Result<(), Failure> {
        self.allowed(caller, editing(caller.role)).await
    }

    /// Changes an overlay by a command. The person changes their own; those who answer for the plan change all.
    ///
    /// # Errors
    /// As [`Service::change_concern`].
    pub async fn change_overlay(
        &self,
        caller: &Caller,
        id: Id<Overlay>,
        asked: &Asked,
        command: impl FnOnce(&Overlay, &Act<'_>) -> Result<ChangedEntry<Overlay>, Refusal> + Send,
    ) -> Result<SavedEntry<Overlay>, Failure> {
        let owner = |overlay: &Overlay| owned_by_team(&overlay.by);
        self.change_entry(caller, editing(caller.role), id, asked, owner, command).await
    }

    /// Notes that the source of an overlay's target says the same now. That is what a reading has found, whoever read.
    ///
    /// # Errors
    /// As [`Service::change_concern`].
    pub async fn overlay_taken(
        &self,
        caller: &Caller,
        id: Id<Overlay>,
        asked: &Asked,
    ) -> Result<SavedEntry<Overlay>, Failure> {
        self.change_entry(caller, Operation::AnswerGoal, id, asked, |_| None, overlay::mark_taken).await
    }

    /// Settles a detected issue. About one issue there is one decision: where one is in force, whoever settles it once more
    /// says with `asked.seen` that they have seen it; where it was taken back, it is settled anew.
    ///
    /// # Errors
    /// As [`Service::add_concern`]; stale where a decision is in force that was not seen.
    pub async fn decide(
        &self,
        caller: &Caller,
        new: NewDecision,
        asked: &Asked,
    ) -> Result<SavedEntry<Decision>, Failure> {
        let place = (new.tenant.clone(), new.person.clone());
        let subject = new.issue.subject.clone();
        let one = One {
            is_same: Box::new(move |decision: &Decision| decision.is_about(&subject)),
            is_ended: |decision| decision.status != DecisionStatus::InForce,
            owner: |decision| owned_by_team(&decision.by),
        };
        self.make_one(caller, Operation::DecideIssue, place, asked, one, |before, act| match before {
            None => decision::decide(new, act),
            Some(before) => decision::decide_anew(before, new, act),
        })
        .await
    }

    /// Changes a decision by a command. What a professional has settled is changed by those who answer for the plan.
    ///
    /// # Errors
    /// As [`Service::change_concern`].
    pub async fn change_decision(
        &self,
        caller: &Caller,
        id: Id<Decision>,
        asked: &Asked,
        command: impl FnOnce(&Decision, &Act<'_>) -> Result<ChangedEntry<Decision>, Refusal> + Send,
    ) -> Result<SavedEntry<Decision>, Failure> {
        let owner = |decision: &Decision| owned_by_team(&decision.by);
        self.change_entry(caller, Operation::DecideIssue, id, asked, owner, command).await
    }

    async fn make<E: Entry + Codes>(
        &self,
        caller: &Caller,
        operation: Operation,
        (tenant, person): (TenantId, PersonId),
        asked: &Asked,
        command: impl FnOnce(&Act<'_>) -> Result<ChangedEntry<E>, Refusal> + Send,
    ) -> Result<SavedEntry<E>, Failure> {
        if let Some(saved) = self.before_making(caller, operation, (&tenant, &person), asked).await? {
            return Ok(saved);
        }
        let mut changed = command(&self.act(caller, asked))?;
        self.check_codes(None, &mut changed.entry).await?;
        self.keep_entry(caller, operation, &person, changed, asked).await
    }

    /// What is looked at before anything is made for a person: licence, policy, whose it is. Returns what the same request
    /// has made before.
    async fn before_making<E: Entry>(
        &self,
        caller: &Caller,
        operation: Operation,
        (tenant, person): (&TenantId, &PersonId),
        asked: &Asked,
    ) -> Result<Option<SavedEntry<E>>, Failure> {
        self.licensed(caller)?;
        self.allowed(caller, operation).await?;
        if *tenant != caller.tenant || !self.reaches(caller, person).await? {
            return Err(Failure::NotFound);
        }
        self.repeated_entry(caller, asked).await
    }

    /// Makes what a person has one of, or the next version of it. Whoever makes it at the same moment makes the same
    /// document, so the store lets one of them.
    async fn make_one<E: OneOfAKind + Codes>(
        &self,
        caller: &Caller,
        operation: Operation,
        (tenant, person): (TenantId, PersonId),
        asked: &Asked,
        one: One<E>,
        command: impl FnOnce(Option<&E>, &Act<'_>) -> Result<ChangedEntry<E>, Refusal> + Send,
    ) -> Result<SavedEntry<E>, Failure> {
        if let Some(saved) = self.before_making(caller, operation, (&tenant, &person), asked).await? {
            return Ok(saved);
        }
        let before = self.only(&tenant, &person, &one).await?;
        let mut more = None;
        if let Some(before) = &before {
            let now = before.head().version;
            let is_ended = (one.is_ended)(before);
            if asked.seen.map_or(!is_ended, |seen| seen != now) {
                return Err(Failure::Stale { now });
            }
            more = (one.owner)(before).filter(|_| !is_ended);
        } else if asked.seen.is_some() {
            return Err(Failure::NotFound);
        }
        if let Some(more) = more {
            self.allowed(caller, more).await?;
        }
        match command(before.as_ref(), &self.act(caller, asked)) {
            Ok(mut changed) => {
                if before.is_none() {
                    self.pass_others(&mut changed.entry).await?;
                }
                self.check_codes(before.as_ref(), &mut changed.entry).await?;
                self.keep_entry(caller, written_as(operation, more), &person, changed, asked).await
            }
            Err(refusal) => match (refusal, before) {
                (Refusal::Unchanged, Some(entry)) => {
                    self.note(caller, Operation::ReadSharedPlan, Some(&person)).await?;
                    Ok(SavedEntry { entry, repeated: false })
                }
                (refusal, _) => Err(refusal.into()),
            },
        }
    }

    /// Lets a new entry have an id that nothing of somebody else has. What was made for a person and turned out to be
    /// another's keeps its id there for ever, also where that was a mistake; two who make it at once still meet in the next.
    async fn pass_others<E: OneOfAKind>(&self, entry: &mut E) -> Result<(), Failure> {
        for others in 1..=u32::MAX {
            let key = entry.key();
            match self.documents.lookup(&key).await? {
                Some(found) if found.person != *entry.head().person => entry.pass(others),
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// What a person has one of: the one that counts, where two persons with one each became one person.
    async fn only<E: Entry>(&self, tenant: &TenantId, person: &PersonId, one: &One<E>) -> Result<Option<E>, Failure> {
        let mut found: Option<E> = None;
        let mut after: Option<String> = None;
        loop {
            let selection =
                Selection { kind: E::KIND, person: Some(person.clone()), statuses: Vec::new(), changed_since: None };
            let documents = self.documents.list(tenant, &selection, after.as_deref(), PAGE).await?;
            let is_last = documents.len() < PAGE;
            after = documents.last().map(|last| last.key.id.clone());
            for document in &documents {
                let entry = E::from_document(document)?;
                // One that counts goes before one that has ended, and the newer before the older.
                let weight = |entry: &E| (!(one.is_ended)(entry), entry.head().at);
                if (one.is_same)(&entry) && found.as_ref().is_none_or(|known| weight(known) < weight(&entry)) {
                    found = Some(entry);
                }
            }
            if is_last {
                return Ok(found);
            }
        }
    }

    /// `more` is what else the caller must be allowed to do with this very entry.
    async fn change_entry<E: Entry + Codes>(
        &self,
        caller: &Caller,
        operation: Operation,
        id: Id<E>,
        asked: &Asked,
        more: impl FnOnce(&E) -> Option<Operation> + Send,
        command: impl FnOnce(&E, &Act<'_>) -> Result<ChangedEntry<E>, Refusal> + Send,
    ) -> Result<SavedEntry<E>, Failure> {
        self.licensed(caller)?;
        self.allowed(caller, operation).await?;
        let key = self.key(&caller.tenant, E::KIND, &id.to_string());
        let found = self.documents.lookup(&key).await?;
        let document = self.within_reach(caller, found).await?.ok_or(Failure::NotFound)?;
        let entry = E::from_document(&document)?;
        let more = more(&entry);
        if let Some(more) = more {
            self.allowed(caller, more).await?;
        }
        if let Some(saved) = self.repeated_entry(caller, asked).await? {
            return Ok(saved);
        }
        let seen = asked.seen.ok_or(Failure::VersionMissing)?;
        if seen != document.version {
            return Err(Failure::Stale { now: document.version });
        }
        match command(&entry, &self.act(caller, asked)) {
            Ok(mut changed) => {
                self.check_codes(Some(&entry), &mut changed.entry).await?;
                self.keep_entry(caller, written_as(operation, more), &document.person, changed, asked).await
            }
            // Nothing is done, and the entry is told: that is a read.
            Err(Refusal::Unchanged) => {
                self.note_of(caller, Operation::ReadSharedPlan, &document.person, &document.key).await?;
                Ok(SavedEntry { entry, repeated: false })
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    async fn repeated_entry<E: Entry>(&self, caller: &Caller, asked: &Asked) -> Result<Option<SavedEntry<E>>, Failure> {
        let Some(once) = &asked.once else { return Ok(None) };
        match self.documents.used(&caller.tenant, once).await? {
            Some(committed) => self.entry_made_then(caller, committed).await.map(Some),
            None => Ok(None),
        }
    }

    async fn keep_entry<E: Entry>(
        &self,
        caller: &Caller,
        operation: Operation,
        person: &PersonId,
        changed: ChangedEntry<E>,
        asked: &Asked,
    ) -> Result<SavedEntry<E>, Failure> {
        self.note_of(caller, operation, person, &self.key(&caller.tenant, E::KIND, &changed.entry.head().id)).await?;
        let mut commit = changed.commit(self.random.as_ref(), asked.once.clone());
        commit.document.written_at = caller.record.clone();
        let kept = match self.documents.commit(&commit).await {
            Ok(Committed::Kept) => return Ok(SavedEntry { entry: changed.entry, repeated: false }),
            Ok(committed) => self.entry_made_then(caller, committed).await,
            Err(error) => Err(error.into()),
        };
        if kept.is_err() {
            self.note_failed(caller, operation, Some(person)).await;
        }
        kept
    }

    async fn entry_made_then<E: Entry>(&self, caller: &Caller, committed: Committed) -> Result<SavedEntry<E>, Failure> {
        match committed {
            Committed::Kept | Committed::Missing => Err(Failure::NotFound),
            Committed::Stale(now) => Err(Failure::Stale { now }),
            Committed::KeyReused => Err(Failure::KeyReused),
            Committed::Repeated { key, .. } if key.kind != E::KIND => Err(Failure::KeyReused),
            Committed::Repeated { key, version } => {
                let document = self.documents.version(&key, version).await?;
                let mine = self.told(caller, document).await?;
                Ok(SavedEntry { entry: E::from_document(&mine)?, repeated: true })
            }
        }
    }
}

/// Which operation an edit of a foreign resource is: what the person says of their goal, or the work of those who answer
/// for the plan.
fn editing(role: Role) -> Operation {
    match role {
        Role::Patient => Operation::AnswerGoal,
        Role::Clinician | Role::Coordinator | Role::Carer => Operation::WriteSharedPlan,
    }
}

/// What is written into the log: the gravest of what was allowed, but settling an issue by its own name.
fn written_as(operation: Operation, more: Option<Operation>) -> Operation {
    more.filter(|_| operation != Operation::DecideIssue).unwrap_or(operation)
}

/// What a professional has said is changed by those who may write the plan.
fn owned_by_team(who: &Who) -> Option<Operation> {
    match who.role {
        Some(Role::Patient | Role::Carer) => None,
        Some(Role::Clinician | Role::Coordinator) | None => Some(Operation::WriteSharedPlan),
    }
}
