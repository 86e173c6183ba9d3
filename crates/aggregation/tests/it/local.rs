//! A record that is kept here, beside the sources.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aggregation::{Limits, LocalRecord};
use async_trait::async_trait;
use care_plan::snapshot::{ProblemKind, Reason, Status};
use fhir::{Resource, SourceId};
use url::Url;

use crate::ehr::{Ehr, records};
use crate::house::{connect, names, read, reading, record, source};

const ID: &str = "here";

struct Kept {
    base: Url,
    goals: Mutex<Vec<String>>,
    is_broken: AtomicBool,
    hangs: AtomicBool,
    reads: AtomicUsize,
}

impl Kept {
    fn with(goals: &[&str]) -> Arc<Self> {
        Arc::new(Self {
            base: "https://accord.example/fhir/r4".parse().unwrap(),
            goals: Mutex::new(goals.iter().map(|goal| (*goal).to_owned()).collect()),
            is_broken: AtomicBool::new(false),
            hangs: AtomicBool::new(false),
            reads: AtomicUsize::new(0),
        })
    }
}

#[async_trait]
impl LocalRecord for Kept {
    fn kinds(&self) -> &'static [&'static str] {
        &["CarePlan", "Goal"]
    }

    fn base(&self) -> &Url {
        &self.base
    }

    async fn read(&self) -> Result<Vec<Resource>, Reason> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        if self.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        if self.is_broken.load(Ordering::SeqCst) {
            return Err(Reason::Unreachable);
        }
        let goals = self.goals.lock().unwrap();
        Ok(goals.iter().map(|goal| Resource::parse(&SourceId::new(ID), goal).unwrap()).collect())
    }
}

fn goal(id: &str, patient: &str) -> String {
    format!(r#"{{"resourceType":"Goal","id":"{id}","subject":{{"reference":"Patient/{patient}"}}}}"#)
}

#[tokio::test]
async fn what_is_kept_here_is_one_more_record_and_no_server() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    reading.connect_local(source(ID), "abc", Kept::with(&[&goal("g1", "abc")]));
    let record = record(&reading, ID).await;
    assert_eq!((names(&record), record.status()), (vec!["Goal/g1".to_owned()], Status::Complete));
    assert_eq!(record.patient.as_deref(), Some("abc"));
    assert_eq!((&read(&record, "CarePlan").status, read(&record, "CarePlan").count), (&Status::Complete, 0));
    assert!(reading.server(&SourceId::new(ID)).is_none(), "there is nothing to ask by HTTP");
    assert_eq!(reading.snapshot().records.len(), 2);
}

#[tokio::test]
async fn somebody_elses_goal_is_kept_out_of_a_record_that_is_kept_here_too() {
    let (reading, _) = reading();
    reading.connect_local(source(ID), "abc", Kept::with(&[&goal("g1", "abc"), &goal("g2", "abd")]));
    let record = record(&reading, ID).await;
    assert_eq!(names(&record), ["Goal/g1"]);
    assert_eq!(record.problems[0].kind, ProblemKind::OtherPatient);
    assert_eq!(read(&record, "Goal").status, Status::Partial(Reason::EntriesUnusable(1)));
}

#[tokio::test]
async fn a_store_that_cannot_be_asked_is_a_failed_source_and_no_empty_one() {
    let (reading, _) = reading();
    let kept = Kept::with(&[&goal("g1", "abc")]);
    kept.is_broken.store(true, Ordering::SeqCst);
    reading.connect_local(source(ID), "abc", kept.clone());
    assert_eq!(record(&reading, ID).await.status(), Status::Failed(Reason::Unreachable));
    kept.is_broken.store(false, Ordering::SeqCst);
    assert!(reading.retry(&SourceId::new(ID)));
    assert_eq!(names(&record(&reading, ID).await), ["Goal/g1"]);
    // What was read before must not look as if it still stood.
    kept.is_broken.store(true, Ordering::SeqCst);
    reading.retry(&SourceId::new(ID));
    let failed = record(&reading, ID).await;
    assert_eq!((names(&failed), failed.status()), (Vec::new(), Status::Failed(Reason::Unreachable)));
}

#[tokio::test]
async fn it_is_read_again_after_a_write_and_the_board_is_told() {
    let (reading, _) = reading();
    let kept = Kept::with(&[]);
    reading.connect_local(source(ID), "abc", kept.clone());
    assert!(names(&record(&reading, ID).await).is_empty());
    let before = reading.progress().revision;
    kept.goals.lock().unwrap().push(goal("g1", "abc"));
    assert!(reading.retry(&SourceId::new(ID)));
    assert_eq!(names(&record(&reading, ID).await), ["Goal/g1"]);
    assert!(reading.progress().revision > before && kept.reads.load(Ordering::SeqCst) == 2);
    reading.disconnect(&SourceId::new(ID));
    assert_eq!(record(&reading, ID).await.status(), Status::NotConnected);
}

#[tokio::test]
async fn a_store_that_never_answers_holds_nobody_back_for_ever() {
    let (reading, bells) = reading();
    let kept = Kept::with(&[]);
    kept.hangs.store(true, Ordering::SeqCst);
    reading.connect_local(source(ID), "abc", kept);
    bells.ring(Limits::default().soft);
    assert_eq!(record(&reading, ID).await.status(), Status::Failed(Reason::TimedOut));
}
