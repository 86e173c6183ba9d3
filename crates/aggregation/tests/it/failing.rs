//! Each way of misbehaving, with a healthy source beside it that must be shown whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aggregation::everything;
use axum::body::Body;
use axum::response::Response;
use care_plan::snapshot::{ProblemKind, Reason, Record, Status};
use fhir_client::FhirServer;
use futures::stream;
use http::HeaderMap;
use serde_json::json;

use crate::ehr::{Ehr, bundle, outcome, records, status};
use crate::house::{Tokens, connect, names, options, read, reading, record, source};

/// Reads a source with this fault beside a healthy one, and gives the faulty one's record.
async fn beside_a_healthy_one(fault: impl Fn(&str, &HeaderMap) -> Option<Response> + Send + Sync + 'static) -> Record {
    let faulty = Ehr::with(records("p1"), fault).await;
    with_server(FhirServer::new(options("faulty", &faulty.base))).await
}

async fn with_server(faulty: FhirServer) -> Record {
    let healthy = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    reading.connect(source("faulty"), "p1", faulty, everything());
    connect(&reading, "healthy", &healthy, "p1");
    let whole = record(&reading, "healthy").await;
    assert_eq!((whole.status(), names(&whole).len()), (Status::Complete, records("p1").len()));
    record(&reading, "faulty").await
}

fn raw(kind: &'static str, body: Body) -> Response {
    Response::builder().header("content-type", kind).body(body).unwrap()
}

fn one_goal() -> Vec<serde_json::Value> {
    vec![json!({ "resource": { "resourceType": "Goal", "id": "g1", "subject": { "reference": "Patient/p1" } } })]
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let base = format!("http://{gone}/fhir").parse().unwrap();
    let record = with_server(FhirServer::new(options("faulty", &base))).await;
    assert_eq!(record.status(), Status::Failed(Reason::Unreachable));
    assert!(record.resources.is_empty() && record.as_of.is_none());
}

#[tokio::test]
async fn status_500() {
    let record = beside_a_healthy_one(|_, _| Some(status(500))).await;
    assert_eq!(record.status(), Status::Failed(Reason::Http(500)));
}

#[tokio::test]
async fn a_web_page_with_status_200() {
    let record = beside_a_healthy_one(|_, _| Some(raw("text/html", Body::from("<html>Sign in</html>")))).await;
    assert_eq!(record.status(), Status::Failed(Reason::NotFhir));
}

#[tokio::test]
async fn a_page_that_never_ends() {
    let endless = || Body::from_stream(stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 8192])));
    let record =
        beside_a_healthy_one(move |target, _| target.starts_with("Goal?").then(|| raw("application/json", endless())))
            .await;
    assert_eq!(record.status(), Status::Partial(Reason::TooLarge));
    assert_eq!(read(&record, "Goal").status, Status::Failed(Reason::TooLarge));
}

#[tokio::test]
async fn a_body_that_breaks_off() {
    let broken =
        || Body::from_stream(stream::iter([Ok("{\"resourceType\":\"Bun"), Err(std::io::Error::other("gone"))]));
    let record = beside_a_healthy_one(move |_, _| Some(raw("application/json", broken()))).await;
    assert_eq!(record.status(), Status::Failed(Reason::Truncated));
}

#[tokio::test]
async fn pages_that_go_in_circles() {
    let record =
        beside_a_healthy_one(|target, _| target.starts_with("Goal?").then(|| bundle(one_goal(), Some("Goal?page=1"))))
            .await;
    assert_eq!(read(&record, "Goal").status, Status::Partial(Reason::TooManyPages));
    assert_eq!(names(&record).iter().filter(|name| *name == "Goal/g1").count(), 1);
}

#[tokio::test]
async fn a_next_page_elsewhere() {
    let next = "http://127.0.0.1:1/fhir/Goal?page=2";
    let record =
        beside_a_healthy_one(move |target, _| target.starts_with("Goal?").then(|| bundle(one_goal(), Some(next))))
            .await;
    assert_eq!(record.status(), Status::Partial(Reason::ForeignPage));
    assert!(names(&record).contains(&"Goal/g1".to_owned()));
}

#[tokio::test]
async fn a_token_that_has_just_expired() {
    let ehr =
        Ehr::with(records("p1"), |_, headers| (headers["authorization"] != "Bearer new").then(|| status(401))).await;
    let tokens = Arc::new(Tokens { refreshed: Some("new") });
    let record = with_server(FhirServer::new(options("faulty", &ehr.base).tokens(tokens))).await;
    assert_eq!((record.status(), names(&record).len()), (Status::Complete, records("p1").len()));
}

