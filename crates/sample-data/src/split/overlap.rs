//! Overlap on purpose: what two places both recorded, not quite alike.

use serde_json::{Value, json};

use super::{local, referred};
use crate::Server;

/// Copies up to three active conditions of the first server, and the medication requests given for them, to the second:
/// under new ids, recorded on another day, and one of them with another clinical status. The second place also writes
/// the patient without middle name.
pub fn overlap(servers: &mut [Server]) {
    let [first, second, ..] = servers else { return };
    let is = |kind: &'static str| move |resource: &&Value| resource["resourceType"] == kind;
    let mut active: Vec<&Value> =
        first.resources.iter().filter(is("Condition")).filter(|condition| is_chronic(condition)).collect();
    active.sort_by_key(|condition| (condition["onsetDateTime"].to_string(), local(condition)));
    let mut copies = Vec::new();
    for (at, condition) in active.into_iter().take(3).enumerate() {
        let mut copy = copied(condition, &first.base, second);
        copy["recordedDate"] = json!("2020-02-29");
        if at == 0 {
            copy["clinicalStatus"] = json!({ "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "inactive" }] });
        }
        let id = copy["id"].as_str().unwrap_or_default().to_owned();
        copies.push(copy);
        let own = local(condition);
        let given_for = |request: &&Value| referred(&request["reasonReference"][0]) == Some(own.clone());
        for request in first.resources.iter().filter(is("MedicationRequest")).filter(given_for) {
            let mut copy = copied(request, &first.base, second);
            copy["authoredOn"] = json!("2020-02-29");
            copy["reasonReference"] = json!([{ "reference": format!("Condition/{id}") }]);
            copies.push(copy);
        }
    }
    second.resources.extend(copies);
    for patient in second.resources.iter_mut().filter(|resource| resource["resourceType"] == "Patient") {
        if let Some(given) = patient["name"][0]["given"].as_array_mut() {
            given.truncate(1);
        }
    }
}

fn is_chronic(condition: &Value) -> bool {
    let active = condition["clinicalStatus"]["coding"][0]["code"] == "active";
    active && condition["abatementDateTime"].is_null() && condition["onsetDateTime"].is_string()
}

/// A copy for another server: an id of its own, its own patient, and every other reference as an address.
fn copied(resource: &Value, base: &str, to: &Server) -> Value {
    let mut copy = resource.clone();
    super::references::each_reference(&mut copy, &mut |text| {
        let named = match fhir::Target::parse(text) {
            fhir::Target::Relative { kind, id, .. } => fhir_server::Local { kind, id },
            _ => return None,
        };
        let own = named.kind == "Patient";
        Some(if own { format!("Patient/{}", to.patient) } else { format!("{base}/{}/{}", named.kind, named.id) })
    });
    let id = copy["id"].as_str().unwrap_or_default();
    copy["id"] = Value::from(format!("copy-{}", &id[..id.len().min(48)]));
    if let Some(members) = copy.as_object_mut() {
        members.shift_remove("encounter");
    }
    copy
}
