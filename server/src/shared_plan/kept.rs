//! What people settled and edited here, as one launch read it last.

use std::sync::{Arc, Mutex, PoisonError};

use access::Role;
use app::desk::kept::{Kept, Waiting};
use care_plan::Decisions;
use care_plan::decisions::{self, Decider, DeciderRole, OverlaidField, OverlayChange, Settled, SettledAs, Signature};
use fhir::{ResourceKey, SourceId};
use shared_plan::concern::Concern;
use shared_plan::decision::{Chosen, Decision, DecisionStatus};
use shared_plan::overlay::{EditedField, Overlay, OverlayStatus};
use shared_plan::{Foreign, Who};

/// Decisions and overlays of one launch's person. A reading that began earlier never takes the place of a later one.
#[derive(Default)]
pub struct KeptHere(Mutex<State>);

#[derive(Default)]
struct State {
    /// Readings that have begun.
    begun: u64,
    /// The last one that counts no more, or is shown: earlier ones come too late.
    past: u64,
    is_read: bool,
    /// Counts up with every change.
    mark: u64,
    decisions: Arc<Vec<Decision>>,
    overlays: Arc<Vec<Overlay>>,
    concerns: Arc<Vec<Concern>>,
    waiting: Arc<Waiting>,
    settled: Arc<Decisions>,
}

/// What a reading found.
#[derive(Default)]
pub(super) struct Found {
    /// Decisions, overlays and concerns of the person.
    pub decisions: Vec<Decision>,
    pub overlays: Vec<Overlay>,
    pub concerns: Vec<Concern>,
    /// What may be theirs.
    pub waiting: Waiting,
}

impl KeptHere {
    /// Begins a reading, which is put in with this number.
    pub(super) fn begin(&self) -> u64 {
        let mut state = self.state();
        state.begun += 1;
        state.begun
    }

    /// Puts in what a reading found.
    pub(super) fn put(&self, turn: u64, found: Found) {
        let Found { decisions, overlays, mut concerns, waiting } = found;
        let mut state = self.state();
        if turn <= state.past {
            return;
        }
        (state.past, state.is_read) = (turn, true);
        concerns.sort_by_key(|concern| (!concern.status.is_current(), std::cmp::Reverse(concern.created)));
        state.concerns = Arc::new(concerns);
        state.waiting = Arc::new(waiting);
        if (&*state.decisions, &*state.overlays) == (&decisions, &overlays) {
            return;
        }
        state.mark += 1;
        state.settled = Arc::new(Decisions {
            settled: decisions.iter().filter_map(settled).collect(),
            overlays: overlays.iter().filter_map(laid).collect(),
            ..Decisions::default()
        });
        (state.decisions, state.overlays) = (Arc::new(decisions), Arc::new(overlays));
    }

    /// Forgets it, and what readings that have begun will find.
    pub(super) fn forget(&self) {
        let mut state = self.state();
        *state = State { begun: state.begun, past: state.begun, mark: state.mark + 1, ..State::default() };
    }

    /// What is known now, for screens; what the viewer may do is said by others.
    pub fn shown(&self) -> Kept {
        let state = self.state();
        Kept {
            is_read: state.is_read,
            decisions: state.decisions.clone(),
            overlays: state.overlays.clone(),
            concerns: state.concerns.clone(),
            waiting: state.waiting.clone(),
            ..Kept::default()
        }
    }

    /// The same for consolidation, with a number that counts up with every change.
    pub fn decisions(&self) -> (u64, Arc<Decisions>) {
        let state = self.state();
        (state.mark, state.settled.clone())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A decision in force, as consolidation takes it. One whose issue is written in a way that nobody here reads is about no
/// issue of this plan.
fn settled(decision: &Decision) -> Option<Settled> {
    if decision.status != DecisionStatus::InForce {
        return None;
    }
    let read = (serde_json::from_str(&decision.issue.subject), serde_json::from_str(&decision.issue.seen));
    let (Ok(subject), Ok(seen)) = read else {
        tracing::warn!(decision = %decision.id, "a decision is about an issue that cannot be read");
        return None;
    };
    let outcome = match &decision.chosen {
        Chosen::Adopted(from) => SettledAs::Adopted { from: key(from) },
        Chosen::Changed => SettledAs::Changed,
        Chosen::KeptAsIs => SettledAs::KeptAsIs,
        Chosen::NotAnIssue => SettledAs::NotAnIssue,
        Chosen::AskedTeam => SettledAs::AskedTeam,
        Chosen::AskedPrescriber => SettledAs::AskedPrescriber,
    };
    let by = Decider { id: id_of(&decision.by), name: decision.by.name.clone(), role: decision.by.role.map(role) };
    let signature = Signature { by, at: decision.created, reason: decision.reason.clone() };
    Some(Settled { subject, seen, outcome, signature })
}

/// An overlay that stands, as consolidation takes it.
fn laid(overlay: &Overlay) -> Option<decisions::Overlay> {
    let field = |field| match field {
        EditedField::Achievement => OverlaidField::Achievement,
        EditedField::TargetValue => OverlaidField::TargetValue,
        EditedField::Due => OverlaidField::Due,
    };
    let changes = overlay.changes.iter().map(|change| OverlayChange {
        field: field(change.field),
        from: change.from.clone(),
        to: change.to.clone(),
    });
    let by = Decider { id: id_of(&overlay.by), name: overlay.by.name.clone(), role: overlay.by.role.map(role) };
    (overlay.status == OverlayStatus::Standing).then(|| decisions::Overlay {
        target: key(&overlay.target),
        index: overlay.target_index as usize,
        version: overlay.target.version.clone(),
        changes: changes.collect(),
        note: overlay.note.clone(),
        signature: Signature { by, at: overlay.edited, reason: overlay.reason.clone() },
    })
}

fn key(foreign: &Foreign) -> ResourceKey {
    let source = SourceId::new(foreign.source.as_str());
    ResourceKey { source, kind: foreign.kind.clone(), id: foreign.id.clone() }
}

fn role(role: Role) -> DeciderRole {
    match role {
        Role::Clinician => DeciderRole::Clinician,
        Role::Coordinator => DeciderRole::Coordinator,
        Role::Patient => DeciderRole::Patient,
        Role::Carer => DeciderRole::Carer,
    }
}

/// What identifies who did something: their own resource, else issuer and subject.
fn id_of(who: &Who) -> String {
    match (&who.resource, &who.user) {
        (Some(own), _) => format!("{}/{} at {}", own.kind, own.id, own.source),
        (None, Some(user)) => format!("{} at {}", user.subject, user.issuer),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_that_began_earlier_or_for_another_person_is_not_put_in() {
        let kept = KeptHere::default();
        let (first, second) = (kept.begin(), kept.begin());
        assert!(!kept.shown().is_read, "nothing read is not nothing kept");
        kept.put(second, Found::default());
        assert!(kept.shown().is_read);
        let (mark, _) = kept.decisions();
        kept.put(first, Found::default());
        assert_eq!(kept.decisions().0, mark);
        let third = kept.begin();
        kept.forget();
        kept.put(third, Found::default());
        assert!(!kept.shown().is_read, "it was begun for somebody else");
    }
}
