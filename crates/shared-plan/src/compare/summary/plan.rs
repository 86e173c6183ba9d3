//! The plan as a whole.

use crate::compare::legible::{NAME, TEXT, ended, legible};
use crate::compare::said::day_in_words;
use crate::plan::{Plan, PlanStatus};

pub(super) fn sentences(before: &Plan, now: &Plan) -> Vec<String> {
    let mut said = Vec::new();
    if before.status != now.status {
        said.push(
            match now.status {
                PlanStatus::Draft => "Your plan is being written.",
                PlanStatus::Active => "Your plan is followed now.",
                PlanStatus::OnHold => "Your plan is paused.",
                PlanStatus::Completed => "Your plan is finished.",
                PlanStatus::Revoked => "Your plan has ended.",
                PlanStatus::EnteredInError => "This plan was made by mistake.",
            }
            .to_owned(),
        );
    }
    if before.content.title != now.content.title {
        said.push(format!("Your plan is called “{}” now.", legible(&now.content.title, NAME)));
    }
    if before.content.description != now.content.description
        && let Some(description) = &now.content.description
    {
        said.push(ended(format!("What the plan is for: {}", legible(description, TEXT))));
    }
    if before.review.next != now.review.next
        && let Some(next) = now.review.next
    {
        said.push(format!("We will look at the plan again by {}.", day_in_words(next)));
    }
    said
}
