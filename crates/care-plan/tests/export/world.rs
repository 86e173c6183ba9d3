//! People as snapshots.

use std::sync::{Arc, LazyLock};

use care_plan::export::{Export, bundle};
use care_plan::snapshot::{Record, Snapshot, Source, Status};
use care_plan::{ConsolidatedPlan, Decisions, consolidate};
use fhir::{Resource, SourceId};
use jiff::Timestamp;
use sample_data::{Server, TODAY};
use serde_json::Value;

/// What a server holds, as a reading that got everything.
fn record(at: usize, server: &Server) -> Record {
    let id = SourceId::new(format!("s{at}"));
    let parse = |resource: &Value| Arc::new(Resource::parse(&id, &resource.to_string()).expect("a resource"));
    Record {
        source: Source {
            id: id.clone(),
            name: format!("Place {at}"),
            tag: format!("P{at}"),
            base: Some(server.base.clone()),
        },
        patient: Some(server.patient.clone()).filter(|id| !id.is_empty()),
        resources: server.resources.iter().map(parse).collect(),
        problems: Vec::new(),
        reads: Vec::new(),
        state: Some(Status::Complete),
        as_of: None,
    }
}

/// The snapshot of some servers.
pub fn snapshot(servers: &[Server]) -> Snapshot {
    Snapshot { records: servers.iter().enumerate().map(|(at, server)| record(at, server)).collect() }
}

/// The plan of a snapshot and its Bundle.
pub fn exported(snapshot: &Snapshot) -> (ConsolidatedPlan, Value) {
    let plan = consolidate(snapshot, &Decisions::default(), TODAY);
    let home = SourceId::new("s0");
    let at = Timestamp::from_second(1_795_000_000).expect("within range");
    let bundle = bundle(&Export { plan: &plan, snapshot, home: &home, at });
    (plan, bundle)
}

/// A person's records with the Bundle of their plan.
pub struct Exported {
    pub name: String,
    pub snapshot: Snapshot,
    pub bundle: Value,
}

/// Everybody, exported once.
pub static EVERYBODY: LazyLock<Vec<Exported>> = LazyLock::new(|| {
    let export = |person: sample_data::Person| {
        let snapshot = snapshot(&person.servers);
        let (_, bundle) = exported(&snapshot);
        Exported { name: person.name, snapshot, bundle }
    };
    sample_data::everybody().into_iter().map(export).collect()
});

/// The entries of a Bundle: name and resource.
pub fn entries(bundle: &Value) -> Vec<(&str, &Value)> {
    let entries = bundle["entry"].as_array().expect("entries");
    entries.iter().map(|entry| (entry["fullUrl"].as_str().expect("a name"), &entry["resource"])).collect()
}

/// The only CarePlan that we made.
pub fn care_plan(bundle: &Value) -> &Value {
    let (_, first) = entries(bundle)[0];
    assert_eq!(first["resourceType"], "CarePlan");
    first
}
