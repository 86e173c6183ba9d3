//! The answer of a source, and answers that are none (checklist L7 to L9, S4, S6, S7).

use access::{Role, Secret};
use jiff::SignedDuration;
use serde_json::json;
use smart::{AuthorizationRefusal, Callback, CallbackError, Scope, Start};

use crate::world::{World, parameter, state, token_answer, well_known};

#[tokio::test]
async fn l7_a_launch_from_the_ehr_becomes_a_grant_with_patient_and_user() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let mut answer = token_answer();
    answer["id_token"] = json!(world.signer.sign(&world.claims(&authorization)));
    world.ehr.answer_json("/token", answer);

    let query = format!("code=c&state={}&iss={}", state(&authorization), world.ehr.root);
    let granted = world.complete(&authorization, &query).await.expect("a grant");
    assert_eq!(granted.grant.patient.as_deref(), Some("pat-1"));
    assert_eq!(granted.grant.access_token.expose(), "access-canary");
    assert_eq!(granted.grant.refresh_token.as_ref().map(Secret::expose), Some("refresh-canary"));
    assert_eq!(granted.grant.expires, "2026-11-21T12:10:00Z".parse().expect("a time"));
    assert!(granted.grant.scopes.contains(&Scope::parse("patient/Goal.rs")));
    assert_eq!(granted.context.encounter.as_deref(), Some("enc-1"));
    assert!(!granted.context.need_patient_banner);
    let viewer = granted.identity.expect("an identity").viewer(Role::Patient).expect("a viewer");
    assert_eq!((viewer.role, viewer.name.as_deref()), (Role::Clinician, Some("Dr. Maria Lopez")));
    assert_eq!(viewer.fhir_user.as_deref(), Some("Practitioner/p1"));
    assert_eq!(
        viewer.user.map(|user| (user.issuer, user.subject)),
        Some((world.ehr.root.clone(), "subject-canary".into()))
    );
}

#[tokio::test]
async fn l7_s4_a_wrong_state_is_refused_without_a_token_request() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    for query in ["code=c&state=wrong", "code=c&state=", "code=c", "", "error=access_denied&state=wrong"] {
        let refused = world.complete(&authorization, query).await.expect_err("a refusal");
        assert!(matches!(refused, CallbackError::UnknownState { .. } | CallbackError::NotUnderstood { .. }), "{query}");
    }
    assert!(world.ehr.seen("/token").is_empty());
    let still_there = format!("code=c&state={}", state(&authorization));
    assert!(world.complete(&authorization, &still_there).await.is_ok());
}

#[tokio::test]
async fn l7_a_parameter_that_stands_twice_is_refused() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let state = state(&authorization);
    for query in [
        format!("code=a&code=b&state={state}"),
        format!("code=a&state={state}&state=x"),
        format!("code=a&state={state}&iss=a&iss=b"),
    ] {
        let refused = world.complete(&authorization, &query).await;
        assert!(matches!(refused, Err(CallbackError::NotUnderstood { .. })), "{query}");
    }
    assert!(world.ehr.seen("/token").is_empty());
}

#[tokio::test]
async fn l4_s6_an_answer_counts_once() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let query = format!("code=c&state={}", state(&authorization));
    assert!(world.complete(&authorization, &query).await.is_ok());
    assert!(matches!(world.complete(&authorization, &query).await, Err(CallbackError::UnknownState { .. })));
    assert_eq!(world.ehr.seen("/token").len(), 1);
}

#[tokio::test]
async fn l4_an_answer_after_ten_minutes_is_too_late() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    world.clock.forward(SignedDuration::from_mins(10));
    let query = format!("code=c&state={}", state(&authorization));
    assert!(matches!(world.complete(&authorization, &query).await, Err(CallbackError::UnknownState { .. })));
}

#[tokio::test]
async fn l7_s4_another_browser_is_refused_and_the_launch_is_spent() {
    let world = World::public().await;
    let other = world.begin(world.ehr_start()).await;
    let authorization = world.begin(world.ehr_start()).await;
    let query = format!("code=c&state={}", state(&authorization));
    let callback = Callback::parse(&query);
    let refused = world.smart.complete(&world.client, callback, Some(&other.browser), &world.pendings).await;
    assert!(matches!(refused, Err(CallbackError::OtherBrowser { .. })));
    assert!(matches!(world.complete(&authorization, &query).await, Err(CallbackError::UnknownState { .. })));
    assert!(world.ehr.seen("/token").is_empty());
}

#[tokio::test]
async fn l7_e3_a_browser_without_a_cookie_is_told_apart() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let callback = Callback::parse(&format!("code=c&state={}", state(&authorization)));
    let refused = world.smart.complete(&world.client, callback, None, &world.pendings).await;
    assert!(matches!(refused, Err(CallbackError::NoBrowserCookie { .. })));
    assert!(world.ehr.seen("/token").is_empty());
}

