//! Allergies: one list for each source, and four states that must never look alike.

use std::collections::BTreeMap;

use fhir::{AllergyIntolerance, Resource, ResourceKey, SourceId};

use super::clusters::{Cluster, Entry, join};
use super::codings::{codes, label};
use super::concepts::{self, About};
use super::records::Records;
use super::span::Span;
use super::{identifiers, linkages, titles};
use crate::decisions::Decisions;
use crate::plan::{Allergy, AllergyList, AllergyState, AllergyStatement};
use crate::snapshot::{Record, Snapshot, Status};

/// SNOMED CT concepts that deny every allergy: "no known allergy" and its retired predecessor.
///
/// Those that deny only a part ("no known drug allergy") are not among them: they are listed in the source's words.
const NO_KNOWN_ALLERGY: [&str; 2] = ["716186003", "160244002"];

/// What an allergy is called that its record has no words for.
const UNNAMED: &str = "Unnamed allergy";

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
            state: state(&resources, || snapshot.records.iter().filter(|record| &record.source.id == source)),
            keys: resources.iter().map(|resource| resource.key().clone()).collect::<Vec<ResourceKey>>(),
        })
        .collect()
}

/// Each allergy over all sources: entries with the same identifier or the same substance by its codes.
pub(super) fn items(records: &Records<'_>, decisions: &Decisions) -> Vec<Allergy> {
    let read: Vec<(&Resource, AllergyIntolerance)> =
        records.of_kind("AllergyIntolerance").map(|resource| (resource, resource.read())).collect();
    let entries: Vec<Entry<'_>> = read.iter().map(|(resource, _)| Entry::whole(resource)).collect();
    let resources: Vec<&Resource> = read.iter().map(|(resource, _)| *resource).collect();
    let mut groups = identifiers::groups(&resources);
    let abouts = read.iter().enumerate().filter_map(|(at, (_, view))| {
        let in_error =
            view.verification_status.as_ref().and_then(|status| status.first_code()) == Some("entered-in-error");
        Some(About { at, concept: view.code.as_ref().filter(|_| !in_error)?, span: Span::OPEN })
    });
    groups.extend(linkages::groups(records, &entries));
    groups.extend(concepts::groups(&abouts.collect::<Vec<_>>()));
    join(&entries, groups, decisions).iter().map(|cluster| allergy(cluster, &read, &entries)).collect()
}

fn allergy(cluster: &Cluster, read: &[(&Resource, AllergyIntolerance)], entries: &[Entry<'_>]) -> Allergy {
    let statements: Vec<AllergyStatement> = cluster.members.iter().map(|at| statement(&read[*at].1)).collect();
    let title = titles::most_used(statements.iter().map(|one| one.substance.as_str()));
    let item = cluster.item('a', title.unwrap_or_else(|| UNNAMED.to_owned()), entries, |at| {
        read[at].1.clinical_status.as_ref().and_then(|status| status.first_code())
    });
    Allergy { item, statements }
}

fn statement(view: &AllergyIntolerance) -> AllergyStatement {
    let code =
        |concept: Option<&fhir::CodeableConcept>| concept.and_then(|status| status.first_code()).map(str::to_owned);
    AllergyStatement {
        substance: name(view),
        code: view.code.0.clone().unwrap_or_default(),
        clinical_status: code(view.clinical_status.as_ref()),
        verification_status: code(view.verification_status.as_ref()),
        criticality: view.criticality.0.clone(),
        reaction: reaction(view),
        denies_all: view.code.as_ref().is_some_and(denies_all),
    }
}

fn state<'s, R: Iterator<Item = &'s Record>>(resources: &[&Resource], records: impl Fn() -> R) -> AllergyState {
    let mut known = Vec::new();
    let mut denied = false;
    for allergy in resources.iter().map(|resource| resource.read::<AllergyIntolerance>()) {
        let verification = allergy.verification_status.as_ref().and_then(|status| status.first_code());
        if matches!(verification, Some("entered-in-error" | "refuted")) {
            continue;
        }
        if allergy.code.as_ref().is_some_and(denies_all) {
            // "No known allergy" that is over says that there is one now, or that nobody knows.
            let over = allergy.clinical_status.as_ref().and_then(|status| status.first_code());
            denied |= !matches!(over, Some("inactive" | "resolved"));
        } else {
            known.push((substance(&allergy), reaction(&allergy)));
        }
    }
    known.sort();
    known.dedup();
    match (known.is_empty(), denied) {
        (false, _) => AllergyState::Known(known),
        // What could not be read may hold the allergy that the rest denies.
        (true, true) if records().any(was_cut_short) => AllergyState::Unavailable,
        (true, true) => AllergyState::NoneKnown,
        (true, false) if records().any(was_asked) => AllergyState::NotRecorded,
        (true, false) => AllergyState::Unavailable,
    }
}

fn denies_all(code: &fhir::CodeableConcept) -> bool {
    codes(code).any(|(system, code)| system == fhir::codes::SNOMED && NO_KNOWN_ALLERGY.contains(&code.as_str()))
}

/// The substance, with the clinical status where it is not active.
fn substance(allergy: &AllergyIntolerance) -> String {
    let name = name(allergy);
    match allergy.clinical_status.as_ref().and_then(|status| status.first_code()) {
        Some(status) if status != "active" => format!("{name} ({status})"),
        _ => name,
    }
}

fn name(allergy: &AllergyIntolerance) -> String {
    let reacted_to = || allergy.reaction.iter().find_map(|reaction| label(reaction.substance.as_ref()));
    label(allergy.code.as_ref()).or_else(reacted_to).unwrap_or_else(|| UNNAMED.to_owned())
}

fn reaction(allergy: &AllergyIntolerance) -> Option<String> {
    let manifestations = allergy.reaction.iter().flat_map(|reaction| &reaction.manifestation);
    let mut words: Vec<String> = manifestations.filter_map(|manifestation| label(Some(manifestation))).collect();
    words.dedup();
    (!words.is_empty()).then(|| words.join(", "))
}

/// True where some of the allergies that the source holds were perhaps not read.
fn was_cut_short(record: &Record) -> bool {
    let mut reads = record.reads.iter().filter(|read| read.kind == "AllergyIntolerance");
    reads.any(|read| read.status != Status::Complete)
}

/// True where all allergies the source holds were read, so that none means none.
fn was_asked(record: &Record) -> bool {
    let mut reads = record.reads.iter().filter(|read| read.kind == "AllergyIntolerance").peekable();
    let usable = matches!(record.state, None | Some(Status::Complete | Status::Partial(_)));
    usable && reads.peek().is_some() && reads.all(|read| read.status == Status::Complete)
}
