//! A new access token (T5, T7).

use access::{Clock, Secret};
use serde_json::json;
use smart::{ClientAuth, Grant, RefreshError, TokenError};

use crate::world::World;

async fn granted() -> (World, Grant) {
    let world = World::new(ClientAuth::SecretBasic(Secret::new("word"))).await;
    let granted = world.launch().await.expect("a grant");
    world.clock.forward(jiff::SignedDuration::from_mins(10));
    (world, granted.grant)
}

#[tokio::test]
async fn t5_a_new_refresh_token_replaces_the_old_one() {
    let (world, grant) = granted().await;
    assert!(grant.is_stale(world.clock.now()));
    let answer = json!({"access_token": "second", "token_type": "bearer", "expires_in": 60, "refresh_token": "rotated", "scope": "patient/Goal.rs"});
    world.ehr.answer_json("/token", answer);
    let renewed = world.smart.refresh(&world.client, &grant).await.expect("a grant");
    assert_eq!(renewed.access_token.expose(), "second");
    assert_eq!(renewed.refresh_token.as_ref().map(Secret::expose), Some("rotated"));
    assert_eq!(renewed.patient.as_deref(), Some("pat-1"));
    assert_eq!(renewed.scopes.len(), 1);
    assert!(!renewed.is_stale(world.clock.now()));

    let seen = world.ehr.seen("/token");
    let request = seen.last().expect("a request");
    assert_eq!(request.field("grant_type"), ["refresh_token"]);
    assert_eq!(request.field("refresh_token"), ["refresh-canary"]);
    assert!(request.field("scope").is_empty());
    assert!(request.headers.contains_key("authorization"));
}

#[tokio::test]
async fn t5_without_a_new_refresh_token_the_old_one_and_its_scopes_stay() {
    let (world, grant) = granted().await;
    world.ehr.answer_json("/token", json!({"access_token": "second", "token_type": "bearer"}));
    let renewed = world.smart.refresh(&world.client, &grant).await.expect("a grant");
    assert_eq!(renewed.refresh_token, grant.refresh_token);
    assert_eq!(renewed.scopes, grant.scopes);
}

#[tokio::test]
async fn t7_a_grant_that_has_ended_is_told_apart_from_one_that_could_not_be_renewed_now() {
    let (mut world, grant) = granted().await;
    world.ehr.answer("/token", 400, "application/json", json!({"error": "invalid_grant"}));
    let ended = world.smart.refresh(&world.client, &grant).await;
    assert!(matches!(ended, Err(RefreshError::SignInExpired { .. })));

    world.ehr.answer("/token", 502, "text/html", "<h1>Bad Gateway</h1>");
    let failed = world.smart.refresh(&world.client, &grant).await;
    assert!(matches!(failed, Err(RefreshError::Failed(TokenError::Status { status: 502, .. }))));

    world.ehr.stop().await;
    let unreachable = world.smart.refresh(&world.client, &grant).await;
    assert!(matches!(unreachable, Err(RefreshError::Failed(TokenError::NotAsked { .. }))));
}

#[tokio::test]
async fn without_a_refresh_token_nothing_is_asked() {
    let (world, mut grant) = granted().await;
    grant.refresh_token = None;
    let before = world.ehr.all().len();
    assert!(matches!(world.smart.refresh(&world.client, &grant).await, Err(RefreshError::SignInExpired { .. })));
    assert_eq!(world.ehr.all().len(), before);
}

#[tokio::test]
async fn a_refresh_that_answers_for_another_patient_is_refused() {
    let (world, grant) = granted().await;
    world.ehr.answer_json("/token", json!({"access_token": "x", "token_type": "bearer", "patient": "pat-2"}));
    assert!(matches!(world.smart.refresh(&world.client, &grant).await, Err(RefreshError::OtherPatient { .. })));
}

#[tokio::test]
async fn t10_a_token_endpoint_that_is_no_longer_allowed_gets_no_refresh_token() {
    let (world, mut grant) = granted().await;
    let other = crate::ehr::Ehr::start().await;
    grant.token_endpoint = format!("{}/token", other.root).parse().expect("a URL");
    let refused = world.smart.refresh(&world.client, &grant).await;
    assert!(matches!(refused, Err(RefreshError::Failed(TokenError::ForeignEndpoint { .. }))));
    assert!(other.all().is_empty());
}
