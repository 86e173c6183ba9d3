//! What the browser carries to the source (checklist section 2).

use access::{LaunchId, Secret};
use smart::{BeginError, PENDING_LIFETIME, Start};

use crate::world::{World, parameter, state, well_known};

#[tokio::test]
async fn a_launch_from_the_ehr_carries_what_the_checklist_lists() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let value = |name| parameter(&authorization, name);
    assert_eq!(authorization.url.path(), "/authorize");
    assert_eq!(value("response_type").as_deref(), Some("code"));
    assert_eq!(value("client_id").as_deref(), Some("accord app"));
    assert_eq!(value("redirect_uri").as_deref(), Some("http://127.0.0.1:3000/callback/valley-ehr"));
    assert_eq!(value("launch").as_deref(), Some("launch-handle-canary"));
    assert_eq!(value("aud").as_deref(), Some(world.client.fhir_base.as_str()));
    assert_eq!(value("code_challenge_method").as_deref(), Some("S256"));
    assert!(value("nonce").is_some_and(|nonce| nonce.len() >= 22));
    assert!(value("state").is_some_and(|state| state.len() >= 22));
    let scope = value("scope").expect("scopes");
    assert!(scope.starts_with("openid fhirUser launch patient/Patient.rs "), "{scope}");
    assert!(scope.contains("patient/Goal.rus") && !scope.contains('*') && !scope.contains("offline"), "{scope}");
    for absent in ["max_age", "prompt", "login_hint", "client_secret", "code_verifier"] {
        assert_eq!(value(absent), None, "{absent}");
    }
    assert!(authorization.pending.for_launch.is_none() && authorization.pending.expects_patient);
}

#[tokio::test]
async fn the_issuer_goes_back_letter_by_letter_as_the_ehr_wrote_it() {
    let world = World::public().await;
    let iss = format!("{}/", world.client.fhir_base);
    let authorization = world.begin(Start::Ehr { iss: iss.clone(), launch: Secret::new("a+b/c==&?") }).await;
    assert_eq!(parameter(&authorization, "aud"), Some(iss));
    assert_eq!(parameter(&authorization, "launch").as_deref(), Some("a+b/c==&?"));
}

#[tokio::test]
async fn a_standalone_launch_has_no_launch_handle_and_asks_for_a_patient() {
    let world = World::public().await;
    let authorization = world.begin(Start::Standalone { login_hint: Some("maria".to_owned()) }).await;
    assert_eq!(parameter(&authorization, "launch"), None);
    assert_eq!(parameter(&authorization, "login_hint").as_deref(), Some("maria"));
    let scope = parameter(&authorization, "scope").expect("scopes");
    assert!(scope.contains("launch/patient") && !scope.split(' ').any(|scope| scope == "launch"), "{scope}");
}

#[tokio::test]
async fn a_sign_in_asks_for_nothing_but_who_the_user_is() {
    let world = World::public().await;
    let authorization = world.begin(Start::SignIn { login_hint: None }).await;
    assert_eq!(parameter(&authorization, "scope").as_deref(), Some("openid fhirUser"));
    assert!(!authorization.pending.expects_patient);
}

#[tokio::test]
async fn a_sign_in_where_nobody_can_be_verified_is_not_begun() {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["capabilities"] = serde_json::json!(["launch-standalone"]);
    world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
    let refused = world.smart.begin(&world.client, Start::SignIn { login_hint: None }, None, None).await;
    assert!(matches!(refused, Err(BeginError::NoSignIn { .. })));
}

#[tokio::test]
async fn the_first_generation_of_scopes_is_asked_for_where_the_second_is_not_offered() {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["capabilities"] = serde_json::json!(["launch-ehr"]);
    world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
    let authorization = world.begin(world.ehr_start()).await;
    let scope = parameter(&authorization, "scope").expect("scopes");
    assert!(scope.starts_with("launch patient/Patient.read patient/Condition.read "), "{scope}");
    assert!(scope.contains("patient/Goal.read patient/Goal.write"), "{scope}");
    assert_eq!(parameter(&authorization, "nonce"), None);
}

#[tokio::test]
async fn state_verifier_nonce_and_browser_secret_are_fresh_each_time() {
    let world = World::public().await;
    let first = world.begin(world.ehr_start()).await;
    let second = world.begin(world.ehr_start()).await;
    assert_ne!(state(&first), state(&second));
    assert_ne!(parameter(&first, "code_challenge"), parameter(&second, "code_challenge"));
    assert_ne!(parameter(&first, "nonce"), parameter(&second, "nonce"));
    assert_ne!(first.browser.expose(), second.browser.expose());
    assert_eq!(first.state_hash, smart::secret_hash(&state(&first)));
    assert_eq!(first.expires.duration_since(first.pending.created), PENDING_LIFETIME);
}

#[tokio::test]
async fn a_browser_that_has_a_cookie_keeps_it_and_the_launch_to_extend_is_remembered() {
    let world = World::public().await;
    let launch = LaunchId::from_random([3; 16]);
    let browser = Secret::new("the cookie it has");
    let begun = world.smart.begin(&world.client, world.ehr_start(), Some(browser.clone()), Some(launch.clone())).await;
    let authorization = begun.expect("a launch");
    assert_eq!(authorization.browser, browser);
    assert_eq!(authorization.pending.for_launch, Some(launch));
}

#[tokio::test]
async fn a_source_is_asked_once_an_hour_what_it_offers() {
    let world = World::public().await;
    tokio::join!(world.begin(world.ehr_start()), world.begin(world.ehr_start()), world.begin(world.ehr_start()));
    assert_eq!(world.ehr.seen("/fhir/.well-known/smart-configuration").len(), 1);
    world.clock.forward(jiff::SignedDuration::from_mins(61));
    world.begin(world.ehr_start()).await;
    assert_eq!(world.ehr.seen("/fhir/.well-known/smart-configuration").len(), 2);
}

#[tokio::test]
async fn every_step_can_be_awaited_in_a_handler() {
    fn in_a_handler<F: Future + Send>(step: F) -> F {
        step
    }
    let world = World::public().await;
    let authorization = in_a_handler(world.begin(world.ehr_start())).await;
    let query = format!("code=c&state={}", state(&authorization));
    let granted = in_a_handler(world.complete(&authorization, &query)).await.expect("a grant");
    assert!(in_a_handler(world.smart.refresh(&world.client, &granted.grant)).await.is_ok());
}
