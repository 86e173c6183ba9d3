//! When a plan is to be reviewed again.

use jiff::civil::Date;

use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Problem, Refusal, Wrong};
use crate::EventKind;
use crate::plan::Plan;

/// Sets or takes away the day by which the plan is to be reviewed.
///
/// # Errors
/// A day that has passed; the same as before; a closed plan.
pub fn set_next_review(plan: &Plan, day: Option<Date>, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    if day.is_some_and(|day| day < act.today) {
        return Err(Refusal::Invalid(vec![Problem { field: "/next".to_owned(), wrong: Wrong::InThePast }]));
    }
    if plan.review.next == day {
        return Err(Refusal::Unchanged);
    }
    working.plan.review.next = day;
    working.tell(EventKind::PlanRevised, Of::Plan);
    Ok(working.done())
}
