//! The terminology server over HTTP, and what is remembered of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use care_plan_service::neighbours::terminology::{Cached, Known, Terminology, TerminologyServer, Unknown};
use jiff::SignedDuration;
use serde_json::{Value, json};
use shared_plan::plan::Coding;

use crate::neighbour::{Moved, Neighbour, Says};

pub fn coding(code: &str) -> Coding {
    Coding { system: "http://snomed.info/sct".to_owned(), code: code.to_owned(), display: None, unverified: false }
}

fn answer(parameters: &Value) -> Says {
    Says::Json(200, json!({ "resourceType": "Parameters", "parameter": parameters }))
}

fn yes(display: &str) -> Says {
    answer(&json!([{ "name": "result", "valueBoolean": true }, { "name": "display", "valueString": display }]))
}

async fn said(says: impl Fn(&str) -> Says + Send + Sync + 'static, coding: &Coding) -> Result<Known, Unknown> {
    let neighbour = Neighbour::start(says).await;
    TerminologyServer::new(neighbour.client.clone(), neighbour.base.clone()).known(coding).await
}

#[tokio::test]
async fn a_code_that_is_there_is_known_with_what_it_is_called() {
    let neighbour = Neighbour::start(|_| yes("Foot examination")).await;
    let server = TerminologyServer::new(neighbour.client.clone(), neighbour.base.clone());
    let known = server.known(&coding("401191002")).await;
    assert_eq!(known, Ok(Known::Yes { display: Some("Foot examination".to_owned()) }));
    let asked = "/fhir/CodeSystem/$validate-code?url=http%3A%2F%2Fsnomed.info%2Fsct&code=401191002";
    assert_eq!(neighbour.asked(), [asked]);
}

#[tokio::test]
async fn a_code_that_is_not_there_is_none_and_a_retired_one_still_is() {
    let no = json!([{ "name": "result", "valueBoolean": false }, { "name": "message", "valueString": "Unknown code" }]);
    assert_eq!(said(move |_| answer(&no), &coding("1")).await, Ok(Known::No));
    let retired = json!([{ "name": "result", "valueBoolean": true }, { "name": "inactive", "valueBoolean": true },
        { "name": "display", "valueString": "Old name" }]);
    let known = said(move |_| answer(&retired), &coding("2")).await;
    assert_eq!(known, Ok(Known::Yes { display: Some("Old name".to_owned()) }));
}

#[tokio::test]
async fn a_code_that_is_called_something_else_is_told_with_its_own_name() {
    let wrong = json!([{ "name": "result", "valueBoolean": false }, { "name": "display", "valueString": "Diabetes" },
        { "name": "message", "valueString": "Wrong Display Name" }]);
    let named = Coding { display: Some("Hypertension".to_owned()), ..coding("44054006") };
    let neighbour = Neighbour::start(move |_| answer(&wrong)).await;
    let server = TerminologyServer::new(neighbour.client.clone(), neighbour.base.clone());
    assert_eq!(server.known(&named).await, Ok(Known::OtherDisplay { display: "Diabetes".to_owned() }));
    assert!(neighbour.asked()[0].ends_with("&display=Hypertension"), "{:?}", neighbour.asked());
}

#[tokio::test]
async fn a_system_that_the_server_does_not_have_makes_no_code_wrong_over_http_either() {
    let outcome =
        json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "not-found" }] });
    for status in [404, 422] {
        let outcome = outcome.clone();
        assert_eq!(said(move |_| Says::Json(status, outcome.clone()), &coding("1")).await, Ok(Known::OtherSystem));
    }
}

