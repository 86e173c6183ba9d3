//! What is asked again, how often, and what is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use fhir_client::{FhirError, FhirServer, Query, Status};
use futures::StreamExt;

use crate::fake::{Fake, json, page, status};

fn busy(retry_after: &'static str) -> Response {
    Response::builder().status(429).header("retry-after", retry_after).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_says() {
    let server = Fake::start(|_, n| if n == 0 { busy("3") } else { page(&["1"], None) }).await;
    assert_eq!(server.client().search(&Query::of("Goal")).await.status, Status::Complete);
    assert_eq!(*server.pace.pauses.lock().unwrap(), [Duration::from_secs(3)]);
}

#[tokio::test]
async fn a_server_that_asks_for_a_long_wait_is_given_up() {
    let server = Fake::start(|_, _| busy("120")).await;
    assert_eq!(server.client().read("Goal", "1").await.unwrap_err(), FhirError::Http { status: 429, said: None });
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_passing_failure_is_tried_three_times_with_growing_waits() {
    let server = Fake::start(|_, _| status(503)).await;
    assert_eq!(server.client().read("Goal", "1").await.unwrap_err(), FhirError::Http { status: 503, said: None });
    assert_eq!(server.seen().len(), 3);
    assert_eq!(*server.pace.pauses.lock().unwrap(), [Duration::from_millis(100), Duration::from_millis(200)]);
}

#[tokio::test]
async fn an_error_500_is_tried_again_only_where_the_server_says_that_it_passes() {
    for (code, asked) in [("transient", 3), ("lock-error", 3), ("exception", 1)] {
        let body = format!(r#"{{"resourceType":"OperationOutcome","issue":[{{"severity":"error","code":"{code}"}}]}}"#);
        let server = Fake::start(move |_, _| json(500, body.clone())).await;
        assert!(server.client().read("Goal", "1").await.is_err());
        assert_eq!(server.seen().len(), asked, "{code}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable_after_three_tries() {
    let server = Fake::start(|_, _| status(200)).await;
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut options = server.options();
    options.base = format!("http://{gone}/fhir").parse().unwrap();
    let policy = outbound::Policy { origins: vec![outbound::Origin::of(&options.base).unwrap()], development: true };
    options.outbound = outbound::Client::new(policy, Arc::new(outbound::SystemResolver)).unwrap();
    assert_eq!(FhirServer::new(options).read("Goal", "1").await.unwrap_err(), FhirError::Unreachable);
    assert_eq!(server.pace.pauses.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_server_outside_the_policy_is_not_asked() {
    let server = Fake::start(|_, _| status(200)).await;
    let mut options = server.options();
    options.outbound = outbound::Client::new(outbound::Policy::default(), Arc::new(outbound::SystemResolver)).unwrap();
    assert_eq!(FhirServer::new(options).read("Goal", "1").await.unwrap_err(), FhirError::NotAllowed);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn no_more_requests_run_at_once_than_the_source_takes() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let count = (Arc::clone(&now), Arc::clone(&most));
    let server = Fake::start(move |_, _| {
        let (now, most) = (Arc::clone(&count.0), Arc::clone(&count.1));
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        // The request counts as running until its body has been read.
        let body = futures::stream::once(async move {
            tokio::task::yield_now().await;
            now.fetch_sub(1, Ordering::SeqCst);
            Ok::<_, std::io::Error>(r#"{"resourceType":"Goal","id":"1"}"#)
        });
        Response::builder().header("content-type", "application/json").body(Body::from_stream(body)).unwrap()
    })
    .await;
    let mut options = server.options();
    options.parallel = 3;
    let client = FhirServer::new(options);
    let reads = futures::stream::iter(0..40).map(|_| client.read("Goal", "1")).buffer_unordered(40);
    assert!(reads.all(|read| async move { read.is_ok() }).await);
    assert!(most.load(Ordering::SeqCst) <= 3);
}
