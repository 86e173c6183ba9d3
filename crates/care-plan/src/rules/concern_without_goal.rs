//! A current concern that no goal answers.
//!
//! Clinical reason: a care plan says for each concern what is to be reached; a chronic problem without a goal is treated
//! without anybody having asked what for (MCC eCare Plan guide: `Goal.addresses` names the concern; mcc-digest section 3).
//! FHIR source: `Condition`, `Goal.addresses`, `CarePlan.addresses`.
//! Severity: moderate where a plan in force addresses the concern, else low.
//!
//! Long problem lists make this rule loud, so it asks only for what lasts: a health concern, what a plan in force
//! addresses, or a problem that is known for three months (the National Center for Health Statistics calls that chronic).
//! Silent for findings, unconfirmed diagnoses, diagnoses of an encounter alone, and what the patient voiced, which has a
//! rule of its own. A goal that was reached is an answer; one that was refused or called off is none.

use std::collections::BTreeSet;

use fhir::{CarePlan, ResourceKey};

use super::Case;
use super::common::days::since;
use super::common::known::{looked_for, still_reading};
use super::common::report::{Report, code};
use super::common::ties::{Ties, is_goal_at_all};
use crate::plan::{Concern, ConcernKind, ConcernStatement, DetectedIssue, IssueCode, Settlement, Severity, status};

/// Days after which a problem is one that lasts.
const CHRONIC: i32 = 91;

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = Ties::of(case.plan);
    let addressed = addressed(case);
    let is_lonely = |concern: &&Concern| !ties.goals(&concern.item.id).any(is_goal_at_all);
    let issue = |concern: &Concern| {
        let in_plan = concern.item.members.iter().any(|member| addressed.contains(&member.key));
        let lasts = in_plan || current(concern).any(|(_, said)| lasts(said, case));
        (lasts && looked_for(case, &concern.item, &["Goal"])).then(|| report(concern, in_plan))
    };
    (case.plan.concerns.iter())
        .filter(|concern| concern.kind != ConcernKind::PatientVoiced && current(concern).next().is_some())
        .filter(is_lonely)
        .filter_map(issue)
        .collect()
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

/// What plans in force address.
fn addressed(case: &Case<'_>) -> BTreeSet<ResourceKey> {
    let mut keys = BTreeSet::new();
    for resource in case.reach.of_kind("CarePlan") {
        let plan: CarePlan = resource.read();
        if status::is_past_plan(plan.status.as_deref()) {
            continue;
        }
        keys.extend(plan.addresses.iter().filter_map(|to| Some(case.reach.leads_to(resource, to)?.key().clone())));
    }
    keys
}

fn report(concern: &Concern, in_plan: bool) -> DetectedIssue {
    let severity = if in_plan { Severity::Moderate } else { Severity::Low };
    let mut report = Report::on(&concern.item, IssueCode::ConcernWithoutGoal, severity, "Goal.addresses");
    for (member, said) in current(concern) {
        report = report.side(member, vec![code("status", said.clinical_status.as_deref())]);
    }
    let item = &concern.item.id;
    report
        .settle(Settlement::Add { what: "Goal", to: Some(item.clone()) })
        .settle(Settlement::Link { element: "Goal.addresses", of: item.clone() })
        .settle(Settlement::KeepAsIs)
        .done()
}
