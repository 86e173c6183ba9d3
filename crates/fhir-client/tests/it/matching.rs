//! `Patient/$match`: what is sent, and what of the answer counts.

use fhir_client::{FhirError, Wanted};
use http::Method;
use serde_json::json;

use crate::fake::{Fake, json as answered, outcome, status};

fn entry(id: &str, grade: &str, score: f64) -> serde_json::Value {
    json!({
        "resource": { "resourceType": "Patient", "id": id },
        "search": { "mode": "match", "score": score, "extension": [
            { "url": "http://hl7.org/fhir/StructureDefinition/match-grade", "valueCode": grade },
        ] },
    })
}

fn bundle(entries: serde_json::Value) -> String {
    json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries }).to_string()
}

#[tokio::test]
async fn a_match_asks_for_certain_ones_only_and_for_two_at_most() {
    let body = bundle(json!([entry("1", "certain", 0.9876)]));
    let server = Fake::start(move |_, _| answered(200, &body)).await;
    let found = server
        .client()
        .match_patient(&json!({ "resourceType": "Patient", "gender": "female" }), Wanted::Certain)
        .await
        .unwrap();
    let [one] = &found.candidates[..] else { panic!("one candidate") };
    assert_eq!((one.resource.id(), one.grade.as_deref(), one.score), ("1", Some("certain"), Some(988)));
    let seen = &server.seen()[0];
    assert_eq!((&seen.method, seen.target.as_str()), (&Method::POST, "Patient/$match"));
    let sent: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    assert_eq!(sent["parameter"][0]["resource"]["gender"], "female");
    assert_eq!(sent["parameter"][1], json!({ "name": "onlyCertainMatches", "valueBoolean": true }));
    assert_eq!(sent["parameter"][2], json!({ "name": "count", "valueInteger": 2 }));
}

#[tokio::test]
async fn a_match_asks_also_for_who_is_only_likely_where_that_is_wanted() {
    let body = bundle(json!([entry("1", "probable", 0.8)]));
    let server = Fake::start(move |_, _| answered(200, &body)).await;
    let found = server.client().match_patient(&json!({}), Wanted::Anybody).await.unwrap();
    assert_eq!(found.candidates[0].grade.as_deref(), Some("probable"));
    let sent: serde_json::Value = serde_json::from_str(&server.seen()[0].body).unwrap();
    assert_eq!(sent["parameter"][1], json!({ "name": "onlyCertainMatches", "valueBoolean": false }));
}

#[tokio::test]
async fn what_is_no_patient_is_counted_and_a_message_is_not() {
    let strange = json!([
        entry("1", "certain", 7.0),
        { "resource": { "resourceType": "OperationOutcome" } },
        { "resource": { "resourceType": "Practitioner", "id": "2" } },
        { "search": [] },
        "text",
    ]);
    let body = bundle(strange);
    let server = Fake::start(move |_, _| answered(200, &body)).await;
    let found = server.client().match_patient(&json!({}), Wanted::Certain).await.unwrap();
    assert_eq!((found.candidates.len(), found.candidates[0].score, found.unusable), (1, None, 3));
}

#[tokio::test]
async fn a_server_without_the_operation_says_so() {
    let server = Fake::start(|_, n| if n == 0 { status(404) } else { outcome(501, "no such operation") }).await;
    assert_eq!(server.client().match_patient(&json!({}), Wanted::Certain).await.err(), Some(FhirError::NotFound));
    let said = Some("no such operation".to_owned());
    let refused = server.client().match_patient(&json!({}), Wanted::Certain).await.err();
    assert_eq!(refused, Some(FhirError::NotSupported { said }));
    let html = Fake::start(|_, _| answered(200, r#"{"resourceType":"Patient","id":"1"}"#)).await;
    assert!(matches!(html.client().match_patient(&json!({}), Wanted::Certain).await, Err(FhirError::NotFhir { .. })));
}
