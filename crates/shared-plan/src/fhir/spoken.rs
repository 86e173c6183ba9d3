//! Of which parts of a plan its CarePlan speaks.

use serde_json::{Value, json};

use super::ResourceKind;
use crate::plan::{ActivityStatus, GoalStatus, Plan};

/// Of which parts of a plan its CarePlan speaks. It points at all of them: what they say is for whoever may read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken {
    /// Of goals: their titles and states in the narrative.
    pub(super) goals: bool,
    /// Of activities: their titles and states in the narrative, their notes and outcomes.
    pub(super) activities: bool,
}

impl Spoken {
    /// Of every part.
    pub const WHOLE: Self = Self { goals: true, activities: true };

    /// Of the parts that may be read as resources of their own.
    pub fn of(readable: impl Fn(ResourceKind) -> bool) -> Self {
        Self { goals: readable(ResourceKind::Goal), activities: readable(ResourceKind::Task) }
    }

    /// True where a plan has something of which its CarePlan does not speak then.
    pub fn leaves_out(self, plan: &Plan) -> bool {
        let has_goals = || plan.goals.iter().any(|goal| goal.status != GoalStatus::EnteredInError);
        let has_activities = || plan.activities.iter().any(|one| one.status != ActivityStatus::EnteredInError);
        (!self.goals && has_goals()) || (!self.activities && has_activities())
    }
}

/// The mark of a resource that does not tell all of itself (R4 `v3-ObservationValue`).
pub(super) fn subsetted() -> Value {
    json!({ "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED" })
}
