//! A plan whose time is over and that is still in force.
//!
//! Clinical reason: a care plan is made for a time, at the end of which it is to be reviewed with the patient; a plan that
//! nobody has looked at since is followed as if it still held (R4 careplan.html: `period` is when the plan is in effect).
//! FHIR source: `CarePlan.period.end`, `CarePlan.status`.
//! Severity: moderate.
//!
//! Silent for drafts and plans on hold, and on the last day itself. R4 has no element for the day of the next review.

use super::Case;
use super::common::days::is_over;
use super::common::report::{Report, code, date};
use crate::plan::{DetectedIssue, IssueCode, PlanHeader, Settlement, Severity};

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let is_due = |plan: &&PlanHeader| {
        plan.is_current()
            && !matches!(plan.status.as_deref(), Some("draft" | "on-hold"))
            && plan.end.as_ref().is_some_and(|end| is_over(end, case.today))
    };
    case.plan.plans.iter().filter(is_due).map(report).collect()
}

fn report(plan: &PlanHeader) -> DetectedIssue {
    let change = |element| Settlement::Change { element, of: plan.key.clone(), to: None };
    Report::about(&plan.title, IssueCode::ReviewDue, Severity::Moderate, "CarePlan.period")
        .side_of(&plan.key, vec![date("end", plan.end.as_ref()).differing(), code("status", plan.status.as_deref())])
        .settle(change("CarePlan.period"))
        .settle(change("CarePlan.status"))
        .settle(Settlement::KeepAsIs)
        .done()
}
