//! A plan is not followed for a while, and again.

use super::check::{MAX_LONG, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::EventKind;
use crate::plan::{Plan, PlanStatus};

/// Suspends a plan in force, with the reason.
///
/// # Errors
/// The plan is not in force; no reason.
pub fn hold(plan: &Plan, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut problems = Problems::of(Some(plan));
    problems.required("/reason", act.reason.unwrap_or_default(), MAX_LONG);
    let changed = moved(plan, PlanStatus::Active, PlanStatus::OnHold, act)?;
    problems.ok()?;
    Ok(changed)
}

/// Goes on with a suspended plan.
///
/// # Errors
/// The plan is not suspended.
pub fn resume(plan: &Plan, act: &Act<'_>) -> Result<Changed, Refusal> {
    moved(plan, PlanStatus::OnHold, PlanStatus::Active, act)
}

fn moved(plan: &Plan, from: PlanStatus, to: PlanStatus, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    if plan.status != from {
        return Err(Refusal::MayNotBecome { part: "a plan", from: plan.status.code(), to: to.code() });
    }
    working.plan.status = to;
    working.plan.status_reason = act.reason.map(str::to_owned);
    working.tell(EventKind::PlanRevised, Of::Plan);
    Ok(working.done())
}
