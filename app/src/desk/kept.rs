//! What hangs on the person beside plans and concerns: decisions about issues, and edits that no source took.

use std::sync::Arc;

use care_plan::decisions::{Seen, Subject};
use care_plan::plan::DetectedIssue;
use fhir::ResourceKey;
use serde::{Deserialize, Serialize};
use shared_plan::Foreign;
use shared_plan::concern::Concern;
use shared_plan::decision::{Decision, DecisionStatus};
use shared_plan::overlay::{Overlay, OverlayStatus};
use shared_plan::ports::VersionHead;

use super::shared_plan::{PlanAnswer, SharedPlanDoor};

/// What was kept, as the launch read it last, and what the viewer may do with it.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// True where it was read; before that, nothing kept is not the same as none.
    pub is_read: bool,
    /// Decisions, those that were taken back among them.
    pub decisions: Arc<Vec<Decision>>,
    /// Overlays, those that have ended among them.
    pub overlays: Arc<Vec<Overlay>>,
    /// Concerns that were entered here, the current ones first.
    pub concerns: Arc<Vec<Concern>>,
    /// What waits until somebody says whose it is.
    pub waiting: Arc<Waiting>,
    /// True where the viewer may settle an issue.
    pub may_decide: bool,
    /// True where the viewer may take back what a professional has settled or edited.
    pub may_write: bool,
    /// True where the viewer may keep an edit that a source does not take.
    pub may_edit: bool,
}

impl Kept {
    /// The decision about an issue: one in force before one that was taken back, the newer before the older.
    pub fn about(&self, issue: &DetectedIssue) -> Option<&Decision> {
        let subject = subject_of(issue);
        let about = self.decisions.iter().filter(|decision| decision.is_about(&subject));
        about.max_by_key(|decision| (decision.status == DecisionStatus::InForce, decision.at))
    }

    /// As [`Kept::on`].
    pub fn on_key(&self, key: &ResourceKey, target: usize) -> Option<&Overlay> {
        self.on(&foreign_of(key, None), u32::try_from(target).ok()?)
    }

    /// The overlay on a target of a resource: one that stands before one that has ended, the newer before the older.
    pub fn on(&self, target: &Foreign, index: u32) -> Option<&Overlay> {
        let on = self.overlays.iter().filter(|overlay| overlay.is_on(target, index));
        on.max_by_key(|overlay| (overlay.status == OverlayStatus::Standing, overlay.at))
    }
}

/// What nobody sees because nobody knows whose it is. It tells what it is about, so that nothing is begun beside it, and
/// nothing of what it says.
#[derive(Clone, Default, PartialEq)]
pub struct Waiting {
    decisions: Vec<Decision>,
    overlays: Vec<Overlay>,
}

impl Waiting {
    /// Of these.
    pub fn new(decisions: Vec<Decision>, overlays: Vec<Overlay>) -> Self {
        Self { decisions, overlays }
    }

    /// True where a decision about an issue waits.
    pub fn is_about(&self, issue: &DetectedIssue) -> bool {
        let subject = subject_of(issue);
        self.decisions.iter().any(|decision| decision.is_about(&subject))
    }

    /// True where an edit of a target of a resource waits.
    pub fn is_on(&self, key: &ResourceKey, target: usize) -> bool {
        let foreign = foreign_of(key, None);
        u32::try_from(target).is_ok_and(|index| self.overlays.iter().any(|overlay| overlay.is_on(&foreign, index)))
    }
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Waiting({} decisions, {} overlays)", self.decisions.len(), self.overlays.len())
    }
}

/// A resource of a source, as overlays point at it.
pub fn foreign_of(key: &ResourceKey, version: Option<&str>) -> Foreign {
    Foreign {
        source: key.source.to_string(),
        kind: key.kind.clone(),
        id: key.id.clone(),
        version: version.map(str::to_owned),
        display: None,
    }
}

/// One concern that was entered here.
#[derive(Debug, Clone, PartialEq)]
pub struct ConcernSheet {
    /// Whether it may be changed at all.
    pub door: SharedPlanDoor,
    /// True where the viewer may correct it.
    pub may_change: bool,
    /// The concern as it is now.
    pub concern: Concern,
    /// Its versions, newest first.
    pub versions: Vec<VersionHead>,
}

/// The name of the forms that correct a concern, in answers.
pub const CONCERN: &str = "correct-concern";

/// What an issue is about, as it is kept with a decision.
pub fn subject_of(issue: &DetectedIssue) -> String {
    serde_json::to_string(&Subject::of(issue)).expect("it is texts and lists, which are JSON")
}

/// What the records say of an issue, as it is kept with a decision and carried by its form.
pub fn seen_of(issue: &DetectedIssue) -> String {
    serde_json::to_string(&Seen::of(issue)).expect("it is texts and lists, which are JSON")
}

/// What a form that settles an issue, or takes a decision back, was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecideAnswer {
    /// The decision is kept.
    Kept,
    /// The decision was taken back; the issue is open again.
    TakenBack,
    /// The records say something else than when the form was drawn; nothing was kept.
    RecordsChanged,
    /// The issue is not there any more; nothing was kept.
    Gone,
    /// The care plan service did not take it.
    Not(PlanAnswer),
}

/// The name of the forms in answers.
pub const DECIDE: &str = "decide";
/// The name of the forms that take an edit back, in answers.
pub const UNLAY: &str = "take-back-overlay";
/// The name of the forms that take a decision back, in answers.
pub const UNDECIDE: &str = "take-back-decision";
