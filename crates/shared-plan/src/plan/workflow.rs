//! Where a plan stands, as one word for people.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Plan, PlanStatus, ReviewState};

/// State and review in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Workflow {
    /// Being written.
    Draft,
    /// Lies with those who were asked to sign.
    InReview,
    /// Signed by all, not in force yet.
    Approved,
    /// In force.
    Active,
    /// In force, and its day of review has passed.
    ReviewDue,
    /// In force or signed once, changed since, and not signed again.
    Revised,
    /// Not followed for a while.
    OnHold,
    /// Completed, revoked or entered in error.
    Closed,
}

impl Plan {
    /// Where the plan stands on a day.
    pub fn workflow(&self, today: Date) -> Workflow {
        match (self.status, self.review.state) {
            (PlanStatus::Revoked | PlanStatus::Completed | PlanStatus::EnteredInError, _) => Workflow::Closed,
            (PlanStatus::OnHold, _) => Workflow::OnHold,
            (_, ReviewState::InReview) => Workflow::InReview,
            (_, ReviewState::Revised) => Workflow::Revised,
            (PlanStatus::Draft, ReviewState::Draft) => Workflow::Draft,
            (PlanStatus::Draft, ReviewState::Approved) => Workflow::Approved,
            (PlanStatus::Active, _) if self.review.next.is_some_and(|day| day < today) => Workflow::ReviewDue,
            (PlanStatus::Active, _) => Workflow::Active,
        }
    }
}
