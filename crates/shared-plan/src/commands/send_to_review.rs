//! A plan goes to its reviewers.

use access::Role;

use super::working::Working;
use super::{Act, Changed, Problem, Refusal, Wrong};
use crate::EventKind;
use crate::plan::{Plan, ReviewState};

/// Asks roles to sign the plan as it stands.
///
/// # Errors
/// Nobody is asked, or one twice; it is in review already; a closed plan.
pub fn send_to_review(plan: &Plan, asked: Vec<Role>, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    if plan.review.state == ReviewState::InReview {
        return Err(Refusal::InReview);
    }
    let problem = |wrong| Refusal::Invalid(vec![Problem { field: "/roles".to_owned(), wrong }]);
    if asked.is_empty() {
        return Err(problem(Wrong::Empty));
    }
    if (1..asked.len()).any(|at| asked[..at].contains(&asked[at])) {
        return Err(problem(Wrong::Twice));
    }
    let review = &mut working.plan.review;
    (review.state, review.asked) = (ReviewState::InReview, asked);
    review.signed.clear();
    working.tell(EventKind::PlanRevised, None, Some("in-review"));
    Ok(working.done())
}
