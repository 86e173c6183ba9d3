//! ServiceRequest: an activity that asks for a service, by the MCC profile.

use fhir::codes::{CPT, HCPCS, ICD10PCS, LOINC, PERTAINS_TO_GOAL, SNOMED, canonical_system};
use serde_json::{Value, json};

use super::ResourceKind;
use super::concept::concept;
use super::element::Element;
use super::note::notes;
use super::reference::{Bases, kind_of, own, subject};
use super::task::{owner, within};
use crate::plan::{Activity, ActivityStatus, Plan};

const PROFILE: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/MCCServiceRequest";
/// Systems whose codes name services (US Core procedure codes).
const SERVICES: [&str; 5] = [SNOMED, LOINC, CPT, HCPCS, ICD10PCS];
/// What `ServiceRequest.reasonReference` may point at (R4 servicerequest.html).
const REASONS: [&str; 4] = ["Condition", "Observation", "DiagnosticReport", "DocumentReference"];

/// An activity as the request that it is; `None` where it asks for no service.
///
/// An activity asks for a service where it stands for a ServiceRequest at a source, or where its description has a code of
/// a system of services and it stands for nothing else. What is planned here is never an order: the intent is `plan`, and
/// the request at the source is named by its identifier. It has the id and the versions of the activity's Task, and says of
/// the plan no more than that does.
pub fn service_request(activity: &Activity, plan: &Plan, bases: Bases<'_>) -> Option<Value> {
    if !asks_for_a_service(activity) {
        return None;
    }
    let content = &activity.content;
    let goals = content.goals.iter();
    let goals = goals.map(|goal| json!({ "url": PERTAINS_TO_GOAL, "valueReference": own(ResourceKind::Goal, goal) }));
    let (reasons, others): (Vec<_>, Vec<_>) =
        content.reasons.iter().partition(|about| REASONS.contains(&kind_of(about)));
    let planned = content.planned.as_ref();
    let informed = others.into_iter().map(|about| bases.about(about)).chain(planned.map(|one| bases.foreign(one)));
    let assigned = activity.assigned.and_then(|id| plan.member(id)).map(|member| owner(member, bases));
    let meta = Element::new()
        .with("versionId", activity.version.to_string())
        .with("lastUpdated", activity.at.to_string())
        .with("profile", json!([PROFILE]));
    let request = Element::resource(ResourceKind::ServiceRequest)
        .with("id", activity.id.to_string())
        .with("meta", meta.done())
        .with_list("extension", goals.collect())
        .with_list("identifier", planned.map(|one| bases.identifier(one)).into_iter().collect())
        .with("basedOn", json!([own(ResourceKind::CarePlan, plan.id)]))
        .with("status", status(activity.status))
        .with("intent", "plan")
        .with("code", concept(&content.description))
        .with("subject", subject(&plan.person))
        .with_some("occurrencePeriod", within(activity))
        // The plan keeps no other time: this version was written then.
        .with("authoredOn", activity.at.to_string())
        .with_list("performer", assigned.into_iter().collect())
        .with_list("reasonReference", reasons.into_iter().map(|about| bases.about(about)).collect())
        .with_list("supportingInfo", std::iter::once(own(ResourceKind::Task, activity.id)).chain(informed).collect())
        .with_list("note", notes(&activity.notes, &plan.person, bases));
    Some(request.done())
}

fn asks_for_a_service(activity: &Activity) -> bool {
    let content = &activity.content;
    match &content.planned {
        Some(planned) => planned.kind == ResourceKind::ServiceRequest.name(),
        None => content.description.codings.iter().any(|coding| SERVICES.contains(&canonical_system(&coding.system))),
    }
}

/// The state of the request (R4 request-status).
fn status(activity: ActivityStatus) -> &'static str {
    match activity {
        ActivityStatus::Draft => "draft",
        ActivityStatus::Requested
        | ActivityStatus::Accepted
        // It still waits for somebody to do it.
        | ActivityStatus::Rejected
        | ActivityStatus::InProgress => "active",
        ActivityStatus::OnHold => "on-hold",
        ActivityStatus::Failed | ActivityStatus::Cancelled => "revoked",
        ActivityStatus::Completed => "completed",
        ActivityStatus::EnteredInError => "entered-in-error",
    }
}
