//! Writing.

use access::{Operation, PersonId};
use shared_plan::commands::{Act, Changed, NewPlan, Refusal, start};
use shared_plan::plan::Plan;
use shared_plan::ports::{Committed, Key, Kind, Once};
use shared_plan::{Id, Version};

use super::{Caller, Failure, Service};

/// What goes with every write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The version that the caller has seen; a write without it is refused.
    pub seen: Option<Version>,
    /// Why, in the caller's words.
    pub reason: Option<String>,
    /// So that asking again does not do it again.
    pub once: Option<Once>,
}

/// What a write made.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The plan as it is now; for a repeated request, as it was made then.
    pub plan: Plan,
    /// True where this request had been carried out before.
    pub repeated: bool,
}

impl Service {
    /// Makes a plan.
    ///
    /// # Errors
    /// The licence, the policy, what cannot stand, the stores.
    pub async fn start(&self, caller: &Caller, new: NewPlan, asked: &Asked) -> Result<Saved, Failure> {
        self.licensed(caller)?;
        self.allowed(caller, Operation::WriteSharedPlan).await?;
        if new.tenant != caller.tenant || !self.reaches(caller, &new.person).await? {
            return Err(Failure::NotFound);
        }
        if let Some(saved) = self.repeated(caller, asked).await? {
            return Ok(saved);
        }
        let mut changed = start(new, &self.act(caller, asked))?;
        self.check_codes(None, &mut changed.plan).await?;
        self.keep(caller, Operation::WriteSharedPlan, changed, asked).await
    }

    /// Changes a plan by a command.
    ///
    /// # Errors
    /// The licence, the policy, not there, a stale version, what the command refuses, the stores.
    pub async fn change(
        &self,
        caller: &Caller,
        operation: Operation,
        id: Id<Plan>,
        asked: &Asked,
        command: impl FnOnce(&Plan, &Act<'_>) -> Result<Changed, Refusal> + Send,
    ) -> Result<Saved, Failure> {
        self.licensed(caller)?;
        self.allowed(caller, operation).await?;
        let key = self.key(&caller.tenant, Kind::Plan, &id.to_string());
        let plan = self.reached(caller, &key).await?;
        if let Some(saved) = self.repeated(caller, asked).await? {
            return Ok(saved);
        }
        let seen = asked.seen.ok_or(Failure::VersionMissing)?;
        if seen != plan.version {
            return Err(Failure::Stale { now: plan.version });
        }
        match command(&plan, &self.act(caller, asked)) {
            Ok(mut changed) => {
                self.check_codes(Some(&plan), &mut changed.plan).await?;
                self.keep(caller, operation, changed, asked).await
            }
            // Nothing is done, and the plan is told: that is a read.
            Err(Refusal::Unchanged) => {
                self.note_of(caller, Operation::ReadSharedPlan, &plan.person, &plan.key()).await?;
                Ok(Saved { plan, repeated: false })
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    pub(super) fn act<'a>(&'a self, caller: &'a Caller, asked: &'a Asked) -> Act<'a> {
        Act {
            by: &caller.who,
            at: self.clock.now(),
            today: self.today(&caller.tenant),
            reason: asked.reason.as_deref(),
            random: self.random.as_ref(),
        }
    }

    async fn reached(&self, caller: &Caller, key: &Key) -> Result<Plan, Failure> {
        let found = self.documents.lookup(key).await?;
        let mine = self.within_reach(caller, found).await?.ok_or(Failure::NotFound)?;
        Ok(Plan::from_document(&mine)?)
    }

    async fn repeated(&self, caller: &Caller, asked: &Asked) -> Result<Option<Saved>, Failure> {
        let Some(once) = &asked.once else { return Ok(None) };
        match self.documents.used(&caller.tenant, once).await? {
            Some(committed) => self.made_then(caller, committed).await.map(Some),
            None => Ok(None),
        }
    }

    /// Writes the event, keeps the change, and tells what came of it.
    async fn keep(
        &self,
        caller: &Caller,
        operation: Operation,
        changed: Changed,
        asked: &Asked,
    ) -> Result<Saved, Failure> {
        let person: PersonId = changed.plan.person.clone();
        self.note_of(caller, operation, &person, &changed.plan.key()).await?;
        let mut commit = changed.commit(self.random.as_ref(), asked.once.clone());
        commit.document.written_at = caller.record.clone();
        let kept = match self.documents.commit(&commit).await {
            Ok(Committed::Kept) => return Ok(Saved { plan: changed.plan, repeated: false }),
            Ok(committed) => self.made_then(caller, committed).await,
            Err(error) => Err(error.into()),
        };
        if kept.is_err() {
            self.note_failed(caller, operation, Some(&person)).await;
        }
        kept
    }

    async fn made_then(&self, caller: &Caller, committed: Committed) -> Result<Saved, Failure> {
        match committed {
            Committed::Kept | Committed::Missing => Err(Failure::NotFound),
            Committed::Stale(now) => Err(Failure::Stale { now }),
            Committed::KeyReused => Err(Failure::KeyReused),
            Committed::Repeated { key, version } => {
                let document = self.documents.version(&key, version).await?;
                let mine = self.told(caller, document).await?;
                Ok(Saved { plan: Plan::from_document(&mine)?, repeated: true })
            }
        }
    }
}
