//! Writing: what is sent, what the answers mean, and what is never sent twice.

use axum::body::Body;
use axum::response::Response;
use fhir_client::FhirError;
use http::Method;

use crate::fake::{Fake, json, outcome, status};

const GOAL: &str = r#"{"resourceType":"Goal","id":"1","meta":{"versionId":"5"}}"#;

fn stored(status: u16, headers: &[(&'static str, &'static str)]) -> Response {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn an_update_names_the_version_it_replaces_and_asks_for_what_came_of_it() {
    let server = Fake::start(|_, _| json(200, GOAL)).await;
    let updated = server.client().update("Goal", "1", "{\"x\":7.10}", Some("4")).await.unwrap();
    assert_eq!(
        (updated.version.as_deref(), updated.resource.map(|goal| goal.raw().to_owned())),
        (Some("5"), Some(GOAL.into()))
    );
    let seen = &server.seen()[0];
    assert_eq!((&seen.method, seen.target.as_str(), seen.body.as_str()), (&Method::PUT, "Goal/1", "{\"x\":7.10}"));
    assert_eq!(seen.headers["if-match"], "W/\"4\"");
    assert_eq!(seen.headers["prefer"], "return=representation");
    assert_eq!(seen.headers["content-type"], "application/fhir+json");
}

#[tokio::test]
async fn an_empty_answer_leads_to_a_read() {
    let server = Fake::start(|_, n| if n == 0 { stored(200, &[("etag", "W/\"5\"")]) } else { json(200, GOAL) }).await;
    let updated = server.client().update("Goal", "1", "{}", Some("4")).await.unwrap();
    assert_eq!((updated.version.as_deref(), updated.resource.is_some()), (Some("5"), true));
    assert_eq!(server.seen()[1].method, Method::GET);
}

#[tokio::test]
async fn a_warning_in_the_answer_is_kept_beside_the_resource() {
    let server = Fake::start(|_, n| if n == 0 { outcome(200, "stored, but") } else { json(200, GOAL) }).await;
    let updated = server.client().update("Goal", "1", "{}", None).await.unwrap();
    assert_eq!((updated.said.as_deref(), updated.resource.is_some()), (Some("stored, but"), true));
}

#[tokio::test]
async fn a_write_that_cannot_be_read_back_is_a_write_all_the_same() {
    let server = Fake::start(|_, n| if n == 0 { status(200) } else { status(500) }).await;
    let updated = server.client().update("Goal", "1", "{}", None).await.unwrap();
    assert!(updated.resource.is_none() && updated.version.is_none());
}

#[tokio::test]
async fn a_stale_version_is_one_event_whether_the_server_says_409_or_412() {
    for answered in [409, 412] {
        let server = Fake::start(move |_, _| outcome(answered, "changed")).await;
        assert_eq!(server.client().update("Goal", "1", "{}", Some("4")).await.unwrap_err(), FhirError::Stale);
    }
}

#[tokio::test]
async fn a_rejected_content_names_the_elements() {
    let server = Fake::start(|_, _| outcome(422, "no such code")).await;
    let error = server.client().update("Goal", "1", "{}", Some("4")).await.unwrap_err();
    let said = Some("no such code".to_owned());
    assert_eq!(error, FhirError::Rejected { status: 422, said, expressions: vec!["Goal.target".into()] });
    assert!(!error.is_unclear());
}

#[tokio::test]
async fn f4_a_write_is_never_sent_twice() {
    for answered in [408, 429, 500, 502, 503, 504] {
        let server = Fake::start(move |_, _| status(answered)).await;
        let error = server.client().update("Goal", "1", "{}", Some("4")).await.unwrap_err();
        assert_eq!(error.is_unclear(), answered != 429, "{answered}");
        assert!(server.client().create("Goal", "{}", None).await.is_err());
        assert_eq!(server.seen().len(), 2, "{answered}");
    }
}

#[tokio::test]
async fn a_create_may_name_what_must_not_exist_yet() {
    let server = Fake::start(|_, n| match n {
        0 => stored(201, &[("location", "http://ehr.example/fhir/Goal/1/_history/5")]),
        1 => json(200, GOAL),
        _ => json(200, GOAL),
    })
    .await;
    let client = server.client();
    let created = client.create("Goal", "{}", Some("identifier=urn:x|1")).await.unwrap();
    assert_eq!((created.id.as_deref(), created.version.as_deref(), created.existed), (Some("1"), Some("5"), false));
    assert_eq!(server.seen()[0].headers["if-none-exist"], "identifier=urn:x|1");
    let again = client.create("Goal", "{}", Some("identifier=urn:x|1")).await.unwrap();
    assert!(again.existed);
}

#[tokio::test]
async fn a_header_cannot_be_smuggled_in_by_a_version() {
    let server = Fake::start(|_, _| json(200, GOAL)).await;
    let error = server.client().update("Goal", "1", "{}", Some("4\"\r\nx: y")).await.unwrap_err();
    assert_eq!((error, server.seen().len()), (FhirError::NotAllowed, 0));
}
