//! The activities of the exported plan: what is planned, with what was performed for it.

use std::collections::{BTreeMap, BTreeSet};

use fhir::ResourceKey;
use fhir::codes::PERTAINS_TO_GOAL;
use serde_json::{Value, json};

use super::links::{Added, agent};
use super::names::{Names, urn};
use crate::consolidate::forbidden::DO_NOT;
use crate::plan::{ConsolidatedPlan, Intervention, ItemId, Member, Phase};

/// What `CarePlan.activity.reference` may point at (R4 careplan.html).
const PLANNED: [&str; 9] = [
    "Appointment",
    "CommunicationRequest",
    "DeviceRequest",
    "MedicationRequest",
    "NutritionOrder",
    "RequestGroup",
    "ServiceRequest",
    "Task",
    "VisionPrescription",
];

/// The activities, and the resources that had to be made for them, with their names.
#[derive(Default)]
pub(super) struct Activities {
    pub(super) listed: Vec<Value>,
    pub(super) made: Vec<(String, Value)>,
    /// Planned and current, but of a type that an activity may not point at.
    pub(super) beside: Vec<ResourceKey>,
}

/// Lists the activities of the plan.
///
/// The guide forbids `activity.detail`: an activity that only a plan describes becomes a ServiceRequest of intent `plan`,
/// which says by its Provenance where it comes from.
pub(super) fn of(plan: &ConsolidatedPlan, names: &Names<'_>, patient: &Value, recorded: &str) -> Activities {
    let done = performed_for(plan);
    let mut activities = Activities::default();
    let mut told: BTreeSet<&ItemId> = BTreeSet::new();
    let planned = plan.interventions.iter().filter(|one| one.phase == Phase::Planned && one.is_current());
    for intervention in planned {
        let results = done.get(&intervention.item.id).cloned().unwrap_or_default();
        told.extend(results.iter().map(|(id, _)| *id));
        let results: Vec<Value> = results.iter().map(|(_, key)| names.reference(key)).collect();
        for (member, said) in intervention.item.members.iter().zip(&intervention.statements) {
            // What one record has ended is not under way, though another goes on with it: it is told beside.
            if !said.is_current() {
                activities.beside.extend(member.part.is_none().then(|| member.key.clone()));
                continue;
            }
            let reference = if let Some(part) = member.part {
                let (name, request, provenance) = described(plan, intervention, member, part, names, patient, recorded);
                let reference = json!({ "reference": name, "type": "ServiceRequest" });
                activities.made.push((name, request));
                activities.made.push(provenance);
                reference
            } else if PLANNED.contains(&member.key.kind.as_str()) {
                names.reference(&member.key)
            } else {
                activities.beside.push(member.key.clone());
                continue;
            };
            activities.listed.push(activity(Some(reference), results.clone(), intervention));
        }
    }
    let performed = plan.interventions.iter().filter(|one| one.phase == Phase::Performed);
    let linked: BTreeSet<&ItemId> = plan.links.iter().map(|link| &link.to).collect();
    for intervention in performed.filter(|one| linked.contains(&one.item.id) && !told.contains(&one.item.id)) {
        let results = intervention.item.members.iter().map(|member| names.reference(&member.key)).collect();
        activities.listed.push(activity(None, results, intervention));
    }
    activities
}

fn activity(reference: Option<Value>, results: Vec<Value>, intervention: &Intervention) -> Value {
    let mut activity = serde_json::Map::new();
    if !results.is_empty() {
        activity.insert("outcomeReference".to_owned(), Value::Array(results));
    }
    let progress: Vec<Value> = intervention.notes.iter().map(note).collect();
    if !progress.is_empty() {
        activity.insert("progress".to_owned(), Value::Array(progress));
    }
    if let Some(reference) = reference {
        activity.insert("reference".to_owned(), reference);
    }
    Value::Object(activity)
}

fn note(note: &crate::plan::Note) -> Value {
    let mut annotation = serde_json::Map::new();
    if let Some(author) = &note.author {
        annotation.insert("authorString".to_owned(), json!(author));
    }
    if let Some(when) = &note.when {
        annotation.insert("time".to_owned(), json!(when));
    }
    annotation.insert("text".to_owned(), json!(note.text));
    Value::Object(annotation)
}

/// For each planned item the items that were performed for it, with their members.
fn performed_for(plan: &ConsolidatedPlan) -> BTreeMap<&ItemId, Vec<(&ItemId, &ResourceKey)>> {
    let performed = plan.interventions.iter().filter(|one| one.phase == Phase::Performed).map(|one| &one.item);
    let results: BTreeMap<&ItemId, _> =
        performed.chain(plan.outcomes.iter().map(|one| &one.item)).map(|item| (&item.id, item)).collect();
    let planned: BTreeSet<&ItemId> =
        plan.interventions.iter().filter(|one| one.phase == Phase::Planned).map(|one| &one.item.id).collect();
    let mut done: BTreeMap<&ItemId, Vec<(&ItemId, &ResourceKey)>> = BTreeMap::new();
    for link in plan.links.iter().filter(|link| planned.contains(&link.from)) {
        let Some(item) = results.get(&link.to) else { continue };
        let members = item.members.iter().map(|member| (&item.id, &member.key));
        done.entry(&link.from).or_default().extend(members);
    }
    done
}

/// A ServiceRequest for an activity that only a plan describes, and its Provenance.
fn described(
    plan: &ConsolidatedPlan,
    intervention: &Intervention,
    member: &Member,
    part: usize,
    names: &Names<'_>,
    patient: &Value,
    recorded: &str,
) -> (String, Value, (String, Value)) {
    let name = urn(&["activity", &member.key.to_string(), &part.to_string()]);
    let at = intervention.item.members.iter().position(|one| one == member).unwrap_or_default();
    let said = intervention.statements.get(at);
    let title = said.map_or(intervention.item.title.as_str(), |said| said.title.as_str());
    let mut code = said.map(|said| json!(said.code)).filter(|code| code != &json!({})).unwrap_or_else(|| json!({}));
    code["text"] = json!(title.strip_prefix(DO_NOT).unwrap_or(title));
    let goals: Vec<Value> = Added::of_item(plan, &intervention.item.id)
        .iter()
        .map(|goal| json!({ "url": PERTAINS_TO_GOAL, "valueReference": names.reference(goal) }))
        .collect();
    let mut request = json!({
        "resourceType": "ServiceRequest",
        "status": request_status(member.status.as_deref()),
        "intent": "plan",
        "code": code,
        "subject": patient,
    });
    if said.is_some_and(|said| said.do_not_perform) {
        request["doNotPerform"] = json!(true);
    }
    if !goals.is_empty() {
        request["extension"] = Value::Array(goals);
    }
    let provenance = json!({
        "resourceType": "Provenance",
        "target": [{ "reference": name }],
        "recorded": recorded,
        "activity": { "text": format!("Made of CarePlan.activity[{part}].detail, which this form of a plan does not carry") },
        "agent": [agent()],
        "entity": [{ "role": "derivation", "what": names.reference(&member.key) }],
    });
    (name.clone(), request, (urn(&["provenance", &name]), provenance))
}

/// The status of a request for the status of an activity (R4 care-plan-activity-status to request-status).
fn request_status(status: Option<&str>) -> &'static str {
    match status {
        Some("not-started" | "scheduled" | "in-progress") => "active",
        Some("on-hold") => "on-hold",
        Some("completed") => "completed",
        Some("cancelled" | "stopped") => "revoked",
        Some("entered-in-error") => "entered-in-error",
        _ => "unknown",
    }
}
