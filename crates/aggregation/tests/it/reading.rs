//! A reading of sources that answer well.

use care_plan::snapshot::{ProblemKind, Reason, Status};
use fhir::{Resource, SourceId};
use serde_json::json;

use crate::ehr::{Ehr, records};
use crate::house::{connect, names, read, reading, record, source};

const ALL: [&str; 11] = [
    "CarePlan/cp1",
    "Condition/c1",
    "Goal/g1",
    "Linkage/l1",
    "NutritionOrder/n1",
    "Observation/o1",
    "Organization/org1",
    "Patient/p1",
    "Practitioner/dr1",
    "Practitioner/dr2",
    "PractitionerRole/r1",
];

#[tokio::test]
async fn everything_of_a_source_arrives_with_what_it_refers_to() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert_eq!(names(&record), ALL);
    assert_eq!((record.status(), record.problems.len()), (Status::Complete, 0));
    assert!(record.as_of.is_some() && record.patient.as_deref() == Some("p1"));
    assert_eq!(read(&record, "Practitioner").part.as_deref(), Some("referenced"));
}

#[tokio::test]
async fn a_source_that_is_only_registered_is_shown_as_not_connected() {
    let (reading, _) = reading();
    reading.register(source("valley"));
    let record = record(&reading, "valley").await;
    assert_eq!((record.status(), record.patient), (Status::NotConnected, None));
    assert!(reading.server(&SourceId::new("valley")).is_none() && !reading.retry(&SourceId::new("valley")));
}

#[tokio::test]
async fn the_order_of_connecting_changes_nothing() {
    let ehrs = [Ehr::start(records("p1")).await, Ehr::start(records("x-2")).await, Ehr::start(records("p1")).await];
    let mut seen = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let (reading, _) = reading();
        for at in order {
            connect(&reading, ["aa", "bb", "cc"][at], &ehrs[at], ["p1", "x-2", "p1"][at]);
        }
        reading.settled().await;
        seen.push(format!("{:?}", reading.snapshot()));
    }
    assert!(seen[0] == seen[1] && seen[1] == seen[2]);
}

#[tokio::test]
async fn the_same_id_at_two_sources_stays_two() {
    let (one, other) = (Ehr::start(records("p1")).await, Ehr::start(records("p1")).await);
    let (reading, _) = reading();
    connect(&reading, "aa", &one, "p1");
    connect(&reading, "bb", &other, "p1");
    reading.settled().await;
    let goals = reading
        .snapshot()
        .records
        .iter()
        .flat_map(|record| record.resources.clone())
        .filter(|goal| goal.kind() == "Goal")
        .count();
    assert_eq!(goals, 2);
}

#[tokio::test]
async fn progress_grows_and_the_last_word_is_that_nothing_is_pending() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    let mut progress = reading.watch();
    connect(&reading, "valley", &ehr, "p1");
    assert_eq!(reading.snapshot().pending(), 1);
    let mut last = 0;
    while progress.changed().await.is_ok() {
        let now = *progress.borrow_and_update();
        assert!(now.revision > last);
        last = now.revision;
        if now.pending == 0 {
            break;
        }
    }
    assert_eq!((reading.progress().revision, reading.snapshot().pending()), (last, 0));
}

#[tokio::test]
async fn a_reading_goes_on_when_nobody_listens_and_ends_when_nobody_holds_it() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    drop(reading.watch());
    connect(&reading, "valley", &ehr, "p1");
    let mut progress = reading.watch();
    assert_eq!(names(&record(&reading, "valley").await).len(), ALL.len());
    connect(&reading, "valley", &ehr, "p1");
    drop(reading);
    while progress.changed().await.is_ok() {}
}

#[tokio::test]
async fn a_resource_that_was_just_written_takes_the_place_of_the_old_one() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    reading.settled().await;
    let before = reading.progress().revision;
    let valley = SourceId::new("valley");
    let goal = |subject: &str| {
        let goal = json!({ "resourceType": "Goal", "id": "g1", "meta": { "versionId": "2" }, "subject": { "reference": subject } });
        Resource::parse(&valley, &goal.to_string()).unwrap()
    };
    reading.put(goal("Patient/p1")).unwrap();
    assert!(reading.progress().revision > before);
    let record = record(&reading, "valley").await;
    let goals: Vec<_> = record.resources.iter().filter(|goal| goal.kind() == "Goal").collect();
    assert_eq!((goals.len(), goals[0].version()), (1, Some("2")));
    assert_eq!(reading.put(goal("Patient/p2")), Err(ProblemKind::OtherPatient));
}

#[tokio::test]
async fn a_state_from_outside_is_shown_until_the_next_reading() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    reading.settled().await;
    let valley = SourceId::new("valley");
    reading.set_state(&valley, Status::Failed(Reason::SignInExpired));
    assert_eq!(record(&reading, "valley").await.status(), Status::Failed(Reason::SignInExpired));
    assert!(reading.retry(&valley));
    assert_eq!(record(&reading, "valley").await.status(), Status::Complete);
    reading.disconnect(&valley);
    let gone = record(&reading, "valley").await;
    assert_eq!((gone.status(), gone.resources.len()), (Status::NotConnected, 0));
}
