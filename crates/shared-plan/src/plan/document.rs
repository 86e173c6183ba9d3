//! The plan as a document of its store.

use crate::Who;
use crate::plan::{Plan, PlanStatus};
use crate::ports::{Document, Due, DueKind, Key, Kind, PartKey};

/// The content of a document is not what its kind says.
#[derive(Debug, thiserror::Error)]
#[error("a kept {kind} could not be read")]
pub struct ContentError {
    /// What it should have been.
    pub kind: &'static str,
    #[source]
    cause: serde_json::Error,
}

impl ContentError {
    /// What could not be read, and why.
    pub fn new(kind: Kind, cause: serde_json::Error) -> Self {
        Self { kind: kind.code(), cause }
    }
}

impl Plan {
    /// Which document it is.
    pub fn key(&self) -> Key {
        Key { tenant: self.tenant.clone(), kind: Kind::Plan, id: self.id.to_string() }
    }

    /// This version as it is kept.
    pub fn to_document(&self, by: Who, reason: Option<String>) -> Document {
        Document {
            key: self.key(),
            person: self.person.clone(),
            version: self.version,
            status: self.status.code().to_owned(),
            at: self.at,
            by,
            reason,
            content: serde_json::to_vec(self).expect("a plan is texts, numbers and lists, which are JSON"),
        }
    }

    /// Reads what [`Plan::to_document`] made.
    ///
    /// # Errors
    /// The content is not a plan.
    pub fn from_document(document: &Document) -> Result<Self, ContentError> {
        serde_json::from_slice(&document.content).map_err(|cause| ContentError::new(Kind::Plan, cause))
    }

    /// Every part with an id of its own.
    pub fn parts(&self) -> Vec<PartKey> {
        let goals = self.goals.iter().map(|goal| PartKey { kind: "goal", id: goal.id.to_string() });
        let activities =
            self.activities.iter().map(|activity| PartKey { kind: "activity", id: activity.id.to_string() });
        let team = PartKey { kind: "team", id: self.team.id.to_string() };
        goals.chain(activities).chain([team]).collect()
    }

    /// The days to watch. Time runs for a plan that is in force only.
    pub fn dues(&self) -> Vec<Due> {
        if self.status != PlanStatus::Active {
            return Vec::new();
        }
        let due = |what, part: String| move |day| Due { what, part, day };
        let goals = self.goals.iter().filter_map(|goal| goal.due().map(due(DueKind::GoalOverdue, goal.id.to_string())));
        let activities = self
            .activities
            .iter()
            .filter_map(|activity| activity.due().map(due(DueKind::ActivityOverdue, activity.id.to_string())));
        let review = self.review.next.map(due(DueKind::ReviewDue, self.id.to_string()));
        goals.chain(activities).chain(review).collect()
    }
}
