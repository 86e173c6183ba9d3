//! Where a plan stands, as words for people.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Plan, PlanStatus, ReviewState};

/// State and review as one word.
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
    /// In force or signed once, and not signed as it stands.
    Revised,
    /// Not followed for a while.
    OnHold,
    /// Completed, revoked or entered in error.
    Closed,
}

impl Plan {
    /// Where the plan stands on a day: the word that asks most of its readers. [`Plan::standing`] has all of them.
    pub fn workflow(&self, today: Date) -> Workflow {
        let all = self.standing(today);
        let asks = |word: &&Workflow| {
            [Workflow::OnHold, Workflow::InReview, Workflow::Revised, Workflow::ReviewDue]
                .iter()
                .position(|one| one == *word)
        };
        let most = all.iter().filter(|word| asks(word).is_some()).min_by_key(|word| asks(word));
        most.or(all.first()).copied().unwrap_or(Workflow::Draft)
    }

    /// Every word that is true of the plan on a day: whether it is in force, where its review stands, and whether that is
    /// due. A plan in force that lies with its reviewers is still in force, and may be late for review all the same.
    pub fn standing(&self, today: Date) -> Vec<Workflow> {
        let review = match self.review.state {
            ReviewState::InReview => Some(Workflow::InReview),
            ReviewState::Revised => Some(Workflow::Revised),
            ReviewState::Draft | ReviewState::Approved => None,
        };
        let status = match (self.status, self.review.state) {
            (PlanStatus::Revoked | PlanStatus::Completed | PlanStatus::EnteredInError, _) => {
                return vec![Workflow::Closed];
            }
            (PlanStatus::OnHold, _) => Workflow::OnHold,
            (PlanStatus::Active, _) => Workflow::Active,
            (PlanStatus::Draft, ReviewState::Approved) => Workflow::Approved,
            (PlanStatus::Draft, _) => Workflow::Draft,
        };
        let due = self.is_review_due(today).then_some(Workflow::ReviewDue);
        [Some(status), review, due].into_iter().flatten().collect()
    }

    /// True where the plan is in force and the day of its review has passed, whatever its review stands at.
    pub fn is_review_due(&self, today: Date) -> bool {
        self.status == PlanStatus::Active && self.review.next.is_some_and(|day| day < today)
    }
}
