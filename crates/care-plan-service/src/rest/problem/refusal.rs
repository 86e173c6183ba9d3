//! What the plan does not allow, as a problem.

use shared_plan::commands::Refusal;

use super::{Code, FieldError, Problem};

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let words = refusal.to_string();
        match refusal {
            Refusal::Invalid(problems) => {
                let errors = problems
                    .into_iter()
                    .map(|problem| FieldError::new(problem.field, problem.wrong.code(), problem.wrong.words()))
                    .collect();
                Self { errors, ..Self::of(Code::InvalidContent) }
            }
            Refusal::Closed => Self::of(Code::PlanClosed),
            // A part that is not there is named by the path; where a body names it, the endpoint says which field.
            Refusal::NoSuchPart { .. } => Self::of(Code::NotFound),
            Refusal::MayNotBecome { .. } => Self::of(Code::MayNotBecome).saying(words),
            Refusal::Settled { .. } => Self::of(Code::Settled).saying(words),
            Refusal::LeftOpen { activities, goals } => {
                let code = if activities.is_empty() { Code::OpenGoals } else { Code::OpenActivities };
                let activities = activities.iter().map(ToString::to_string).collect();
                let goals = goals.iter().map(ToString::to_string).collect();
                Self { activities, goals, ..Self::of(code).saying(words) }
            }
            Refusal::NotInReview => Self::of(Code::NotInReview),
            Refusal::InReview => Self::of(Code::InReview),
            Refusal::NotApproved => Self::of(Code::NotApproved),
            Refusal::NotAsked(_) => Self::of(Code::RoleNotAsked),
            Refusal::AlreadySigned(_) => Self::of(Code::AlreadySigned),
            Refusal::Unchanged => Self::of(Code::InvalidContent).saying(words),
        }
    }
}
