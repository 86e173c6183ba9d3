//! What sources say about who is the same human.

use std::collections::BTreeSet;

use fhir::{Linkage, LinkageItem, ResourceKey, Target};

use super::records::Records;
use crate::plan::IdentityEvidence;
use crate::snapshot::Snapshot;

/// One piece of evidence for each Linkage that its source does not call inactive.
pub(super) fn evidence(records: &Records<'_>, snapshot: &Snapshot) -> Vec<IdentityEvidence> {
    let patients = patients(records, snapshot);
    let read = |resource: &fhir::Resource| {
        let linkage: Linkage = resource.read();
        if linkage.active.0 == Some(false) {
            return None;
        }
        let key = resource.key().clone();
        let known: BTreeSet<ResourceKey> =
            linkage.item.iter().flat_map(|item| known(&patients, &key, item)).cloned().collect();
        Some(IdentityEvidence {
            key,
            items: linkage.item.iter().filter_map(tied).collect(),
            known: known.into_iter().collect(),
        })
    };
    records.of_kind("Linkage").filter_map(read).collect()
}

/// The Patients of this launch: those read and those that a source was granted for.
fn patients(records: &Records<'_>, snapshot: &Snapshot) -> BTreeSet<ResourceKey> {
    let granted = snapshot.records.iter().filter_map(|record| {
        let id = record.patient.clone()?;
        Some(ResourceKey { source: record.source.id.clone(), kind: "Patient".to_owned(), id })
    });
    records.of_kind("Patient").map(|patient| patient.key().clone()).chain(granted).collect()
}

/// The role and the reference as written.
fn tied(item: &LinkageItem) -> Option<(String, String)> {
    let resource = item.resource.as_ref()?;
    let written = resource.reference.as_deref().or(resource.display.as_deref())?;
    Some((item.kind.0.clone().unwrap_or_default(), written.to_owned()))
}

/// The Patients of this launch that an item may mean: its own source's, else those of the other sources with that id.
///
/// A Linkage is kept at one place and speaks of records at others, so its references lead out of its source.
fn known<'p>(patients: &'p BTreeSet<ResourceKey>, linkage: &ResourceKey, item: &LinkageItem) -> Vec<&'p ResourceKey> {
    let target = item.resource.as_ref().and_then(fhir::Reference::target);
    let (Some(Target::Relative { kind, id, .. }) | Some(Target::Absolute { kind, id, .. })) = target else {
        return Vec::new();
    };
    if kind != "Patient" {
        return Vec::new();
    }
    let named = |patient: &&ResourceKey| patient.id == id;
    let own: Vec<&ResourceKey> =
        patients.iter().filter(named).filter(|patient| patient.source == linkage.source).collect();
    if own.is_empty() { patients.iter().filter(named).collect() } else { own }
}
