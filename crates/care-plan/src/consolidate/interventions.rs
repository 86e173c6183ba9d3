//! Interventions: everything planned or done, one item for each resource or cluster of them.

use std::collections::{BTreeSet, HashMap};

use fhir::ResourceKey;

use super::act::Act;
use super::activities::Activity;
use super::clusters::{Cluster, by_identifier};
use super::plans::{Plan, named};
use super::records::Records;
use super::{medications, notes, performed, requests};
use crate::plan::{Intervention, Note};

/// Types that have a place of their own in the plan, or stand for people and places: never an intervention, also where a
/// plan's activity names one.
const ELSEWHERE: [&str; 16] = [
    "AllergyIntolerance",
    "CarePlan",
    "CareTeam",
    "Condition",
    "Goal",
    "Linkage",
    "Location",
    "Medication",
    "Observation",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Provenance",
    "Questionnaire",
    "RelatedPerson",
];

/// Reads everything planned or done, sorted by key.
pub(super) fn read<'a>(records: &Records<'a>, plans: &[Plan<'a>]) -> Vec<Act<'a>> {
    let named = named(records, plans);
    let read = |resource: &&'a fhir::Resource| match resource.kind() {
        "MedicationRequest" => Some(medications::request(records, resource)),
        "MedicationStatement" => Some(medications::statement(records, resource)),
        kind if requests::KINDS.contains(&kind) => Some(requests::read(records, resource)),
        kind if performed::KINDS.contains(&kind) => Some(performed::read(records, resource)),
        kind if ELSEWHERE.contains(&kind) => None,
        // Any other type becomes one where a plan says so, such as a DocumentReference for an advance care plan.
        _ if named.performed.contains(resource.key()) => Some(performed::read(records, resource)),
        _ if named.planned.contains(resource.key()) => Some(requests::read(records, resource)),
        _ => None,
    };
    records.all().iter().filter_map(read).collect()
}

/// What plans say about a resource that their activities point at.
#[derive(Default)]
struct Said {
    called: Option<String>,
    notes: Vec<Note>,
}

/// Makes the items: clusters of resources, and the activities that only a plan describes.
pub(super) fn consolidate(acts: &[Act<'_>], activities: &[Activity<'_>]) -> Vec<Intervention> {
    let mut said: HashMap<&ResourceKey, Said> = HashMap::new();
    for activity in activities {
        if let Some(target) = activity.target {
            let said = said.entry(target.key()).or_default();
            said.called = said.called.take().or_else(|| activity.called.clone());
            said.notes.extend(activity.notes.iter().cloned());
        }
    }
    let resources: Vec<_> = acts.iter().map(|act| act.resource).collect();
    let clustered = by_identifier(&resources).into_iter().map(|cluster| item(&cluster, acts, &resources, &said));
    clustered.chain(activities.iter().filter_map(|activity| activity.item.clone())).collect()
}

fn item(
    cluster: &Cluster,
    acts: &[Act<'_>],
    resources: &[&fhir::Resource],
    said: &HashMap<&ResourceKey, Said>,
) -> Intervention {
    let members = || cluster.members.iter().map(|at| &acts[*at]);
    let first = &acts[cluster.members[0]];
    let called = || members().find_map(|act| said.get(act.resource.key())?.called.clone());
    let title = members().find_map(|act| act.title.clone()).or_else(called);
    let title = title.unwrap_or_else(|| untitled(first.resource.kind()));
    let mut notes: Vec<Note> = Vec::new();
    for act in members() {
        notes.extend(act.notes.iter().cloned());
        notes.extend(said.get(act.resource.key()).into_iter().flat_map(|said| said.notes.iter().cloned()));
    }
    notes::newest_first(&mut notes);
    let reasons: BTreeSet<&String> = members().flat_map(|act| &act.reasons).collect();
    Intervention {
        item: cluster.item('i', title, resources, |at| acts[at].status.as_deref()),
        kind: first.resource.kind().to_owned(),
        phase: first.phase,
        status: first.status.clone(),
        intent: first.intent.clone(),
        when: first.when.clone(),
        detail: members().find_map(|act| act.detail.clone()),
        who: members().find_map(|act| act.who.clone()),
        reasons: reasons.into_iter().cloned().collect(),
        notes,
    }
}

/// "Untitled service request" for a ServiceRequest.
fn untitled(kind: &str) -> String {
    let mut title = "Untitled".to_owned();
    for c in kind.chars() {
        if c.is_ascii_uppercase() {
            title.push(' ');
        }
        title.push(c.to_ascii_lowercase());
    }
    title
}
