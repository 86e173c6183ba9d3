//! A reviewer signs.

use access::Role;

use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::EventKind;
use crate::plan::{Plan, ReviewState, SignOff};

/// Signs the plan as it stands, in a role that was asked. With the last signature it is approved, and a day of review that
/// has come is over.
///
/// # Errors
/// The plan is not in review; the role was not asked or has signed.
pub fn sign_off(plan: &Plan, role: Role, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    if plan.review.state != ReviewState::InReview {
        return Err(Refusal::NotInReview);
    }
    if !plan.review.asked.contains(&role) {
        return Err(Refusal::NotAsked(role));
    }
    if plan.review.signed.iter().any(|signed| signed.role == role) {
        return Err(Refusal::AlreadySigned(role));
    }
    let version = plan.version.next();
    let review = &mut working.plan.review;
    review.signed.push(SignOff { role, by: act.by.clone(), at: act.at });
    if review.missing().next().is_none() {
        (review.state, review.approved, review.former) = (ReviewState::Approved, Some(version), None);
        // The review that was due has been: until somebody says when the next one is, none is.
        review.next = review.next.filter(|day| *day > act.today);
        working.tell(EventKind::PlanApproved, Of::Plan);
    } else {
        working.tell(EventKind::PlanRevised, Of::Plan);
    }
    Ok(working.done())
}
