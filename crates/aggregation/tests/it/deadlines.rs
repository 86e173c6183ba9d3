//! A source that takes its time.

use std::sync::Arc;

use aggregation::Limits;
use axum::body::Body;
use axum::response::Response;
use care_plan::snapshot::{Reason, Status};
use futures::StreamExt;
use futures::stream;
use tokio::sync::Notify;

use crate::ehr::{Ehr, bundle, records};
use crate::house::{connect, names, read, reading, record};

/// A body that stays open until the test lets it go on.
pub fn stalled(gate: &Arc<Notify>) -> Response {
    let gate = Arc::clone(gate);
    let rest = stream::once(async move {
        gate.notified().await;
        Ok::<_, std::io::Error>(r#""Bundle","entry":[]}"#)
    });
    let body = stream::iter([Ok(r#"{"resourceType":"#)]).chain(rest);
    Response::builder().header("content-type", "application/fhir+json").body(Body::from_stream(body)).unwrap()
}

#[tokio::test]
async fn at_the_soft_deadline_what_is_missing_is_named_and_still_waited_for() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let ehr = Ehr::with(records("p1"), move |target, _| target.starts_with("Goal?").then(|| stalled(&held))).await;
    let (reading, bells) = reading();
    connect(&reading, "valley", &ehr, "p1");
    bells.ring(Limits::default().soft);
    let late = record(&reading, "valley").await;
    assert_eq!(read(&late, "Goal").status, Status::Failed(Reason::TimedOut));

    gate.notify_one();
    let mut progress = reading.watch();
    progress.wait_for(|_| read_of(&reading, "Goal") == Some(Status::Complete)).await.unwrap();
}

#[tokio::test]
async fn f3_while_one_search_hangs_what_the_others_refer_to_is_there_at_the_soft_deadline() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let ehr = Ehr::with(records("p1"), move |target, _| target.starts_with("Condition?").then(|| stalled(&held))).await;
    let (reading, bells) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let open = || reading.snapshot().records[0].reads.iter().filter(|read| read.status == Status::Pending).count();
    let is = |kind, status| read(&reading.snapshot().records[0], kind).status == status;
    // All searches but one have ended; where things come from is asked for with what they refer to.
    reading.watch().wait_for(|_| open() == 2 && is("Condition", Status::Pending)).await.unwrap();
    bells.ring(Limits::default().overdue());
    let practitioners = || read_of(&reading, "Practitioner") == Some(Status::Complete);
    reading.watch().wait_for(|_| practitioners() && open() == 1).await.unwrap();
    bells.ring(Limits::default().soft);
    let late = record(&reading, "valley").await;
    assert_eq!(read(&late, "Condition").status, Status::Failed(Reason::TimedOut));
    assert!(
        late.reads
            .iter()
            .all(|read| read.kind == "Condition" || matches!(read.status, Status::Complete | Status::NotSupported)),
        "{:?}",
        late.reads
    );
    for name in ["Practitioner/dr1", "Practitioner/dr2"] {
        assert!(names(&late).contains(&name.to_owned()), "{name}");
    }
    let of_conditions = |targets: &[String]| targets.iter().filter(|target| target.starts_with("Condition")).count();
    assert_eq!(of_conditions(&ehr.targets()), 1, "what is being searched for is not asked for by its id");

    // It comes, without the condition that a goal names: that one leads to a role, and the role nowhere.
    gate.notify_one();
    reading.watch().wait_for(|_| read_of(&reading, "PractitionerRole") == Some(Status::Complete)).await.unwrap();
    let targets = ehr.targets();
    assert_eq!(of_conditions(&targets), 2);
    assert_eq!(
        targets.iter().filter(|target| target.starts_with("Practitioner?")).count(),
        1,
        "nothing is asked twice"
    );
    assert!(!targets.iter().any(|target| target.starts_with("Organization/")), "there is no fourth wave");
}

fn read_of(reading: &aggregation::Reading, kind: &str) -> Option<Status> {
    let snapshot = reading.snapshot();
    snapshot.records[0].reads.iter().find(|read| read.kind == kind).map(|read| read.status.clone())
}

#[tokio::test]
async fn at_the_hard_deadline_the_reading_ends_with_what_has_come() {
    let gate = Arc::new(Notify::new());
    let asked = Arc::new(Notify::new());
    let (held, asking) = (Arc::clone(&gate), Arc::clone(&asked));
    let ehr = Ehr::with(records("p1"), move |target, _| match target {
        "Goal?page=2" => {
            asking.notify_one();
            Some(stalled(&held))
        }
        target if target.starts_with("Goal?") => {
            let goal = records("p1").into_iter().find(|resource| resource["resourceType"] == "Goal").unwrap();
            Some(bundle(vec![serde_json::json!({ "resource": goal })], Some("Goal?page=2")))
        }
        target if target.starts_with("Condition?") => Some(stalled(&held)),
        _ => None,
    })
    .await;
    let (reading, bells) = reading();
    connect(&reading, "valley", &ehr, "p1");
    // The first page of goals and all that is not held back must be in before time is up.
    asked.notified().await;
    let open = || reading.snapshot().records[0].reads.iter().filter(|read| read.status == Status::Pending).count();
    reading.watch().wait_for(|_| open() == 2).await.unwrap();
    bells.ring(Limits::default().hard);
    let record = record(&reading, "valley").await;
    assert!(names(&record).contains(&"Goal/g1".to_owned()), "what has come is kept");
    assert_eq!(read(&record, "Goal").status, Status::Partial(Reason::TimedOut));
    assert_eq!(read(&record, "Condition").status, Status::Failed(Reason::TimedOut));
    assert_eq!(read(&record, "Observation").status, Status::Complete);
}

#[tokio::test]
async fn a_source_that_never_answers_holds_back_no_other() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let silent = Ehr::with(vec![], move |_, _| Some(stalled(&held))).await;
    let healthy = Ehr::start(records("p1")).await;
    let (reading, bells) = reading();
    connect(&reading, "silent", &silent, "p1");
    connect(&reading, "healthy", &healthy, "p1");
    reading.watch().wait_for(|progress| progress.pending == 1).await.unwrap();
    let snapshot = reading.snapshot();
    assert_eq!((snapshot.records[0].status(), snapshot.records[1].status()), (Status::Complete, Status::Pending));
    // Each source has deadlines of its own; only the silent one still waits for them.
    bells.ring(Limits::default().hard);
    assert_eq!(record(&reading, "silent").await.status(), Status::Failed(Reason::TimedOut));
}

#[tokio::test]
async fn a_statement_that_never_comes_holds_back_nothing_that_can_be_asked_without_it() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let ehr = Ehr::with(records("p1"), move |target, _| (target == "metadata").then(|| stalled(&held))).await;
    let (reading, bells) = reading();
    connect(&reading, "valley", &ehr, "p1");
    // All but the two that need it: people of the second wave and the organisation of the third are there.
    let open = || reading.snapshot().records[0].reads.iter().filter(|read| read.status == Status::Pending).count();
    let there = |name: &str| names(&reading.snapshot().records[0]).contains(&name.to_owned());
    reading.watch().wait_for(|_| open() == 2 && there("Organization/org1")).await.unwrap();
    bells.ring(Limits::default().hard);
    let record = record(&reading, "valley").await;
    for kind in ["Linkage", "Provenance"] {
        assert_eq!(read(&record, kind).status, Status::Failed(Reason::TimedOut), "{kind}");
    }
    assert_eq!(read(&record, "Goal").status, Status::Complete);
}

#[tokio::test]
async fn one_source_is_read_again_without_the_others() {
    let (one, other) = (Ehr::start(records("p1")).await, Ehr::start(records("p1")).await);
    let (reading, _) = reading();
    connect(&reading, "one", &one, "p1");
    connect(&reading, "other", &other, "p1");
    reading.settled().await;
    let (of_one, of_other) = (one.targets().len(), other.targets().len());
    assert!(reading.retry(&fhir::SourceId::new("one")));
    reading.settled().await;
    assert!(one.targets().len() > of_one && other.targets().len() == of_other);
}
