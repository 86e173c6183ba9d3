//! A plan goes to its reviewers.

use access::policy::{Context, Decision, LaunchOf, Operation, Way};
use access::{Role, Viewer, decide};

use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Problem, Refusal, Wrong};
use crate::EventKind;
use crate::plan::{Plan, ReviewState};

/// Asks roles to sign the plan as it stands.
///
/// # Errors
/// Nobody is asked, one twice, or one that never signs; it is in review already; a closed plan.
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
    if !asked.iter().all(|role| may_sign(*role)) {
        return Err(problem(Wrong::NotAChoice));
    }
    working.plan.review.send(asked);
    working.tell(EventKind::PlanRevised, Of::Plan);
    Ok(working.done())
}

/// True where the policy lets a role sign: a review that waits for another would never end.
fn may_sign(role: Role) -> bool {
    let viewer = Viewer { user: None, role, name: None, fhir_user: None };
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    decide(Some(&viewer), Operation::SignSharedPlan, &context) == Decision::Allowed
}
