//! The whole plan as a FHIR Bundle: a CarePlan by the MCC profile, everything it refers to, and where each statement that
//! no source makes comes from.

use fhir::{Resource, ResourceKey, SourceId};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::detected_issue::{Addresses, detected_issue};
use super::links::{Added, agent};
use super::names::{Names, urn};
use super::{activities, care_plan, unwritable};
use crate::consolidate::{confidentiality, newest};
use crate::plan::{Confidentiality, ConsolidatedPlan};
use crate::snapshot::Snapshot;

/// HL7 v3 Confidentiality.
const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

/// What an export needs beside the plan.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The plan.
    pub plan: &'a ConsolidatedPlan,
    /// What it was made of.
    pub snapshot: &'a Snapshot,
    /// The source from which the plan was opened: its Patient is the subject.
    pub home: &'a SourceId,
    /// When it is made.
    pub at: Timestamp,
}

/// The Bundle (type `collection`; R4 bundle.html).
///
/// Every resource that was read is an entry under its whole address, as it came but for links to goals that the guide wants
/// on it; each such link has a Provenance. In the place of one that cannot be written again stands an OperationOutcome that
/// names it. Every detected issue is an entry too. Without a Patient at home the CarePlan's subject is a name only.
pub fn bundle(export: &Export<'_>) -> Value {
    let Export { plan, snapshot, home, at } = export;
    let names = Names::of(snapshot);
    // Of two copies of one resource the one that the plan was made of.
    let resources = newest(snapshot);
    let security = json!([{ "system": CONFIDENTIALITY, "code": label(&resources) }]);
    let recorded = at.to_string();
    let patient = subject(export, &names);
    let mut entries: Vec<Value> = Vec::new();
    let activities = activities::of(plan, &names, &patient, &recorded);
    let name = urn(&["care-plan", home.as_str(), &patient.to_string()]);
    let mut care_plan = care_plan::of(plan, snapshot, &names, &patient, &activities, &recorded);
    // Its narrative and its activities tell of everything that is here.
    care_plan["meta"]["security"] = security.clone();
    entries.push(entry(&name, care_plan));
    entries.push(entry(&urn(&["provenance", &name]), joined(export, &names, &name, &recorded)));
    let labelled = |mut resource: Value| {
        resource["meta"]["security"] = security.clone();
        resource
    };
    entries.extend(activities.made.into_iter().map(|(name, resource)| entry(&name, labelled(resource))));
    entries.extend(issues(plan, &names, &patient).into_iter().map(|(name, issue)| entry(&name, labelled(issue))));

    let added = Added::of(plan);
    for resource in &resources {
        let mut copy = unwritable::copy(resource);
        let provenance = added.write(resource.key(), &mut copy, &names, &recorded);
        entries.push(entry(&names.url(resource.key()), copy));
        for (number, provenance) in provenance.into_iter().enumerate() {
            let name = urn(&["provenance", &resource.key().to_string(), &number.to_string()]);
            entries.push(entry(&name, provenance));
        }
    }
    json!({
        "resourceType": "Bundle",
        "meta": { "security": security },
        "type": "collection",
        "timestamp": recorded,
        "entry": entries,
    })
}

/// Where the records differ and what the plan lacks, as it was found: nothing of it is decided by being sent.
fn issues(plan: &ConsolidatedPlan, names: &Names<'_>, patient: &Value) -> Vec<(String, Value)> {
    let Some(patient) = patient["reference"].as_str() else { return Vec::new() };
    let addresses = Addresses { patient, reference: &|key| names.url(key) };
    plan.issues.iter().map(|issue| (urn(&["issue", &issue.id.0]), detected_issue(issue, &addresses))).collect()
}

fn entry(name: &str, resource: Value) -> Value {
    json!({ "fullUrl": name, "resource": resource })
}

/// The Patient of the source from which the plan was opened.
fn subject(export: &Export<'_>, names: &Names<'_>) -> Value {
    let record = export.snapshot.record(export.home);
    match record.and_then(|record| record.patient.clone()) {
        Some(id) => names.reference(&ResourceKey { source: export.home.clone(), kind: "Patient".to_owned(), id }),
        None => json!({ "type": "Patient", "display": "The person of this plan" }),
    }
}

/// Where the CarePlan comes from: every plan that was joined.
fn joined(export: &Export<'_>, names: &Names<'_>, name: &str, recorded: &str) -> Value {
    let entities: Vec<Value> = export
        .plan
        .plans
        .iter()
        .map(|plan| json!({ "role": "derivation", "what": names.reference(&plan.key) }))
        .collect();
    let mut provenance = json!({
        "resourceType": "Provenance",
        "target": [{ "reference": name }],
        "recorded": recorded,
        "activity": { "text": "Joined from the records of several sources" },
        "agent": [agent()],
    });
    if !entities.is_empty() {
        provenance["entity"] = Value::Array(entities);
    }
    provenance
}

/// The Bundle takes the highest label of what is in it, part of the plan or not; one that we do not know counts as
/// restricted.
fn label(resources: &[&Resource]) -> &'static str {
    match resources.iter().map(|resource| confidentiality::of(resource)).max().unwrap_or_default() {
        Confidentiality::Normal => "N",
        Confidentiality::Unknown | Confidentiality::Restricted => "R",
        Confidentiality::VeryRestricted => "V",
    }
}