#[tokio::test]
async fn l7_s7_the_issuer_in_the_answer_must_be_the_one_that_was_asked() {
    let world = World::public().await;
    // The FHIR base is not the OAuth issuer, and the comparison is exact (RFC 9207).
    for iss in ["https://evil.test", world.client.fhir_base.as_str(), &format!("{}/", world.ehr.root)] {
        let authorization = world.begin(world.ehr_start()).await;
        let query = format!("code=c&state={}&iss={iss}", state(&authorization));
        assert!(
            matches!(world.complete(&authorization, &query).await, Err(CallbackError::OtherIssuer { .. })),
            "{iss}"
        );
    }
    assert!(world.ehr.seen("/token").is_empty());
}

#[tokio::test]
async fn l7_s7_the_issuer_is_compared_also_where_nobody_signs_in() {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["capabilities"] = json!(["launch-ehr"]);
    world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
    let authorization = world.begin(world.ehr_start()).await;
    let query = format!("code=c&state={}&iss=https://evil.test", state(&authorization));
    assert!(matches!(world.complete(&authorization, &query).await, Err(CallbackError::OtherIssuer { .. })));
}

#[tokio::test]
async fn s7_an_answer_at_the_address_of_another_source_is_refused() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let mut other = world.client.clone();
    other.source = "university".to_owned();
    let callback = Callback::parse(&format!("code=c&state={}", state(&authorization)));
    let refused = world.smart.complete(&other, callback, Some(&authorization.browser), &world.pendings).await;
    assert!(matches!(refused, Err(CallbackError::OtherSource { .. })));
    assert!(world.ehr.seen("/token").is_empty());
}

#[tokio::test]
async fn l7_a_refusal_of_the_source_is_reported_without_its_words() {
    let world = World::public().await;
    for (error, expected) in [
        ("access_denied", AuthorizationRefusal::AccessDenied),
        ("invalid_scope", AuthorizationRefusal::InvalidScope),
        ("temporarily_unavailable", AuthorizationRefusal::Unavailable),
        ("<script>", AuthorizationRefusal::Other),
    ] {
        let authorization = world.begin(world.ehr_start()).await;
        let query = format!("error={error}&error_description=words-canary&code=c&state={}", state(&authorization));
        let refused = world.complete(&authorization, &query).await.expect_err("a refusal");
        assert!(!format!("{refused} {refused:?}").contains("words-canary"));
        let CallbackError::Refused { refusal, more: None, .. } = refused else { panic!("{refused}") };
        assert_eq!(refusal, expected);
    }
    assert!(world.ehr.seen("/token").is_empty());
}

#[tokio::test]
async fn l8_a_page_about_the_refusal_is_offered_only_at_the_source_itself() {
    let world = World::public().await;
    let own = format!("{}/why", world.ehr.root);
    for (page, offered) in [(own.as_str(), true), ("https://evil.test/why", false), ("javascript:alert(1)", false)] {
        let authorization = world.begin(world.ehr_start()).await;
        let query = format!("error=access_denied&error_uri={page}&state={}", state(&authorization));
        let refused = world.complete(&authorization, &query).await.expect_err("a refusal");
        let CallbackError::Refused { more, .. } = refused else { panic!("{refused}") };
        assert_eq!(more.is_some(), offered, "{page}");
    }
}

#[tokio::test]
async fn an_answer_with_neither_code_nor_error_is_refused() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let refused = world.complete(&authorization, &format!("state={}", state(&authorization))).await;
    assert!(matches!(refused, Err(CallbackError::NoCode { .. })));
}

#[tokio::test]
async fn q8_a_missing_patient_is_an_error_and_none_is_guessed() {
    let world = World::public().await;
    let mut answer = token_answer();
    answer.as_object_mut().expect("an object").remove("patient");
    answer["fhirContext"] = json!([{"reference": "Patient/pat-2"}]);
    world.ehr.answer_json("/token", answer);
    assert!(matches!(world.launch().await, Err(CallbackError::MissingPatient { .. })));
}

#[tokio::test]
async fn a_sign_in_needs_no_patient() {
    let world = World::public().await;
    let authorization = world.begin(Start::SignIn { login_hint: None }).await;
    let id_token = world.signer.sign(&world.claims(&authorization));
    world.ehr.answer_json("/token", json!({"access_token": "a", "token_type": "bearer", "id_token": id_token}));
    let granted =
        world.complete(&authorization, &format!("code=c&state={}", state(&authorization))).await.expect("a grant");
    assert_eq!(granted.grant.patient, None);
    assert!(granted.identity.is_some());
    assert!(parameter(&authorization, "nonce").is_some());
}