#[tokio::test]
async fn a_sign_in_that_is_over() {
    for refreshed in [None, Some("new")] {
        let ehr = Ehr::with(records("p1"), |_, _| Some(status(401))).await;
        let tokens = Arc::new(Tokens { refreshed });
        let record = with_server(FhirServer::new(options("faulty", &ehr.base).tokens(tokens))).await;
        assert_eq!(record.status(), Status::Failed(Reason::SignInExpired));
    }
}

#[tokio::test]
async fn a_type_that_is_refused() {
    let record =
        beside_a_healthy_one(|target, _| target.starts_with("Goal?").then(|| outcome(403, "Not for this user."))).await;
    let why = || Reason::Refused(Some("Not for this user.".into()));
    assert_eq!(read(&record, "Goal").status, Status::NotPermitted(why()));
    assert_eq!(record.status(), Status::Partial(why()), "what is withheld is missing");
}

#[tokio::test]
async fn everything_refused() {
    let record = beside_a_healthy_one(|_, _| Some(status(403))).await;
    assert!(read(&record, "Goal").status == Status::NotPermitted(Reason::Refused(None)) && record.resources.is_empty());
    assert_ne!(record.status(), Status::Complete);
}

#[tokio::test]
async fn a_base_where_nothing_is() {
    let record = beside_a_healthy_one(|_, _| Some(status(404))).await;
    assert_eq!(record.status(), Status::Failed(Reason::Http(404)));
}

#[tokio::test]
async fn a_server_that_is_busy_for_a_moment() {
    let first = AtomicBool::new(true);
    let record = beside_a_healthy_one(move |target, _| {
        let busy = target.starts_with("Goal?") && first.swap(false, Ordering::SeqCst);
        busy.then(|| Response::builder().status(429).header("retry-after", "2").body(Body::empty()).unwrap())
    })
    .await;
    assert_eq!(record.status(), Status::Complete);
}

#[tokio::test]
async fn a_server_that_stays_busy() {
    let busy = || Response::builder().status(429).header("retry-after", "3600").body(Body::empty()).unwrap();
    let record = beside_a_healthy_one(move |_, _| Some(busy())).await;
    assert_eq!(record.status(), Status::Failed(Reason::Busy(3600)));
}

#[tokio::test]
async fn an_entry_that_is_not_an_object() {
    let record = beside_a_healthy_one(|target, _| {
        let entries = [
            one_goal(),
            vec![json!(17), json!({ "resource": "Goal" }), json!({ "resource": { "resourceType": "Goal" } })],
        ]
        .concat();
        target.starts_with("Goal?").then(|| bundle(entries, None))
    })
    .await;
    assert_eq!(record.status(), Status::Partial(Reason::EntriesUnusable(3)));
    assert_eq!(record.problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::Unreadable(_))).count(), 3);
    assert!(names(&record).contains(&"Goal/g1".to_owned()));
}

#[tokio::test]
async fn an_outcome_among_the_entries() {
    let record = beside_a_healthy_one(|target, _| {
        let said = json!({ "search": { "mode": "outcome" }, "resource": { "resourceType": "OperationOutcome",
            "issue": [{ "severity": "warning", "code": "incomplete", "diagnostics": "More may exist." }] } });
        target.starts_with("Goal?").then(|| bundle([one_goal(), vec![said]].concat(), None))
    })
    .await;
    assert_eq!(record.status(), Status::Partial(Reason::SourceSaysMore));
    assert_eq!(record.problems[0].kind, ProblemKind::Said("More may exist.".into()));
}

#[tokio::test]
async fn a_server_that_comes_back_is_read_by_a_retry() {
    let down = Arc::new(AtomicBool::new(true));
    let is_down = Arc::clone(&down);
    let ehr = Ehr::with(records("p1"), move |_, _| is_down.load(Ordering::SeqCst).then(|| status(500))).await;
    let (reading, _) = reading();
    connect(&reading, "faulty", &ehr, "p1");
    assert_eq!(record(&reading, "faulty").await.status(), Status::Failed(Reason::Http(500)));
    down.store(false, Ordering::SeqCst);
    assert!(reading.retry(&source("faulty").id));
    assert_eq!(record(&reading, "faulty").await.status(), Status::Complete);
}
