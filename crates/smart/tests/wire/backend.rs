//! Tokens without a user (T4).

use jiff::SignedDuration;
use serde_json::json;
use smart::{BackendError, ClientAuth, SigningKey, TokenError, TokenRefusal};

use crate::signer::es384_pem;
use crate::world::World;

async fn world() -> World {
    let key = SigningKey::from_pkcs8_pem(&es384_pem()).expect("a key");
    let world = World::new(ClientAuth::PrivateKeyJwt(key)).await;
    let answer = json!({"access_token": "backend-canary", "token_type": "bearer", "expires_in": 3600,
        "scope": "system/Goal.rs", "refresh_token": "not wanted", "patient": "pat-9"});
    world.ehr.answer_json("/token", answer);
    world
}

#[tokio::test]
async fn t4_a_backend_token_is_asked_for_by_assertion_with_system_scopes() {
    let world = world().await;
    let grant = world.smart.backend_token(&world.client).await.expect("a token");
    let [request] = world.ehr.seen("/token").try_into().ok().expect("one request");
    assert_eq!(request.field("grant_type"), ["client_credentials"]);
    assert!(request.field("client_id").is_empty() && request.field("client_assertion").len() == 1);
    let [scope] = request.field("scope").try_into().expect("scopes");
    assert!(scope.split(' ').all(|scope| scope.starts_with("system/")), "{scope}");
    assert!(scope.contains("system/Goal.rs ") && !scope.contains('*'), "{scope}");
    assert_eq!((grant.access_token.expose(), grant.refresh_token, grant.patient), ("backend-canary", None, None));
}

#[tokio::test]
async fn t4_a_backend_token_is_used_for_five_minutes_at_most_and_asked_for_anew() {
    let world = world().await;
    let grant = world.smart.backend_token(&world.client).await.expect("a token");
    assert_eq!(grant.expires, "2026-11-21T12:05:00Z".parse().expect("a time"));
    tokio::join!(async { world.smart.backend_token(&world.client).await.expect("a token") }, async {
        world.smart.backend_token(&world.client).await.expect("a token")
    });
    assert_eq!(world.ehr.seen("/token").len(), 1);
    world.clock.forward(SignedDuration::from_secs(280));
    world.smart.backend_token(&world.client).await.expect("a token");
    assert_eq!(world.ehr.seen("/token").len(), 2);
    world.smart.forget_backend_token(&world.client).await;
    world.smart.backend_token(&world.client).await.expect("a token");
    let assertions: Vec<_> = world.ehr.seen("/token").iter().flat_map(|seen| seen.field("client_assertion")).collect();
    assert_eq!(assertions.len(), 3);
    assert!(assertions[0] != assertions[1] && assertions[1] != assertions[2]);
    assert!(world.ehr.seen("/token").iter().all(|seen| seen.field("refresh_token").is_empty()));
}

#[tokio::test]
async fn t4_without_a_key_nothing_is_asked_and_a_refusal_is_told() {
    let public = World::public().await;
    assert!(matches!(public.smart.backend_token(&public.client).await, Err(BackendError::NoKey { .. })));
    assert!(public.ehr.all().is_empty());
    let world = world().await;
    world.ehr.answer("/token", 400, "application/json", json!({"error": "invalid_scope"}));
    let refused = world.smart.backend_token(&world.client).await;
    let expected = TokenRefusal::InvalidScope;
    assert!(matches!(refused, Err(BackendError::Token(TokenError::Refused { refusal, .. })) if refusal == expected));
}