#[tokio::test]
async fn a_server_that_is_slow_broken_or_something_else_makes_no_code_right_or_wrong() {
    let failed = json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "fatal", "code": "exception" }] });
    let answers = [
        Says::Nothing,
        Says::Json(500, failed),
        Says::Json(
            500,
            json!({ "resourceType": "Parameters", "parameter": [{ "name": "result", "valueBoolean": true }] }),
        ),
        Says::Text(200, "<html>Sign in to the hotel's network</html>"),
        Says::Text(404, "Not Found"),
        Says::Json(307, json!({})),
        Says::Json(200, json!({ "resourceType": "Parameters" })),
        Says::Json(200, json!([])),
    ];
    for (number, says) in answers.into_iter().enumerate() {
        assert!(said(move |_| says.clone(), &coding("1")).await.is_err(), "answer {number}");
    }
}

/// Counts how often it is asked, and knows every code, or cannot be asked.
#[derive(Default)]
pub struct Counting {
    pub asked: AtomicUsize,
    pub away: std::sync::atomic::AtomicBool,
}

#[async_trait]
impl Terminology for Counting {
    async fn known(&self, coding: &Coding) -> Result<Known, Unknown> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.away.load(Ordering::SeqCst) {
            return Err(Unknown("no answer in time".to_owned()));
        }
        Ok(Known::Yes { display: Some(format!("{} as its system calls it", coding.code)) })
    }
}

/// The same, looked at from outside.
struct Shared(Arc<Counting>);

#[async_trait]
impl Terminology for Shared {
    async fn known(&self, coding: &Coding) -> Result<Known, Unknown> {
        self.0.known(coding).await
    }
}

#[tokio::test]
async fn a_code_is_asked_for_once_a_day() {
    let (inner, clock) = (Arc::new(Counting::default()), Arc::new(Moved::default()));
    let cached = Cached::new(Shared(inner.clone()), clock.clone());
    for _ in 0..3 {
        assert!(cached.known(&coding("1")).await.is_ok());
    }
    assert_eq!(inner.asked.load(Ordering::SeqCst), 1);
    clock.by(SignedDuration::from_hours(24));
    assert!(cached.known(&coding("1")).await.is_ok());
    assert_eq!(inner.asked.load(Ordering::SeqCst), 2);
    let named = Coding { display: Some("Another name".to_owned()), ..coding("1") };
    assert!(cached.known(&named).await.is_ok());
    assert_eq!(inner.asked.load(Ordering::SeqCst), 3, "under another name it is another question");
}

#[tokio::test]
async fn a_server_that_did_not_answer_was_waited_for_at_every_form() {
    let (inner, clock) = (Arc::new(Counting::default()), Arc::new(Moved::default()));
    let cached = Cached::new(Shared(inner.clone()), clock.clone());
    assert!(cached.known(&coding("known")).await.is_ok());
    inner.away.store(true, Ordering::SeqCst);
    for code in ["1", "2", "1"] {
        assert!(cached.known(&coding(code)).await.is_err());
    }
    assert_eq!(inner.asked.load(Ordering::SeqCst), 2, "it is left alone");
    assert!(cached.known(&coding("known")).await.is_ok(), "what it has said is still known");
    inner.away.store(false, Ordering::SeqCst);
    clock.by(SignedDuration::from_secs(30));
    assert!(cached.known(&coding("1")).await.is_ok(), "and asked again soon");
}

#[tokio::test]
async fn what_is_remembered_has_a_bound_and_makes_room_again() {
    let (inner, clock) = (Arc::new(Counting::default()), Arc::new(Moved::default()));
    let cached = Cached::new(Shared(inner.clone()), clock.clone());
    for number in 0..5_000 {
        assert!(cached.known(&coding(&number.to_string())).await.is_ok());
    }
    assert_eq!(cached.remembered(), 4_096);
    clock.by(SignedDuration::from_hours(24));
    assert!(cached.known(&coding("new")).await.is_ok());
    assert_eq!(cached.remembered(), 1);
    assert!(cached.known(&coding(&"9".repeat(100_000))).await.is_ok());
    assert_eq!(cached.remembered(), 1, "nobody fills the memory with one code");
}
