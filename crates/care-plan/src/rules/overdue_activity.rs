//! Something planned whose time is over and that nobody reports as done.
//!
//! Clinical reason: a referral, test or visit that did not take place is the most common way a plan fails between visits,
//! and nobody notices when each place sees its own half only (closing the loop on referrals and tests).
//! FHIR source: `ServiceRequest.occurrence[x]`, `Task.executionPeriod`, `Appointment.start`,
//! `CarePlan.activity.detail.scheduled[x]`; done by `basedOn`, `CarePlan.activity.outcomeReference` or readings.
//! Severity: moderate.
//!
//! Silent for medicines, whose supply is another matter; for drafts and what is on hold; where one of the records still
//! has time; where anything done or measured is linked with it; and for what only a plan describes whose own time is
//! over, for then the whole plan is to be reviewed.

use std::collections::HashSet;

use fhir::{FhirDate, ResourceKey};

use super::Case;
use super::common::days::is_over;
use super::common::known::{looked_for, still_reading};
use super::common::report::{Report, code, date};
use super::common::ties::Ties;
use crate::plan::{DetectedIssue, Intervention, InterventionStatement, IssueCode, Member, Phase, Settlement, Severity};

/// What is done would be of one of these types.
const DONE: [&str; 2] = ["Encounter", "Procedure"];

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = &case.ties;
    let over: HashSet<&ResourceKey> = (case.plan.plans.iter())
        .filter(|plan| plan.end.as_ref().is_some_and(|end| is_over(end, case.today)))
        .map(|plan| &plan.key)
        .collect();
    let is_late = |one: &&Intervention| {
        let mut timed = waiting(one).filter(|(_, said)| end(said).is_some()).peekable();
        let of_plan_over = |member: &Member| member.part.is_some() && over.contains(&member.key);
        one.phase == Phase::Planned
            && !one.kind.starts_with("Medication")
            && timed.peek().is_some()
            && timed.all(|(_, said)| end(said).is_some_and(|end| is_over(end, case.today)))
            && !one.item.members.iter().all(of_plan_over)
            && !is_done(one, ties)
            && looked_for(case, &one.item, &DONE)
    };
    case.plan.interventions.iter().filter(is_late).map(report).collect()
}

/// The records that wait for it to happen.
fn waiting(one: &Intervention) -> impl Iterator<Item = (&Member, &InterventionStatement)> {
    let is_waiting = |said: &InterventionStatement| {
        said.is_current() && !matches!(said.status.as_deref(), Some("draft" | "on-hold" | "suspended" | "arrived"))
    };
    one.item.members.iter().zip(&one.statements).filter(move |(_, said)| is_waiting(said))
}

/// When it should have happened. An appointment is one moment, and says only when it begins.
fn end(said: &InterventionStatement) -> Option<&FhirDate> {
    said.until.as_ref().or(if said.kind == "Appointment" { said.when.as_ref() } else { None })
}

/// True where a record calls it done, or something done or measured is linked with it.
fn is_done(one: &Intervention, ties: &Ties<'_>) -> bool {
    let completed = |said: &InterventionStatement| matches!(said.status.as_deref(), Some("completed" | "fulfilled"));
    one.statements.iter().any(completed)
        || ties.interventions(&one.item.id).any(|other| other.phase == Phase::Performed)
        || ties.has_outcome(&one.item.id)
}

fn report(one: &Intervention) -> DetectedIssue {
    let element = match one.kind.as_str() {
        "Appointment" => "Appointment.start",
        "Task" => "Task.executionPeriod",
        "activity" => "CarePlan.activity.detail.scheduled[x]",
        _ => "occurrence[x]",
    };
    let mut report = Report::on(&one.item, IssueCode::OverdueActivity, Severity::Moderate, element);
    for (member, said) in waiting(one).filter(|(_, said)| end(said).is_some()) {
        let status = code("status", said.status.as_deref());
        report = report.side(member, vec![date("due", end(said)).differing(), status]);
        report = report
            .settle(Settlement::Change { element: "status", of: member.key.clone(), to: None })
            .settle(Settlement::Change { element: "occurrence[x]", of: member.key.clone(), to: None });
    }
    report.settle(Settlement::KeepAsIs).done()
}
