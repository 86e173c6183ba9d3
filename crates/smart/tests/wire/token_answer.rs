//! What a token endpoint may answer (T2, section 5), and what it must not.

use serde_json::{Value, json};
use smart::{CallbackError, Granted, Scope, TokenError, TokenRefusal};

use crate::world::{World, token_answer};

/// Launches with an answer in which some fields are other; `null` takes a field out.
async fn launch_with(changes: Value) -> Result<Granted, CallbackError> {
    let world = World::public().await;
    let mut answer = token_answer();
    for (field, value) in changes.as_object().expect("an object") {
        match value {
            Value::Null => answer.as_object_mut().expect("an object").remove(field),
            value => answer.as_object_mut().expect("an object").insert(field.clone(), value.clone()),
        };
    }
    world.ehr.answer_json("/token", answer);
    world.launch().await
}

#[tokio::test]
async fn t2_the_token_type_is_compared_without_case() {
    for spelling in ["Bearer", "bearer", "BEARER"] {
        assert!(launch_with(json!({"token_type": spelling})).await.is_ok(), "{spelling}");
    }
}

#[tokio::test]
async fn t2_a_token_that_is_no_bearer_token_is_refused() {
    for token_type in [json!("mac"), json!("DPoP"), json!(null), json!(7)] {
        let refused = launch_with(json!({"token_type": token_type})).await;
        assert!(matches!(refused, Err(CallbackError::Token(TokenError::NotUnderstood { .. }))), "{token_type}");
    }
}

#[tokio::test]
async fn t2_a_lifetime_that_is_missing_or_makes_no_sense_is_five_minutes() {
    let five = "2026-11-21T12:05:00Z".parse().expect("a time");
    for lifetime in [json!(null), json!(0), json!(-1), json!("soon"), json!([])] {
        let granted = launch_with(json!({"expires_in": lifetime})).await.expect("a grant");
        assert_eq!(granted.grant.expires, five, "{lifetime}");
    }
    for lifetime in [json!("570"), json!(570.5), json!(570)] {
        let granted = launch_with(json!({"expires_in": lifetime})).await.expect("a grant");
        assert_eq!(granted.grant.expires, "2026-11-21T12:09:30Z".parse().expect("a time"), "{lifetime}");
    }
    let for_ever = launch_with(json!({"expires_in": 9_223_372_036_854_775_807_i64})).await.expect("a grant");
    assert_eq!(for_ever.grant.expires, "2026-11-22T12:00:00Z".parse().expect("a time"));
}

#[tokio::test]
async fn c1_the_banner_is_needed_unless_the_answer_says_false() {
    for (said, needed) in
        [(json!(false), false), (json!(true), true), (json!(null), true), (json!("false"), true), (json!(0), true)]
    {
        let granted = launch_with(json!({"need_patient_banner": said})).await.expect("a grant");
        assert_eq!(granted.context.need_patient_banner, needed, "{said}");
    }
}

#[tokio::test]
async fn c1_a_patient_that_is_no_id_is_refused() {
    for patient in
        [json!("a/b"), json!("Patient/1"), json!(""), json!("x".repeat(65)), json!(17), json!(["1"]), json!("1 OR 1")]
    {
        let refused = launch_with(json!({"patient": patient})).await;
        assert!(matches!(refused, Err(CallbackError::Token(TokenError::NotUnderstood { .. }))), "{patient}");
    }
    let longest = "x".repeat(64);
    assert_eq!(launch_with(json!({"patient": longest})).await.expect("a grant").grant.patient, Some(longest));
}

#[tokio::test]
async fn c1_an_encounter_that_is_no_id_is_left_out() {
    assert_eq!(launch_with(json!({"encounter": "../x"})).await.expect("a grant").context.encounter, None);
}

#[tokio::test]
async fn s11_an_access_token_that_could_split_a_header_is_refused() {
    for token in [json!("a\r\nX: y"), json!("a b"), json!(""), json!(null), json!(7)] {
        let refused = launch_with(json!({"access_token": token})).await;
        assert!(matches!(refused, Err(CallbackError::Token(TokenError::NotUnderstood { .. }))), "{token}");
    }
}

#[tokio::test]
async fn t2_q7_scopes_that_the_answer_leaves_out_are_those_that_were_asked_for() {
    let granted = launch_with(json!({"scope": null})).await.expect("a grant");
    assert!(granted.grant.scopes.contains(&Scope::parse("patient/Goal.rus")));
    let fewer = launch_with(json!({"scope": "launch openid"})).await.expect("a grant");
    assert!(!smart::permits(&fewer.grant.scopes, "Goal", 'r'));
}

#[tokio::test]
async fn fields_with_numbers_that_nobody_knows_do_no_harm() {
    assert!(
        launch_with(json!({"active_ttl": 1.50, "fhirContext": ["ImagingStudy/1", {"reference": "x/1"}]})).await.is_ok()
    );
}

#[tokio::test]
async fn l9_t7_an_endpoint_out_of_order_is_reported_as_that_and_asked_once() {
    for (status, content_type, body) in [
        (500, "text/html", "<h1>canary</h1>"),
        (503, "application/json", r#"{"error":"invalid_grant","error_description":"canary"}"#),
    ] {
        let world = World::public().await;
        world.ehr.answer("/token", status, content_type, body);
        let refused = world.launch().await.expect_err("a refusal");
        assert!(!format!("{refused} {refused:?}").contains("canary"));
        let CallbackError::Token(TokenError::Status { status: said, .. }) = refused else { panic!("{refused}") };
        assert_eq!(said, status);
        assert_eq!(world.ehr.seen("/token").len(), 1);
    }
}

#[tokio::test]
async fn what_is_no_token_answer_is_not_understood() {
    for (status, content_type, body) in [
        (200, "text/html", "<!doctype html><title>canary</title>"),
        (200, "application/json", "{\"access_token\": \"canary\""),
        (200, "application/json", "[]"),
        (200, "application/json", "null"),
        (200, "application/json", ""),
        (200, "application/json", "{}"),
        (400, "text/plain", "canary"),
        (404, "application/json", ""),
    ] {
        let world = World::public().await;
        world.ehr.answer("/token", status, content_type, body);
        let refused = world.launch().await.expect_err("a refusal");
        assert!(!format!("{refused} {refused:?}").contains("canary"), "{body}");
        assert!(matches!(refused, CallbackError::Token(TokenError::NotUnderstood { .. })), "{body}: {refused}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_by_its_kind_without_its_words() {
    for (error, expected) in [
        ("invalid_grant", TokenRefusal::InvalidGrant),
        ("invalid_client", TokenRefusal::InvalidClient),
        ("invalid_scope", TokenRefusal::InvalidScope),
        ("canary", TokenRefusal::Other),
    ] {
        let world = World::public().await;
        let body = json!({"error": error, "error_description": "canary"});
        world.ehr.answer("/token", 400, "application/json", body);
        let refused = world.launch().await.expect_err("a refusal");
        assert!(!format!("{refused} {refused:?}").contains("canary"));
        let CallbackError::Token(TokenError::Refused { refusal, .. }) = refused else { panic!("{refused}") };
        assert_eq!(refusal, expected);
    }
}

#[tokio::test]
async fn s2_a_redirect_of_the_token_endpoint_is_not_followed() {
    let world = World::public().await;
    world.ehr.answer("/token", 307, "text/plain", "");
    assert!(matches!(world.launch().await, Err(CallbackError::Token(TokenError::NotAsked { .. }))));
}
