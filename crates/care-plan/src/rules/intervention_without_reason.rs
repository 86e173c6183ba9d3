//! Something planned without a goal and without a reason.
//!
//! Clinical reason: what nobody knows the reason of cannot be reviewed or ended; for medicines it is the first criterion of
//! STOPP version 3 (A1: any drug prescribed without a clinical indication).
//! FHIR source: `reasonCode`, `reasonReference`, `resource-pertainsToGoal`, `CarePlan.activity.detail.goal`; an order that
//! is based on another shares its reason (`basedOn`; R4 request pattern).
//! Severity: low.
//!
//! Only what is planned and going on, of the types that can carry a reason or a goal by themselves. Silent for
//! appointments and statements about taking, for drafts and options, where a reference is given that leads nowhere, and for
//! what stands in a plan that addresses concerns or has goals as a whole.

use fhir::{Extension, Many, Reference};
use serde::Deserialize;

use super::Case;
use super::common::known::{looked_for, still_reading};
use super::common::report::{Report, code};
use super::common::ties::Ties;
use crate::plan::{DetectedIssue, Intervention, InterventionStatement, IssueCode, Member, Phase, Settlement, Severity};

/// The types asked for a reason; `activity` is what only a plan describes.
const KINDS: [&str; 7] = [
    "CommunicationRequest",
    "DeviceRequest",
    "MedicationRequest",
    "NutritionOrder",
    "RequestGroup",
    "ServiceRequest",
    "activity",
];

/// Where a resource says what it is for. `basedOn` is among them: what it leads to says why, or is asked itself.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Reasons {
    reason_code: Many<fhir::CodeableConcept>,
    reason_reference: Many<Reference>,
    based_on: Many<Reference>,
    extension: Many<Extension>,
}

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = &case.ties;
    let is_for_nothing = |one: &&Intervention| {
        one.phase == Phase::Planned
            && KINDS.contains(&one.kind.as_str())
            && going_on(one).next().is_some()
            && one.reasons.is_empty()
            && !ties.has_concern(&one.item.id)
            && ties.goals(&one.item.id).next().is_none()
            && !is_of_plan_with_reason(ties, one)
            && !one.item.members.iter().any(|member| says_why(case, member))
            && looked_for(case, &one.item, &["Condition", "Goal", "CarePlan"])
    };
    case.plan.interventions.iter().filter(is_for_nothing).map(report).collect()
}

fn is_of_plan_with_reason(ties: &Ties<'_>, one: &Intervention) -> bool {
    let beside = ties.beside(&one.item.id);
    beside.concern || beside.goal
}

fn going_on(one: &Intervention) -> impl Iterator<Item = (&Member, &InterventionStatement)> {
    let is_live = |said: &InterventionStatement| {
        said.is_current() && said.status.as_deref() != Some("draft") && said.intent.as_deref() != Some("option")
    };
    one.item.members.iter().zip(&one.statements).filter(move |(_, said)| is_live(said))
}

/// True where the resource fills an element that says why, whether or not that leads anywhere.
fn says_why(case: &Case<'_>, member: &Member) -> bool {
    let Some(resource) = case.reach.get(&member.key) else { return false };
    if member.part.is_some() {
        let plan: fhir::CarePlan = resource.read();
        let activity = member.part.and_then(|part| plan.activity.get(part));
        let detail = activity.and_then(|activity| activity.detail.as_ref());
        return detail.is_some_and(|detail| !detail.reason_reference.is_empty() || !detail.goal.is_empty());
    }
    let said: Reasons = resource.read();
    let goal = said.extension.iter().any(|one| one.url.as_deref() == Some(fhir::codes::PERTAINS_TO_GOAL));
    goal || !said.reason_code.is_empty() || !said.reason_reference.is_empty() || !said.based_on.is_empty()
}

fn report(one: &Intervention) -> DetectedIssue {
    let element = if one.kind == "activity" { "CarePlan.activity.detail" } else { "reasonReference" };
    let mut report = Report::on(&one.item, IssueCode::InterventionWithoutReason, Severity::Low, element);
    for (member, said) in going_on(one) {
        report = report.side(member, vec![code("status", said.status.as_deref())]);
    }
    let orders: Vec<_> = going_on(one).map(|(member, _)| member.key.clone()).collect();
    if one.kind == "MedicationRequest" {
        report = report.settle(Settlement::AskPrescriber { about: orders });
    } else {
        report = report.settle(Settlement::Link { element: "reasonReference", of: one.item.id.clone() });
    }
    report
        .settle(Settlement::Link { element: "resource-pertainsToGoal", of: one.item.id.clone() })
        .settle(Settlement::KeepAsIs)
        .done()
}
