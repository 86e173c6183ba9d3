//! Allergies: one list for each source, and four states that must never look alike.

use std::collections::BTreeMap;

use fhir::{AllergyIntolerance, Resource, ResourceKey, SourceId};

use super::codings::{codes, label};
use super::records::Records;
use crate::plan::{AllergyList, AllergyState};
use crate::snapshot::{Record, Snapshot, Status};

/// SNOMED CT concepts that deny every allergy: "no known allergy" and its retired predecessor.
///
/// Those that deny only a part ("no known drug allergy") are not among them: they are listed in the source's words.
const NO_KNOWN_ALLERGY: [&str; 2] = ["716186003", "160244002"];

/// A list for each source of the snapshot, sorted by source.
pub(super) fn lists(records: &Records<'_>, snapshot: &Snapshot) -> Vec<AllergyList> {
    let mut entries: BTreeMap<&SourceId, Vec<&Resource>> = BTreeMap::new();
    for record in &snapshot.records {
        entries.entry(&record.source.id).or_default();
    }
    for resource in records.of_kind("AllergyIntolerance") {
        entries.entry(&resource.key().source).or_default().push(resource);
    }
    entries
        .into_iter()
        .map(|(source, resources)| AllergyList {
            source: source.clone(),
            state: state(&resources, snapshot.records.iter().filter(|record| &record.source.id == source)),
            keys: resources.iter().map(|resource| resource.key().clone()).collect::<Vec<ResourceKey>>(),
        })
        .collect()
}

fn state<'s>(resources: &[&Resource], mut records: impl Iterator<Item = &'s Record>) -> AllergyState {
    let mut known = Vec::new();
    let mut denied = false;
    for allergy in resources.iter().map(|resource| resource.read::<AllergyIntolerance>()) {
        let verification = allergy.verification_status.as_ref().and_then(|status| status.first_code());
        if matches!(verification, Some("entered-in-error" | "refuted")) {
            continue;
        }
        if allergy.code.as_ref().is_some_and(denies_all) {
            denied = true;
        } else {
            known.push((substance(&allergy), reaction(&allergy)));
        }
    }
    known.sort();
    known.dedup();
    match (known.is_empty(), denied) {
        (false, _) => AllergyState::Known(known),
        (true, true) => AllergyState::NoneKnown,
        (true, false) if records.any(was_asked) => AllergyState::NotRecorded,
        (true, false) => AllergyState::Unavailable,
    }
}

fn denies_all(code: &fhir::CodeableConcept) -> bool {
    codes(code).any(|(system, code)| system == fhir::codes::SNOMED && NO_KNOWN_ALLERGY.contains(&code.as_str()))
}

/// The substance, with the clinical status where it is not active.
fn substance(allergy: &AllergyIntolerance) -> String {
    let reacted_to = || allergy.reaction.iter().find_map(|reaction| label(reaction.substance.as_ref()));
    let name = label(allergy.code.as_ref()).or_else(reacted_to).unwrap_or_else(|| "Unnamed allergy".to_owned());
    match allergy.clinical_status.as_ref().and_then(|status| status.first_code()) {
        Some(status) if status != "active" => format!("{name} ({status})"),
        _ => name,
    }
}

fn reaction(allergy: &AllergyIntolerance) -> Option<String> {
    let manifestations = allergy.reaction.iter().flat_map(|reaction| &reaction.manifestation);
    let mut words: Vec<String> = manifestations.filter_map(|manifestation| label(Some(manifestation))).collect();
    words.dedup();
    (!words.is_empty()).then(|| words.join(", "))
}

/// True where all allergies the source holds were read, so that none means none.
fn was_asked(record: &Record) -> bool {
    let mut reads = record.reads.iter().filter(|read| read.kind == "AllergyIntolerance").peekable();
    let usable = matches!(record.state, None | Some(Status::Complete | Status::Partial(_)));
    usable && reads.peek().is_some() && reads.all(|read| read.status == Status::Complete)
}
