//! People as snapshots, and plans in a form that can be compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use care_plan::plan::{Basis, Item, ItemId};
use care_plan::snapshot::{Read, Record, Snapshot, Source, Status};
use care_plan::{ConsolidatedPlan, Decisions, consolidate};
use fhir::{Resource, ResourceKey, SourceId};
use sample_data::{Person, Server, TODAY};

/// Everybody, loaded once.
pub static EVERYBODY: LazyLock<Vec<Person>> = LazyLock::new(sample_data::everybody);

/// One of the real people by the name of their folder, or nothing where there is no sample data.
pub fn real(name: &str) -> Option<&'static Person> {
    let found = EVERYBODY.iter().find(|person| person.name == name);
    if found.is_none() {
        eprintln!("skipped: sample data not found");
    }
    found
}

/// What a server holds, as a reading that got everything.
pub fn record(at: usize, server: &Server) -> Record {
    let id = SourceId::new(format!("s{at}"));
    let parse =
        |resource: &serde_json::Value| Arc::new(Resource::parse(&id, &resource.to_string()).expect("a resource"));
    let resources: Vec<Arc<Resource>> = server.resources.iter().map(parse).collect();
    let mut kinds: BTreeSet<String> = resources.iter().map(|resource| resource.kind().to_owned()).collect();
    kinds.insert("AllergyIntolerance".to_owned());
    let read =
        |kind: String| Read { kind, part: None, status: Status::Complete, count: 0, pages: 1, took_ms: 1, as_of: None };
    Record {
        source: Source {
            id: id.clone(),
            name: format!("Place {at}"),
            tag: format!("P{at}"),
            base: Some(server.base.clone()),
        },
        patient: Some(server.patient.clone()).filter(|id| !id.is_empty()),
        resources,
        problems: Vec::new(),
        reads: kinds.into_iter().map(read).collect(),
        state: None,
        as_of: None,
    }
}

/// The records of some servers.
pub fn records(servers: &[Server]) -> Vec<Record> {
    servers.iter().enumerate().map(|(at, server)| record(at, server)).collect()
}

/// The plan of some records.
pub fn plan(records: Vec<Record>) -> ConsolidatedPlan {
    consolidate(&Snapshot { records }, &Decisions::default(), TODAY)
}

/// The plan as it would be sent.
pub fn bytes(plan: &ConsolidatedPlan) -> String {
    serde_json::to_string(plan).expect("a plan is JSON")
}

/// Every resource of some records.
pub fn keys(records: &[Record]) -> BTreeSet<ResourceKey> {
    records.iter().flat_map(|record| &record.resources).map(|resource| resource.key().clone()).collect()
}

/// All items of the four columns.
pub fn items(plan: &ConsolidatedPlan) -> Vec<&Item> {
    (plan.concerns.iter().map(|concern| &concern.item))
        .chain(plan.goals.iter().map(|goal| &goal.item))
        .chain(plan.interventions.iter().map(|intervention| &intervention.item))
        .chain(plan.outcomes.iter().map(|outcome| &outcome.item))
        .collect()
}

/// The members of an item by type and id, wherever they lie: `Goal/17`, and `CarePlan/3#0` for an activity of a plan.
pub type Cluster = BTreeSet<String>;

/// The cluster of an item.
pub fn cluster(item: &Item) -> Cluster {
    let name = |member: &care_plan::plan::Member| match member.part {
        Some(part) => format!("{}/{}#{part}", member.key.kind, member.key.id),
        None => format!("{}/{}", member.key.kind, member.key.id),
    };
    item.members.iter().map(name).collect()
}

/// Clusters of each column, links and asides, without the sources.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    pub concerns: BTreeSet<Cluster>,
    pub goals: BTreeSet<Cluster>,
    pub interventions: BTreeSet<Cluster>,
    pub outcomes: BTreeSet<Cluster>,
    pub links: BTreeSet<(Cluster, Cluster, Basis)>,
    pub aside: BTreeSet<String>,
}

/// What a plan looks like to somebody who does not see the sources; Patients and those who care for them aside.
pub fn shape(plan: &ConsolidatedPlan) -> Shape {
    let by_id: BTreeMap<&ItemId, Cluster> = items(plan).into_iter().map(|item| (&item.id, cluster(item))).collect();
    let column = |items: Vec<&Item>| items.into_iter().map(cluster).collect();
    let apart = |key: &&ResourceKey| !matches!(key.kind.as_str(), "Patient" | "Practitioner");
    Shape {
        concerns: column(plan.concerns.iter().map(|concern| &concern.item).collect()),
        goals: column(plan.goals.iter().map(|goal| &goal.item).collect()),
        interventions: column(plan.interventions.iter().map(|intervention| &intervention.item).collect()),
        outcomes: column(plan.outcomes.iter().map(|outcome| &outcome.item).collect()),
        links: (plan.links.iter())
            .map(|link| (by_id[&link.from].clone(), by_id[&link.to].clone(), link.basis.clone()))
            .collect(),
        aside: (plan.aside.iter().map(|aside| &aside.key).filter(apart))
            .map(|key| format!("{}/{}", key.kind, key.id))
            .collect(),
    }
}

/// What of one is not in the other, each way; empty where they are the same.
pub fn differences(one: &Shape, other: &Shape) -> Vec<String> {
    fn of<T: Ord + std::fmt::Debug>(what: &str, one: &BTreeSet<T>, other: &BTreeSet<T>, found: &mut Vec<String>) {
        found.extend(one.difference(other).map(|only| format!("{what}, only whole: {only:?}")));
        found.extend(other.difference(one).map(|only| format!("{what}, only split: {only:?}")));
    }
    let mut found = Vec::new();
    of("concern", &one.concerns, &other.concerns, &mut found);
    of("goal", &one.goals, &other.goals, &mut found);
    of("intervention", &one.interventions, &other.interventions, &mut found);
    of("outcome", &one.outcomes, &other.outcomes, &mut found);
    of("link", &one.links, &other.links, &mut found);
    of("aside", &one.aside, &other.aside, &mut found);
    found
}

/// A number that spreads texts out, to put things into an order that means nothing.
pub fn scatter(text: &str, seed: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
