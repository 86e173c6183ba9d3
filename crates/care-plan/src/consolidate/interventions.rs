//! Interventions: everything planned or done, one item for each resource or cluster of them.

use std::collections::{BTreeSet, HashMap};

use fhir::ResourceKey;

use super::act::Act;
use super::activities::Activity;
use super::clusters::{Cluster, Entry, join};
use super::plans::{Plan, named};
use super::records::Records;
use super::same_act::{self, Deed};
use super::{forbidden, linkages, medications, notes, performed, requests, titles};
use crate::decisions::Decisions;
use crate::plan::{Intervention, InterventionStatement, Note, agreed};

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

/// Makes the items: clusters of resources and of the activities that only a plan describes.
pub(super) fn consolidate(
    records: &Records<'_>,
    acts: &[Act<'_>],
    activities: &[Activity<'_>],
    decisions: &Decisions,
) -> Vec<Intervention> {
    let mut said: HashMap<&ResourceKey, Said> = HashMap::new();
    for activity in activities {
        if let Some(target) = activity.target {
            let said = said.entry(target.key()).or_default();
            said.called = said.called.take().or_else(|| activity.called.clone());
            said.notes.extend(activity.notes.iter().cloned());
        }
    }
    let mut deeds: Vec<Deed<'_>> = acts.iter().map(|act| deed(act, said.remove(act.resource.key()))).collect();
    deeds.extend(activities.iter().filter_map(|activity| activity.described.clone()));
    deeds.sort_by(|one, other| one.entry.order().cmp(&other.entry.order()));
    let entries: Vec<Entry<'_>> = deeds.iter().map(|deed| deed.entry).collect();
    let mut groups = same_act::groups(&deeds);
    groups.extend(linkages::groups(records, &entries));
    let clusters = join(&entries, groups, decisions);
    // Each is in one cluster, so it goes there as it is.
    let mut deeds: Vec<Option<Deed<'_>>> = deeds.into_iter().map(Some).collect();
    let mut members = |cluster: &Cluster| cluster.members.iter().filter_map(|at| deeds[*at].take()).collect();
    clusters.iter().map(|cluster| item(cluster, members(cluster), &entries)).collect()
}

fn deed<'a>(act: &Act<'a>, said: Option<Said>) -> Deed<'a> {
    let said = said.unwrap_or_default();
    let title = act.title.clone().or(said.called).unwrap_or_else(|| untitled(act.resource.kind()));
    let do_not_perform = forbidden::request(act.resource);
    Deed {
        entry: Entry::whole(act.resource),
        phase: act.phase,
        notes: act.notes.iter().cloned().chain(said.notes).collect(),
        statement: InterventionStatement {
            title: forbidden::title(title, do_not_perform),
            kind: act.resource.kind().to_owned(),
            code: act.code.clone(),
            status: act.status.clone(),
            intent: act.intent.clone(),
            when: act.when.clone(),
            until: act.until.clone(),
            detail: act.detail.clone(),
            who: act.who.clone(),
            reasons: act.reasons.clone(),
            do_not_perform,
            medication: act.medication.clone().filter(|_| !do_not_perform),
        },
    }
}

fn item(cluster: &Cluster, members: Vec<Deed<'_>>, entries: &[Entry<'_>]) -> Intervention {
    let phase = members[0].phase;
    let (statements, notes): (Vec<InterventionStatement>, Vec<Vec<Note>>) =
        members.into_iter().map(|deed| (deed.statement, deed.notes)).unzip();
    let first = &statements[0];
    let named = statements.iter().map(|one| one.title.as_str()).filter(|title| !title.starts_with("Untitled "));
    let title = titles::most_used(named).unwrap_or_else(|| first.title.clone());
    let mut notes: Vec<Note> = notes.into_iter().flatten().collect();
    notes::newest_first(&mut notes);
    let reasons: BTreeSet<&String> = statements.iter().flat_map(|one| &one.reasons).collect();
    Intervention {
        item: cluster.item('i', title, entries, |at| {
            cluster.members.binary_search(&at).ok().and_then(|at| statements[at].status.as_deref())
        }),
        kind: first.kind.clone(),
        phase,
        status: agreed(statements.iter().map(|one| one.status.clone())),
        intent: agreed(statements.iter().map(|one| one.intent.clone())),
        when: agreed(statements.iter().map(|one| one.when.clone())),
        detail: agreed(statements.iter().map(|one| one.detail.clone())),
        who: agreed(statements.iter().map(|one| one.who.clone())),
        reasons: reasons.into_iter().cloned().collect(),
        notes,
        statements,
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
