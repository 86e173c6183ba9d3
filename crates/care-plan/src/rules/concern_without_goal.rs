//! A current concern that no goal answers.
//!
//! Clinical reason: a care plan says for each concern what is to be reached; a chronic problem without a goal is treated
//! without anybody having asked what for (MCC eCare Plan guide: `Goal.addresses` names the concern; mcc-digest section 3).
//! FHIR source: `Condition`, `Goal.addresses`, `CarePlan.addresses`.
//! Severity: moderate where a plan in force addresses the concern, else low.
//!
//! The concerns of one plan that lack a goal are one issue, which lists them: it is one conversation about that plan, and
//! ten lines of the same words hide what else there is. A concern that several plans address counts with the first of
//! them. What no plan addresses is told concern by concern.
//!
//! Long problem lists make this rule loud, so it asks only for what lasts: a health concern, what a plan in force
//! addresses, or a problem that is known for three months (the National Center for Health Statistics calls that chronic).
//! Silent for findings, unconfirmed diagnoses, diagnoses of an encounter alone, and what the patient voiced, which has a
//! rule of its own. A goal that was reached is an answer; one that was refused or called off is none.

use std::collections::BTreeMap;

use fhir::{CarePlan, ResourceKey};

use super::Case;
use super::common::days::since;
use super::common::known::{looked_for, still_reading};
use super::common::report::{Report, code};
use super::common::ties::is_goal_at_all;
use crate::plan::{Concern, ConcernKind, ConcernStatement, DetectedIssue, IssueCode, Settlement, Severity, status};

/// Days after which a problem is one that lasts.
const CHRONIC: i32 = 91;

/// What a goal would have to name.
const ELEMENT: &str = "Goal.addresses";

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = &case.ties;
    let addressed = addressed(case);
    let is_lonely = |concern: &&Concern| !ties.goals(&concern.item.id).any(is_goal_at_all);
    let asked_for = (case.plan.concerns.iter())
        .filter(|concern| concern.kind != ConcernKind::PatientVoiced && current(concern).next().is_some())
        .filter(is_lonely)
        .filter(|concern| looked_for(case, &concern.item, &["Goal"]));
    let mut issues = Vec::new();
    let mut of_plan: BTreeMap<&ResourceKey, Vec<&Concern>> = BTreeMap::new();
    for concern in asked_for {
        match concern.item.members.iter().filter_map(|member| addressed.get(&member.key)).min() {
            Some(plan) => of_plan.entry(plan).or_default().push(concern),
            None if current(concern).any(|(_, said)| lasts(said, case)) => {
                let report = Report::on(&concern.item, IssueCode::ConcernWithoutGoal, Severity::Low, ELEMENT);
                issues.push(told(report, &[concern]));
            }
            None => {}
        }
    }
    issues.extend(of_plan.into_iter().map(|(plan, concerns)| in_plan(case, plan, &concerns)));
    issues
}

/// One issue for all concerns of a plan.
fn in_plan(case: &Case<'_>, plan: &ResourceKey, concerns: &[&Concern]) -> DetectedIssue {
    let header = case.plan.plans.iter().find(|header| header.key == *plan);
    let title = match (concerns, header) {
        ([_, _, ..], Some(header)) => &header.title,
        _ => &concerns[0].item.title,
    };
    let report = Report::about(title, IssueCode::ConcernWithoutGoal, Severity::Moderate, ELEMENT);
    told(report.apart_by(&plan.to_string()), concerns)
}

/// The Conditions that hold the concern to be present and confirmed.
fn current(concern: &Concern) -> impl Iterator<Item = (&crate::plan::Member, &ConcernStatement)> {
    let unsure = |said: &ConcernStatement| {
        matches!(said.verification_status.as_deref(), Some("unconfirmed" | "provisional" | "differential"))
    };
    (concern.item.members.iter().zip(&concern.statements))
        .filter(move |(member, said)| member.key.kind == "Condition" && said.is_current() && !unsure(said))
}

fn lasts(said: &ConcernStatement, case: &Case<'_>) -> bool {
    let known = said.onset.as_ref().or(said.recorded.as_ref());
    match said.kind {
        ConcernKind::HealthConcern => true,
        ConcernKind::Problem => known.and_then(|date| since(date, case.today)).is_none_or(|days| days >= CHRONIC),
        ConcernKind::PatientVoiced | ConcernKind::EncounterDiagnosis | ConcernKind::Other => false,
    }
}

/// What plans in force address, each with the first plan that does.
fn addressed(case: &Case<'_>) -> BTreeMap<ResourceKey, ResourceKey> {
    let mut first: BTreeMap<ResourceKey, ResourceKey> = BTreeMap::new();
    for resource in case.reach.of_kind("CarePlan") {
        let plan: CarePlan = resource.read();
        if status::is_past_plan(plan.status.as_deref()) {
            continue;
        }
        for to in plan.addresses.iter().filter_map(|to| case.reach.leads_to(resource, to)) {
            first.entry(to.key().clone()).or_insert_with(|| resource.key().clone());
        }
    }
    first
}

/// What each record says of the concerns, and what would settle it.
fn told(mut report: Report, concerns: &[&Concern]) -> DetectedIssue {
    for concern in concerns {
        report = report.and(concern.item.id.clone());
        for (member, said) in current(concern) {
            report = report.side(member, vec![code("status", said.clinical_status.as_deref())]);
        }
    }
    for item in concerns.iter().map(|concern| &concern.item.id) {
        report = report
            .settle(Settlement::Add { what: "Goal", to: Some(item.clone()) })
            .settle(Settlement::Link { element: ELEMENT, of: item.clone() });
    }
    report.settle(Settlement::KeepAsIs).done()
}
