//! What is sent, beside the `version` and the `reason` that go with every change.
//!
//! Each field is one of `shared_plan`, but nothing is taken that is not named here.

mod activity;
mod commands;
mod entry;
mod goal;
mod member;
mod overlay;
mod plan;
mod whose;

use serde::{Deserialize, Deserializer};

pub use activity::{ActivityBody, NewActivityBody};
pub use commands::{
    AcceptanceBody, AchievementBody, ActivityStatusBody, AssignBody, CloseBody, GoalStatusBody, NextReviewBody,
    NoteBody, Nothing, RolesBody,
};
pub use entry::{ConcernBody, ConcernStatusBody, MessageBody, NewConcernBody, NewDecisionBody};
pub use goal::{GoalBody, NewGoalBody};
pub use member::MemberBody;
pub use overlay::{NewOverlayBody, OverlayBody};
pub use plan::{NewPlanBody, PlanBody};
pub use whose::PatientBody;

/// For a field that may be `null` and may not be left out: nothing is taken away by forgetting it.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}
