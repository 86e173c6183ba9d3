//! The same over HTTP: what is on the wire, and statuses as servers give them.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use fhir::SourceId;
use fhir_client::{FhirServer, Options};
use outbound::{Client, Origin, Policy, SystemResolver};
use serde_json::Value;
use url::Url;
use write_back::{GoalFields, WriteOutcome, differences};

use crate::desk::{Memory, goal, launch, noon, tenant, to_6_8, writer};

/// A server with one goal and one way of answering a `PUT`.
struct Server {
    goal: Mutex<Value>,
    stale: Option<StatusCode>,
    headers: Mutex<Option<HeaderMap>>,
}

async fn read(State(server): State<Arc<Server>>) -> impl IntoResponse {
    ([("content-type", "application/fhir+json")], server.goal.lock().unwrap().to_string())
}

/// Answers with an empty body, as Oracle Health does.
async fn put(State(server): State<Arc<Server>>, headers: HeaderMap, body: String) -> StatusCode {
    *server.headers.lock().unwrap() = Some(headers);
    let mut goal = server.goal.lock().unwrap();
    if let Some(status) = server.stale {
        goal["target"][0]["dueDate"] = "2029".into();
        goal["meta"]["versionId"] = "2".into();
        return status;
    }
    *goal = serde_json::from_str(&body).unwrap();
    goal["meta"]["versionId"] = "2".into();
    StatusCode::OK
}

async fn save(stale: Option<StatusCode>) -> (WriteOutcome, Arc<Server>) {
    let server = Arc::new(Server { goal: Mutex::new(goal()), stale, headers: Mutex::default() });
    let router = Router::new().route("/fhir/Goal/g1", get(read).put(put)).with_state(server.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/fhir", listener.local_addr().unwrap())).unwrap();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });

    let policy = Policy { origins: vec![Origin::of(&base).unwrap()], development: true };
    let outbound = Client::new(policy, Arc::new(SystemResolver)).unwrap();
    let owner = FhirServer::new(Options::new(SourceId::new("valley-ehr"), base, outbound));
    let memory = Arc::new(Memory::default());
    let outcome = writer(&memory, noon()).save_goal(&tenant(), &launch(), &owner, to_6_8()).await.unwrap();
    serving.abort();
    (outcome, server)
}

#[tokio::test]
async fn an_empty_answer_is_read_again_and_the_version_is_named_in_the_request() {
    let (outcome, server) = save(None).await;
    let WriteOutcome::Saved { version, warnings, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!((version.as_deref(), warnings), (Some("2"), vec![]));
    let changed = differences(&goal(), &server.goal.lock().unwrap());
    assert_eq!(changed, ["target[0].detailQuantity.value"]);

    let headers = server.headers.lock().unwrap().clone().unwrap();
    assert_eq!(headers["if-match"], "W/\"1\"");
    assert_eq!(headers["prefer"], "return=representation");
    assert_eq!(headers["content-type"], "application/fhir+json");
}

#[tokio::test]
async fn a_409_and_a_412_are_the_same_conflict() {
    for status in [StatusCode::CONFLICT, StatusCode::PRECONDITION_FAILED] {
        let (outcome, server) = save(Some(status)).await;
        let WriteOutcome::Conflict { theirs, version, .. } = outcome else { panic!("{status}: {outcome:?}") };
        assert_eq!((theirs.due.as_deref(), version.as_deref()), (Some("2029"), Some("2")));
        assert_eq!(theirs, GoalFields::of(&server.goal.lock().unwrap(), 0));
    }
}
