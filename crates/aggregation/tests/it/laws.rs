//! Laws of a reading, against the sandbox.

use std::collections::BTreeSet;
use std::sync::Arc;

use aggregation::{Reading, everything, kinds};
use care_plan::snapshot::{Record, Status};
use fhir::SourceId;
use fhir_client::{FhirServer, Remembered};
use sandbox::fhir::Behaviour;
use serde_json::json;

use crate::house::{names, options, read, reading, record, source};
use crate::sandbox::{Sandbox, floor_only, one_of_each};

fn connect(reading: &Reading, at: &Sandbox, remembered: &Arc<Remembered>) {
    let server = FhirServer::new(options("valley", &at.base).remembered(Arc::clone(remembered)));
    reading.connect(source("valley"), "p1", server, everything());
}

async fn read_whole(at: &Sandbox, remembered: &Arc<Remembered>) -> Record {
    let (reading, _) = reading();
    connect(&reading, at, remembered);
    record(&reading, "valley").await
}

/// What must arrive: everything but what is somebody else's, or a note of a visit.
fn expected() -> BTreeSet<String> {
    let all = one_of_each()
        .into_iter()
        .map(|resource| format!("{}/{}", resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap()));
    all.filter(|name| !matches!(name.as_str(), "Patient/p2" | "Goal/theirs" | "DocumentReference/visit-note")).collect()
}

#[tokio::test]
async fn f13_every_type_of_a_plan_arrives_in_the_first_launch_and_in_a_later_one() {
    let held: BTreeSet<&str> = kinds().collect();
    let made: Vec<String> = expected().into_iter().collect();
    assert!(held.iter().all(|kind| made.iter().any(|name| name.starts_with(&format!("{kind}/")))), "one of each");
    let at = Sandbox::start(Behaviour::default(), one_of_each()).await;
    let remembered = Arc::default();
    for launch in ["first", "later"] {
        let record = read_whole(&at, &remembered).await;
        assert_eq!(names(&record).into_iter().collect::<BTreeSet<_>>(), expected(), "{launch}");
        assert_eq!((record.status(), record.problems.len()), (Status::Complete, 0), "{launch}: {:?}", record.reads);
        assert_eq!(read(&record, "Provenance").status, Status::Complete, "{launch}");
        assert_eq!(
            read(&record, "DocumentReference").part.as_deref(),
            Some("care plans, advance directives and lists")
        );
        let asked = at.asked();
        let searches = asked.iter().filter(|(target, _)| target.contains("=p1") || target.contains("=Patient%2Fp1"));
        let searched: Vec<_> = searches.map(|(target, _)| target.split('?').next().unwrap_or_default()).collect();
        let once: BTreeSet<_> = searched.iter().collect();
        assert_eq!(once.len(), searched.len(), "{launch}: one search a type: {asked:?}");
        let others = asked.len() - searched.len();
        // The Patient; in the first launch the statement, and people, things and origins by reference.
        assert!(others <= if launch == "first" { 8 } else { 4 }, "{launch}: {others} more: {asked:?}");
    }
}

#[tokio::test]
async fn f13_what_a_source_can_do_is_asked_in_one_launch_of_many() {
    let at = Sandbox::start(Behaviour::default(), one_of_each()).await;
    let remembered = Arc::default();
    for launches in 0..3 {
        read_whole(&at, &remembered).await;
        let statements = at.asked().iter().filter(|(target, _)| target == "metadata").count();
        assert_eq!(statements, usize::from(launches == 0));
    }
}

#[tokio::test]
async fn f7_what_a_source_is_known_not_to_have_is_not_asked_for() {
    let lacking =
        Behaviour { unsupported_types: vec!["NutritionOrder".into(), "Provenance".into()], ..Behaviour::default() };
    let at = Sandbox::start(lacking, one_of_each()).await;
    let remembered = Arc::default();
    for launch in ["first", "later"] {
        let record = read_whole(&at, &remembered).await;
        for kind in ["NutritionOrder", "Provenance"] {
            assert_eq!(read(&record, kind).status, Status::NotSupported, "{launch} {kind}");
        }
        let asked = at.asked().iter().filter(|(target, _)| target.starts_with("NutritionOrder")).count();
        assert_eq!(asked, usize::from(launch == "first"));
    }
}

