//! What is asked again, how often, and what is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use fhir_client::{FhirError, FhirServer, Health, Query, Reason, Status};
use futures::StreamExt;

use crate::fake::{Fake, Hands, json, page, status};

fn busy(retry_after: &'static str) -> Response {
    Response::builder().status(429).header("retry-after", retry_after).body(Body::empty()).unwrap()
}

fn goal(id: &str) -> String {
    format!(r#"{{"resourceType":"Goal","id":"{id}"}}"#)
}

#[tokio::test]
async fn f4_a_busy_server_is_asked_again_when_it_says() {
    let server = Fake::start(|_, n| if n == 0 { busy("3") } else { page(&["1"], None) }).await;
    assert_eq!(server.client().search(&Query::of("Goal")).await.status, Status::Complete);
    assert_eq!(*server.pace.pauses.lock().unwrap(), [Duration::from_secs(3)]);
}

#[tokio::test]
async fn f4_a_server_that_asks_for_a_long_wait_is_given_up_and_the_wait_is_said() {
    let server = Fake::start(|_, _| busy("120")).await;
    let error = FhirError::Busy { status: 429, seconds: 120, said: None };
    assert_eq!(server.client().read("Goal", "1").await.unwrap_err(), error);
    assert_eq!(server.client().search(&Query::of("Goal")).await.status, Status::Failed(Reason::Busy(120)));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn f4_a_search_by_post_is_made_again_with_its_body() {
    let server = Fake::start(|_, n| if n == 0 { status(502) } else { page(&["1"], None) }).await;
    let found = server.client().search(&Query::of("Patient").with("identifier", "urn:x|1")).await;
    assert_eq!((found.status, found.entries), (Status::Complete, 1));
    let bodies: Vec<String> = server.seen().into_iter().map(|seen| seen.body).collect();
    assert_eq!(bodies, ["identifier=urn%3Ax%7C1"; 2]);
}

#[tokio::test]
async fn f4_retries_beyond_the_first_ten_are_a_tenth_of_the_requests() {
    let server =
        Fake::start(|seen, _| if seen.target == "Goal/bad" { status(503) } else { json(200, goal("ok")) }).await;
    let client = server.client();
    for at in 0..100 {
        assert_eq!(client.read("Goal", if at % 7 == 0 { "bad" } else { "ok" }).await.is_err(), at % 7 == 0);
    }
    let retries = server.seen().len() - 100;
    assert!((10..=20).contains(&retries), "{retries} retries of 100 requests");
}

#[tokio::test]
async fn f4_a_failing_server_is_left_alone_for_fifteen_seconds_and_then_tried_once() {
    let answers = Arc::new(AtomicUsize::new(503));
    let now = Arc::clone(&answers);
    let server = Fake::start(move |_, _| match now.load(Ordering::SeqCst) {
        200 => json(200, goal("1")),
        code => status(u16::try_from(code).unwrap()),
    })
    .await;
    let clock = Arc::new(Hands::default());
    let mut options = server.options();
    options.clock = Arc::clone(&clock) as Arc<dyn access::Clock>;
    let client = FhirServer::new(options);
    let resting = || FhirError::Resting { after: Reason::Http(503) };
    while client.read("Goal", "1").await.unwrap_err() != resting() {}
    let asked = server.seen().len();
    assert!((20..=22).contains(&asked), "{asked} requests until it was left alone");
    assert_eq!(client.search(&Query::of("Goal")).await.status, Status::Failed(Reason::Http(503)), "the reason is kept");
    assert_eq!(server.seen().len(), asked, "nothing was sent");

    clock.turn(15);
    assert!(client.read("Goal", "1").await.is_err());
    assert_eq!(server.seen().len(), asked + 1, "one request finds out");
    clock.turn(15);
    answers.store(200, Ordering::SeqCst);
    assert!(client.read("Goal", "1").await.is_ok() && client.read("Goal", "1").await.is_ok());
}

#[tokio::test]
async fn f4_a_write_is_sent_though_reads_of_the_server_rest() {
    let server =
        Fake::start(|seen, _| if seen.method == http::Method::PUT { json(200, goal("1")) } else { status(503) }).await;
    let client = server.client();
    for _ in 0..30 {
        assert!(client.read("Goal", "1").await.is_err());
    }
    assert!(matches!(client.read("Goal", "1").await, Err(FhirError::Resting { .. })));
    assert!(client.update("Goal", "1", "{}", Some("1")).await.is_ok());
}

#[tokio::test]
async fn f4_who_shares_a_server_shares_what_is_known_of_how_it_does() {
    let server = Fake::start(|_, _| status(503)).await;
    let health = Arc::new(Health::default());
    let (one, other) = (server.options().health(Arc::clone(&health)), server.options().health(health));
    let (one, other) = (FhirServer::new(one), FhirServer::new(other));
    for _ in 0..30 {
        assert!(one.read("Goal", "1").await.is_err());
    }
    assert!(matches!(other.read("Goal", "1").await, Err(FhirError::Resting { .. })));
    assert!(matches!(server.client().read("Goal", "1").await, Err(FhirError::Http { .. })), "another server's client");
}

#[tokio::test]
async fn f4_one_type_that_fails_with_500_does_not_hide_the_others() {
    let server = Fake::start(|seen, _| if seen.target == "Goal/1" { status(500) } else { json(200, goal("2")) }).await;
    let client = server.client();
    for _ in 0..100 {
        assert_eq!(client.read("Goal", "1").await.unwrap_err(), FhirError::Http { status: 500, said: None });
    }
    assert!(client.read("Goal", "2").await.is_ok());
}

#[tokio::test]
async fn f4_a_passing_failure_is_tried_three_times_with_growing_waits() {
    let server = Fake::start(|_, _| status(503)).await;
    assert_eq!(server.client().read("Goal", "1").await.unwrap_err(), FhirError::Http { status: 503, said: None });
    assert_eq!(server.seen().len(), 3);
    assert_eq!(*server.pace.pauses.lock().unwrap(), [Duration::from_millis(100), Duration::from_millis(200)]);
}

#[tokio::test]
async fn f4_an_error_500_is_tried_again_only_where_the_server_says_that_it_passes() {
    for (code, asked) in [("transient", 3), ("timeout", 3), ("throttled", 3), ("lock-error", 3), ("exception", 1)] {
        let body = format!(r#"{{"resourceType":"OperationOutcome","issue":[{{"severity":"error","code":"{code}"}}]}}"#);
        let server = Fake::start(move |_, _| json(500, body.clone())).await;
        assert!(server.client().read("Goal", "1").await.is_err());
        assert_eq!(server.seen().len(), asked, "{code}");
    }
}

#[tokio::test]
async fn f4_a_server_that_is_not_there_is_unreachable_after_three_tries() {
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
async fn f3_no_more_requests_run_at_once_than_the_source_takes() {
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
