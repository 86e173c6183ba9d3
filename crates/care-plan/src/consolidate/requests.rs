//! What is planned: ServiceRequest, NutritionOrder, CommunicationRequest, DeviceRequest, Task, Appointment, RequestGroup.

use fhir::{CodeableConcept, FhirDate, Payload, Request, Resource, Target};

use super::act::{Act, Refers, begin, first_name, goals_of, reasons};
use super::codings::{label, words};
use super::records::{Found, Records};
use super::{dosage, notes};
use crate::plan::Phase;

/// The types read here.
pub(super) const KINDS: [&str; 8] = [
    "Appointment",
    "CommunicationRequest",
    "DeviceRequest",
    "NutritionOrder",
    "RequestGroup",
    "ServiceRequest",
    "Task",
    "VisionPrescription",
];

/// Reads one planned activity.
pub(super) fn read<'a>(records: &Records<'_>, resource: &'a Resource) -> Act<'a> {
    let request: Request = resource.read();
    let asked =
        request.requester.iter().chain(request.orderer.iter()).chain(request.owner.iter()).chain(request.sender.iter());
    Act {
        resource,
        phase: Phase::Planned,
        title: title(&request),
        code: code(&request),
        status: request.status.0.clone(),
        intent: request.intent.0.clone(),
        when: [&request.occurrence_date_time, &request.start].into_iter().find_map(|date| date.0.clone()).or_else(
            || {
                let periods = [request.occurrence_period.as_ref(), request.execution_period.as_ref()];
                let ordered = request.authored_on.0.clone().or_else(|| request.date_time.0.clone());
                periods.into_iter().find_map(begin).or(ordered)
            },
        ),
        until: until(&request),
        detail: detail(&request),
        medication: None,
        who: first_name(records, resource, request.performer.iter().chain(asked))
            .or_else(|| participants(records, resource, &request)),
        reasons: reasons(records, resource, &request.reason_code, &request.reason_reference),
        notes: notes::of(records, resource, &request.note),
        refers: Refers {
            goals: goals_of(&request.extension),
            reasons: request.reason_reference.0,
            based_on: request.based_on.0,
            results: Vec::new(),
            // `focus` of a Task is what it carries out; a RequestGroup's actions name what it is made of.
            focus: request.focus.0,
        },
    }
}

/// Who takes part in an appointment beside the patient, whose plan it is anyway: people, then places.
fn participants(records: &Records<'_>, resource: &Resource, request: &Request) -> Option<String> {
    let mut others: Vec<(bool, String)> = Vec::new();
    for actor in request.participant.iter().filter_map(|participant| participant.actor.as_ref()) {
        let kind = match actor.reference.as_deref().map(Target::parse) {
            Some(Target::Relative { kind, .. } | Target::Absolute { kind, .. }) => kind,
            _ => match records.find(resource, actor) {
                Found::Resource(found) => found.kind().to_owned(),
                _ => String::new(),
            },
        };
        let place = matches!(kind.as_str(), "Location" | "HealthcareService" | "Device");
        let name = records.name(resource, actor).filter(|_| kind != "Patient");
        others.extend(name.map(|name| (place, name)).filter(|one| !others.contains(one)));
    }
    others.sort_by_key(|(place, _)| *place);
    let names: Vec<String> = others.into_iter().map(|(_, name)| name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn title(request: &Request) -> Option<String> {
    let diet = || request.oral_diet.as_ref().map(|diet| labels(&diet.kind)).filter(|labels| !labels.is_empty());
    let actions = || {
        let said = request
            .action
            .iter()
            .filter_map(|action| words(action.title.as_deref()).or_else(|| words(action.description.as_deref())));
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join(", "))
    };
    let description = || words(request.description.as_deref());
    // The code of a Task names what to do with its focus ("fulfill"); its description says what it is.
    let task = request.subject_for.is_some().then(description).flatten();
    (task.or_else(|| label(request.code.as_ref())))
        .or_else(|| label(request.code_codeable_concept.as_ref()))
        .or_else(diet)
        .or_else(|| request.payload.iter().find_map(content))
        .or_else(|| label(request.service_type.first()))
        .or_else(description)
        .or_else(actions)
        .or_else(|| label(request.category.first()))
}

/// The codes that say what is asked for. Those of a Task say what to do with its focus, so they are none.
fn code(request: &Request) -> CodeableConcept {
    if request.subject_for.is_some() {
        return CodeableConcept::default();
    }
    let diet = || request.oral_diet.as_ref().and_then(|diet| diet.kind.first().cloned());
    (request.code.0.clone()).or_else(|| request.code_codeable_concept.0.clone()).or_else(diet).unwrap_or_default()
}

fn until(request: &Request) -> Option<FhirDate> {
    let periods = [request.occurrence_period.as_ref(), request.execution_period.as_ref()];
    let once = request.occurrence_date_time.0.clone();
    periods.into_iter().flatten().find_map(|period| period.end.0.clone()).or(once)
}

/// What a message says, or what the document or resource it carries is called.
pub(super) fn content(payload: &Payload) -> Option<String> {
    let document = || payload.content_attachment.as_ref().and_then(|document| words(document.title.as_deref()));
    let resource = || payload.content_reference.as_ref().and_then(|resource| words(resource.display.as_deref()));
    words(payload.content_string.as_deref()).or_else(document).or_else(resource)
}

fn labels(concepts: &[CodeableConcept]) -> String {
    let labels: Vec<String> = concepts.iter().filter_map(|concept| label(Some(concept))).collect();
    labels.join(", ")
}

fn detail(request: &Request) -> Option<String> {
    let diet = || request.oral_diet.as_ref().and_then(|diet| words(diet.instruction.as_deref()));
    request.occurrence_timing.as_ref().and_then(dosage::timing).or_else(diet)
}