#[tokio::test]
async fn f11_a_server_that_takes_only_the_floor_gives_the_same_as_one_that_takes_everything() {
    let (open, floor) =
        (Sandbox::start(Behaviour::default(), one_of_each()).await, Sandbox::start(floor_only(), one_of_each()).await);
    let remembered = Arc::default();
    let whole = names(&read_whole(&open, &Arc::default()).await);
    for launch in ["first", "later"] {
        let record = read_whole(&floor, &remembered).await;
        assert_eq!(names(&record), whole, "{launch}");
        let refused = floor.asked().iter().filter(|(_, status)| *status == 400).count();
        assert_eq!(
            refused,
            if launch == "first" { 4 } else { 0 },
            "{launch}: what was refused once is not asked again"
        );
    }
}

#[tokio::test]
async fn f14_what_has_not_changed_is_not_sent_again() {
    let at = Sandbox::start(Behaviour::default(), one_of_each()).await;
    let (reading, _) = reading();
    connect(&reading, &at, &Arc::default());
    let first = record(&reading, "valley").await;
    // The second reading asks more in one search, since it knows what may come along; the third asks the same again.
    for _ in 0..2 {
        at.asked();
        assert!(reading.retry(&SourceId::new("valley")));
        assert_eq!(names(&record(&reading, "valley").await), names(&first));
    }
    let asked = at.asked();
    assert!(asked.iter().all(|(_, status)| *status == 304), "{asked:?}");

    let changed = json!({ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource":
        { "resourceType": "Goal", "id": "goal-1", "lifecycleStatus": "completed", "subject": { "reference": "Patient/p1" } } }] });
    at.store.load_bundle(&changed).unwrap();
    assert!(reading.retry(&SourceId::new("valley")));
    let again = record(&reading, "valley").await;
    let goal = again.resources.iter().find(|resource| resource.id() == "goal-1").unwrap();
    assert!(goal.raw().contains("completed"));
    let sent: Vec<_> = at.asked().into_iter().filter(|(_, status)| *status == 200).map(|(target, _)| target).collect();
    assert!(sent.len() == 1 && sent[0].starts_with("Goal?"), "{sent:?}");
    assert_eq!((read(&again, "Goal").count, names(&again).len()), (read(&first, "Goal").count, names(&first).len()));
}

#[tokio::test]
async fn f10_what_was_taken_back_stays_and_says_so() {
    let mut all = one_of_each();
    all.push(json!({ "resourceType": "Condition", "id": "never", "subject": { "reference": "Patient/p1" },
        "verificationStatus": { "coding": [{ "code": "refuted" }] } }));
    all.push(json!({ "resourceType": "Observation", "id": "slip", "status": "entered-in-error", "subject": { "reference": "Patient/p1" } }));
    let at = Sandbox::start(Behaviour::default(), all).await;
    let record = read_whole(&at, &Arc::default()).await;
    let retraction = |id: &str| record.resources.iter().find(|resource| resource.id() == id).unwrap().retraction();
    assert_eq!(retraction("never"), Some(fhir::Retraction::Refuted));
    assert_eq!(retraction("slip"), Some(fhir::Retraction::EnteredInError));
    assert_eq!(retraction("o1"), None);
}

#[tokio::test]
async fn f7_each_read_says_when_how_much_and_whether_it_was_cut() {
    let at = Sandbox::start(Behaviour { page_size_max: 1, ..Behaviour::default() }, one_of_each()).await;
    let record = read_whole(&at, &Arc::default()).await;
    let observations = read(&record, "Observation");
    assert_eq!((observations.count, observations.pages, observations.is_truncated()), (2, 2, false));
    assert!(record.reads.iter().filter(|read| read.count > 0).all(|read| read.as_of.is_some()));
}

#[tokio::test]
async fn f15_nothing_is_exported_in_bulk() {
    let at = Sandbox::start(Behaviour::default(), one_of_each()).await;
    read_whole(&at, &Arc::default()).await;
    let asked = at.asked();
    assert!(!asked.is_empty() && asked.iter().all(|(target, _)| !target.contains('$')), "{asked:?}");
}

#[tokio::test]
async fn f11_the_sandboxs_own_people_are_the_same_by_the_floor_as_by_the_broad_searches() {
    for person in sample_data::invented() {
        for server in &person.servers {
            let open = Sandbox::start(Behaviour::default(), server.resources.clone()).await;
            let floor = Sandbox::start(floor_only(), server.resources.clone()).await;
            let mut came = Vec::new();
            for at in [&open, &floor] {
                let (reading, _) = reading();
                crate::samples::connect(&reading, "valley", at, &server.patient);
                came.push(names(&record(&reading, "valley").await));
            }
            assert_eq!(came[0], came[1], "{} at {}", person.name, server.base);
        }
    }
}
