//! What the plan says itself is changed.

use super::check::Problems;
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::EventKind;
use crate::plan::{Plan, PlanContent};

/// Puts new content in the place of the old one; goals, activities and team stay.
///
/// # Errors
/// What cannot stand; a closed plan.
pub fn change_plan(plan: &Plan, content: PlanContent, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let mut problems = Problems::of(Some(plan));
    problems.plan(&content);
    problems.ok()?;
    if content == plan.content {
        return Err(Refusal::Unchanged);
    }
    working.plan.content = content;
    working.tell(EventKind::PlanRevised, Of::Plan);
    Ok(working.revised())
}
