//! What the browser carries to the source (checklist section 2).

use access::{LaunchId, Purpose, Secret, Sharing};
use smart::{BeginError, PENDING_LIFETIME, PendingLaunch, Start, Way};

use crate::world::{World, parameter, state, well_known};

#[tokio::test]
async fn l6_a_launch_from_the_ehr_carries_what_the_checklist_lists_and_nothing_else() {
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    let value = |name| parameter(&authorization, name);
    assert_eq!(authorization.way.url().path(), "/authorize");
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
async fn l2_issuer_and_handle_go_back_letter_by_letter_as_the_ehr_wrote_them() {
    let world = World::public().await;
    let iss = format!("{}/", world.client.fhir_base);
    let authorization = world.begin(Start::Ehr { iss: iss.clone(), launch: Secret::new("a+b/c==&?") }).await;
    assert_eq!(parameter(&authorization, "aud"), Some(iss));
    assert_eq!(parameter(&authorization, "launch").as_deref(), Some("a+b/c==&?"));
}

#[tokio::test]
async fn l6_a_standalone_launch_has_no_launch_handle_and_asks_for_a_patient() {
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
async fn q3_the_first_generation_of_scopes_is_asked_for_where_the_second_is_not_offered() {
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
async fn l4_state_verifier_nonce_and_browser_secret_are_fresh_each_time() {
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
async fn d7_of_many_launches_at_once_one_asks_and_what_was_found_holds_an_hour() {
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
    assert!(in_a_handler(world.smart.revoke(&world.client, &granted.grant)).await.is_ok());
    assert!(in_a_handler(world.smart.backend_token(&world.client)).await.is_err());
    assert!(in_a_handler(world.smart.brands(&world.client)).await.is_err());
}

#[tokio::test]
async fn d5_a_challenge_is_sent_although_none_is_listed() {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document.as_object_mut().expect("an object").remove("code_challenge_methods_supported");
    world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
    let authorization = world.begin(world.ehr_start()).await;
    assert_eq!(parameter(&authorization, "code_challenge_method").as_deref(), Some("S256"));
    assert!(parameter(&authorization, "code_challenge").is_some_and(|challenge| challenge.len() == 43));
}

/// A source that takes the request by POST as well, and whose endpoint has a parameter of its own.
async fn takes_post() -> World {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["capabilities"] = serde_json::json!(["launch-ehr", "permission-v2", "authorize-post"]);
    document["authorization_endpoint"] = serde_json::json!(format!("{}/authorize?realm=valley", world.ehr.root));
    world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
    world
}

fn with_handle(world: &World, length: usize) -> Start {
    Start::Ehr { iss: world.client.fhir_base.to_string(), launch: Secret::new("x".repeat(length)) }
}

#[tokio::test]
async fn l5_a_request_that_is_too_long_for_an_address_goes_by_post_where_the_source_takes_it() {
    let world = takes_post().await;
    let authorization = world.begin(with_handle(&world, 3000)).await;
    let Way::Post { url, fields } = &authorization.way else { panic!("{authorization:?}") };
    assert_eq!(url.as_str(), format!("{}/authorize?realm=valley", world.ehr.root));
    assert!(fields.iter().all(|(name, _)| name != "realm"));
    for name in ["response_type", "client_id", "redirect_uri", "launch", "scope", "state", "aud", "code_challenge"] {
        assert_eq!(fields.iter().filter(|(known, _)| known == name).count(), 1, "{name}");
    }
    assert_eq!(parameter(&authorization, "launch").map(|launch| launch.len()), Some(3000));
    let shown = format!("{authorization:?}");
    assert!(!shown.contains("xxx") && !shown.contains(&state(&authorization)), "{shown}");
}

#[tokio::test]
async fn l5_a_request_goes_by_get_where_it_is_short_or_post_is_not_offered() {
    let world = takes_post().await;
    let authorization = world.begin(with_handle(&world, 10)).await;
    assert!(matches!(&authorization.way, Way::Redirect(url) if url.as_str().len() <= 2000));
    assert_eq!(parameter(&authorization, "realm").as_deref(), Some("valley"));
    let silent = World::public().await;
    let long = silent.begin(with_handle(&silent, 8000)).await;
    assert!(matches!(&long.way, Way::Redirect(url) if url.as_str().len() > 8000));
}

#[tokio::test]
async fn t6_lasting_access_is_asked_for_only_by_a_start_that_says_so() {
    let mut world = World::public().await;
    world.client.extra_scopes.push("offline_access".to_owned());
    for (start, lasting) in [
        (world.ehr_start(), false),
        (Start::Standalone { login_hint: None }, false),
        (Start::Standing { login_hint: None, sharing: sharing() }, true),
    ] {
        let authorization = world.begin(start).await;
        let scope = parameter(&authorization, "scope").expect("scopes");
        assert_eq!(scope.contains("offline_access"), lasting, "{scope}");
    }
}

#[tokio::test]
async fn what_was_agreed_to_waits_with_the_launch_and_is_never_in_the_address() {
    let world = World::public().await;
    for (start, agreed) in [
        (Start::Standing { login_hint: None, sharing: sharing() }, Some(sharing())),
        (Start::Standalone { login_hint: None }, None),
    ] {
        let authorization = world.begin(start).await;
        assert_eq!(
            PendingLaunch::from_bytes(&authorization.pending.to_bytes()).map(|pending| pending.sharing),
            Ok(agreed)
        );
        let Way::Redirect(url) = &authorization.way else { panic!("by redirect") };
        assert!(!url.as_str().contains("care-team"), "{url}");
    }
}

fn sharing() -> Sharing {
    Sharing { purpose: Purpose::CareTeam, until: "2027-01-01T00:00:00Z".parse().ok() }
}
