//! Reading: what is FHIR, and what only looks as if.

use axum::body::Body;
use axum::response::Response;
use fhir_client::{FhirError, FhirServer, Query, Reason, Status};
use futures::stream;

use crate::fake::{Fake, json};

const GOAL: &str =
    r#"{"resourceType":"Goal","id":"1","meta":{"versionId":"4"},"target":[{"detailQuantity":{"value":7.10}}]}"#;

fn with_type(kind: &'static str, body: &'static str) -> Response {
    Response::builder().header("content-type", kind).body(Body::from(body)).unwrap()
}

#[tokio::test]
async fn a_resource_comes_with_its_bytes_and_its_version() {
    let server = Fake::start(|_, _| json(200, GOAL)).await;
    let read = server.client().read("Goal", "1").await.unwrap();
    assert_eq!((read.resource.raw(), read.version.as_deref()), (GOAL, Some("4")));
    let seen = &server.seen()[0];
    assert_eq!((seen.target.as_str(), &seen.headers["accept"]), ("Goal/1", &"application/fhir+json".parse().unwrap()));
    assert_eq!(seen.headers["x-request-id"], "request-1");
}

#[tokio::test]
async fn an_old_version_and_the_history_are_read_by_their_addresses() {
    let server = Fake::start(|seen, _| match seen.target.as_str() {
        "Goal/1/_history/3" => json(200, GOAL),
        _ => json(200, format!(r#"{{"resourceType":"Bundle","type":"history","entry":[{{"resource":{GOAL}}}]}}"#)),
    })
    .await;
    assert!(server.client().vread("Goal", "1", "3").await.is_ok());
    assert_eq!(server.client().history("Goal", "1").await.resources.len(), 1);
    assert_eq!(server.targets()[1], "Goal/1/_history");
}

#[tokio::test]
async fn html_with_status_200_is_not_fhir() {
    for kind in ["text/html", "text/html; charset=utf-8", "application/xhtml+xml", "application/fhir+xml", "text/plain"]
    {
        let server = Fake::start(move |_, _| with_type(kind, GOAL)).await;
        assert!(matches!(server.client().read("Goal", "1").await, Err(FhirError::NotFhir { .. })), "{kind}");
    }
    for kind in ["application/fhir+json", "application/json+fhir", "application/json", "Application/JSON;charset=UTF-8"]
    {
        let server = Fake::start(move |_, _| with_type(kind, GOAL)).await;
        assert!(server.client().read("Goal", "1").await.is_ok(), "{kind}");
    }
}

#[tokio::test]
async fn another_resource_than_asked_for_is_not_taken() {
    for body in [r#"{"resourceType":"Goal","id":"2"}"#, r#"{"resourceType":"Condition","id":"1"}"#] {
        let server = Fake::start(move |_, _| json(200, body)).await;
        assert!(matches!(server.client().read("Goal", "1").await, Err(FhirError::OtherResource)), "{body}");
    }
    for body in ["[]", "", "{\"resour"] {
        let server = Fake::start(move |_, _| json(200, body)).await;
        assert!(matches!(server.client().read("Goal", "1").await, Err(FhirError::NotFhir { .. })), "{body}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_truncated_and_one_without_end_is_too_large() {
    let broken = || {
        let parts = [Ok("{\"resourceType\":"), Err(std::io::Error::other("gone"))];
        Response::builder()
            .header("content-type", "application/json")
            .body(Body::from_stream(stream::iter(parts)))
            .unwrap()
    };
    let server = Fake::start(move |_, _| broken()).await;
    assert_eq!(server.client().read("Goal", "1").await.unwrap_err(), FhirError::Truncated);
    assert_eq!(server.client().search(&Query::of("Goal")).await.status, Status::Failed(Reason::Truncated));

    let endless = || {
        let parts = stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 4096]));
        Response::builder().header("content-type", "application/json").body(Body::from_stream(parts)).unwrap()
    };
    let server = Fake::start(move |_, _| endless()).await;
    let mut options = server.options();
    options.page.body_bytes = 100_000;
    let found = FhirServer::new(options).search(&Query::of("Goal")).await;
    assert_eq!(found.status, Status::Failed(Reason::TooLarge));
}

#[tokio::test]
async fn json_nested_without_measure_is_an_answer_and_not_the_end_of_the_process() {
    let deep = format!(
        "{}{}",
        r#"{"resourceType":"Goal","id":"1","a":"#.to_owned() + &"[".repeat(100_000),
        "]".repeat(100_000) + "}"
    );
    let server = Fake::start(move |_, _| json(200, deep.clone())).await;
    if let Ok(read) = server.client().read("Goal", "1").await {
        assert!(read.resource.to_value().is_null(), "it can be kept but not be taken apart");
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_never_sent() {
    let server = Fake::start(|_, _| json(200, GOAL)).await;
    for id in ["", "..", ".", "a/b", "1?x=y", "../Patient", "_history", "a b", &"x".repeat(1000)] {
        assert_eq!(server.client().read("Goal", id).await.unwrap_err(), FhirError::NotAllowed, "{id}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn what_a_server_can_do_is_asked_once() {
    let server = Fake::start(|_, _| json(200, r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1"}"#)).await;
    let client = server.client();
    assert!(client.known_capability().is_none());
    assert!(client.capability().await.unwrap().is_r4());
    assert!(client.clone().capability().await.is_ok());
    assert_eq!(server.targets(), ["metadata"]);
}
