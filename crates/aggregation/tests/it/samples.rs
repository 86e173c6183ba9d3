//! Whole records, real and invented, served by the sandbox: everything that is the person's arrives.

use std::collections::BTreeSet;
use std::time::Duration;

use aggregation::{Reading, everything};
use care_plan::snapshot::{ProblemKind, Reason, Record, Status};
use care_plan::{Decisions, consolidate};
use fhir_client::FhirServer;
use jiff::civil::date;
use sample_data::{Server, everybody, invented};
use sandbox::fhir::Behaviour;
use serde_json::Value;

use crate::house::{names, options, reading, record, source};
use crate::sandbox::Sandbox;

const PATIENCE: Duration = Duration::from_secs(600);

/// Connects a server of the sandbox, with caps that are large enough for a whole record on a busy machine.
pub fn connect(reading: &Reading, id: &str, sandbox: &Sandbox, patient: &str) {
    let mut options = options(id, &sandbox.base);
    options.page = outbound::Limits { first_byte: PATIENCE, whole: PATIENCE, ..outbound::Limits::PAGE };
    options.resource = options.page;
    options.pages.pages = 200;
    reading.connect(source(id), patient, FhirServer::new(options), everything());
}

/// Type and id of the resources that name the patient, as far as the reading asked for the whole of their type.
pub fn of_patient(resources: &[Value], record: &Record) -> BTreeSet<String> {
    let reference = format!("Patient/{}", record.patient.as_deref().unwrap());
    let names_them = |resource: &&Value| {
        ["subject", "patient"].iter().any(|element| resource[*element]["reference"] == reference.as_str())
    };
    let asked_for = |resource: &&Value| {
        record.reads.iter().any(|read| read.part.is_none() && resource["resourceType"] == read.kind.as_str())
    };
    (resources.iter().filter(names_them).filter(asked_for))
        .map(|resource| format!("{}/{}", resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap()))
        .collect()
}

/// The plan of a reading holds everything that was read, each resource in the plan or aside.
pub fn conserved(reading: &Reading) {
    let snapshot = reading.snapshot();
    let plan = consolidate(&snapshot, &Decisions::default(), date(2026, 11, 21));
    let held: BTreeSet<_> = plan.placed().chain(plan.aside.iter().map(|aside| &aside.key)).cloned().collect();
    let read = snapshot.records.iter().flat_map(|record| &record.resources).map(|resource| resource.key().clone());
    assert_eq!(held, read.collect());
}

async fn arrives(name: &str, server: &Server) {
    let sandbox = Sandbox::start(Behaviour::default(), server.resources.clone()).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &sandbox, &server.patient);
    let record = record(&reading, "valley").await;
    // A team of the whole organisation is about nobody in particular: it stays out, and that is told.
    assert!(
        record.problems.iter().all(|problem| problem.kind == ProblemKind::NoPatient),
        "{name}: {:?}",
        record.problems
    );
    // Provenance of a long record is not asked for whole.
    for read in record.reads.iter().filter(|read| read.kind != "Provenance") {
        let told =
            matches!(read.status, Status::Partial(Reason::EntriesUnusable(count)) if count <= record.problems.len());
        assert!(read.status == Status::Complete || told, "{name}: {read:?}");
    }
    let came: BTreeSet<String> = names(&record).into_iter().collect();
    let expected = of_patient(&server.resources, &record);
    let missing: Vec<_> = expected.difference(&came).collect();
    assert!(missing.is_empty(), "{name}: {missing:?}");
    let strangers = came.iter().filter(|name| name.starts_with("Patient/"));
    assert_eq!(strangers.collect::<Vec<_>>(), [&format!("Patient/{}", server.patient)], "{name}");
    conserved(&reading);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_a_server_holds_on_the_person_arrives() {
    for person in everybody() {
        for server in person.servers.iter().filter(|server| !server.patient.is_empty()) {
            arrives(&person.name, server).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_servers_of_a_person_side_by_side_are_one_snapshot_with_all_of_them() {
    for person in invented() {
        let (reading, _) = reading();
        let mut sandboxes = Vec::new();
        for (at, server) in person.servers.iter().enumerate() {
            let sandbox = Sandbox::start(Behaviour::default(), server.resources.clone()).await;
            connect(&reading, &format!("place-{at}"), &sandbox, &server.patient);
            sandboxes.push(sandbox);
        }
        reading.settled().await;
        let snapshot = reading.snapshot();
        assert_eq!(snapshot.records.len(), person.servers.len(), "{}", person.name);
        for (record, server) in snapshot.records.iter().zip(&person.servers) {
            let came: BTreeSet<String> = names(record).into_iter().collect();
            assert!(of_patient(&server.resources, record).is_subset(&came), "{} {}", person.name, server.base);
        }
        conserved(&reading);
    }
}
