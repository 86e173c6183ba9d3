//! The person as each source describes them, and names of all who appear in a record.

use fhir::{HumanName, Identifier, Patient, Resource};

use super::codings::{label, words};
use super::records::Records;
use crate::plan::{Deceased, Demographics};

/// One entry for each Patient, sorted by key.
pub(super) fn list(records: &Records<'_>) -> Vec<Demographics> {
    records.of_kind("Patient").map(demographics).collect()
}

fn demographics(resource: &Resource) -> Demographics {
    let patient: Patient = resource.read();
    let name = best(&patient.name);
    let deceased = match (&patient.deceased_date_time.0, patient.deceased_boolean.0) {
        (Some(date), _) => Some(Deceased::On(date.clone())),
        (None, Some(true)) => Some(Deceased::Yes),
        _ => None,
    };
    Demographics {
        source: resource.key().source.clone(),
        key: resource.key().clone(),
        family: name.and_then(|name| words(name.family.as_deref())),
        given: name.map(|name| name.given.0.clone()).unwrap_or_default(),
        name_text: name.and_then(|name| words(name.text.as_deref())),
        birth_date: patient.birth_date.0,
        deceased,
        gender: patient.gender.0,
        record_number: record_number(&patient.identifier),
        replaced: patient.link.iter().any(|link| link.link_type.as_deref() == Some("replaced-by")),
    }
}

/// The name to call someone by: official, usual, then any that is not a former one.
fn best(names: &[HumanName]) -> Option<&HumanName> {
    names.iter().min_by_key(|name| match name.used_as.as_deref() {
        Some("official") => 0,
        Some("usual") => 1,
        None => 2,
        Some("old" | "maiden") => 4,
        Some(_) => 3,
    })
}

/// The identifier of type `MR` (HL7 v2 table 0203), else the first that has a value.
fn record_number(identifiers: &[Identifier]) -> Option<String> {
    let value = |identifier: &Identifier| words(identifier.value.as_deref());
    let is_record_number = |identifier: &&Identifier| {
        identifier
            .kind
            .as_ref()
            .is_some_and(|kind| kind.coding.iter().any(|coding| coding.code.as_deref() == Some("MR")))
    };
    identifiers.iter().filter(is_record_number).find_map(value).or_else(|| identifiers.iter().find_map(value))
}

/// What a person, organisation, device or place is called.
pub(super) fn name_of(records: &Records<'_>, resource: &Resource) -> Option<String> {
    match resource.kind() {
        "Patient" => resource.read::<Patient>().name.first().and_then(|_| human(&resource.read::<Patient>().name)),
        "Practitioner" | "RelatedPerson" => human(&resource.read::<fhir::Practitioner>().name),
        "PractitionerRole" => {
            let role: fhir::PractitionerRole = resource.read();
            let person = role.practitioner.as_ref().and_then(|person| records.name(resource, person));
            let place = || role.organization.as_ref().and_then(|place| records.name(resource, place));
            person.or_else(|| label(role.code.first())).or_else(place)
        }
        "Organization" | "CareTeam" | "Location" | "HealthcareService" => {
            words(resource.read::<fhir::Organization>().name.as_deref())
        }
        _ => None,
    }
}

fn human(names: &[HumanName]) -> Option<String> {
    let name = best(names)?;
    if let Some(text) = words(name.text.as_deref()) {
        return Some(text);
    }
    let parts = name.prefix.iter().chain(name.given.iter()).chain(name.family.as_ref()).chain(name.suffix.iter());
    let parts: Vec<&str> = parts.map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
