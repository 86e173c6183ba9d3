//! A grant is given back (T8).

use access::Secret;
use serde_json::json;
use smart::{ClientAuth, RevokeError, Revoked, SigningKey, TokenError};

use crate::signer::es384_pem;
use crate::world::{World, well_known};

pub async fn with_revocation(auth: ClientAuth) -> World {
    let world = World::new(auth).await;
    let mut document = well_known(&world.ehr.root);
    document["revocation_endpoint"] = json!(format!("{}/revoke", world.ehr.root));
    world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
    world.ehr.answer("/revoke", 200, "text/plain", "");
    world
}

#[tokio::test]
async fn t8_the_refresh_token_is_given_back_in_each_way_to_say_who_we_are() {
    let key = SigningKey::from_pkcs8_pem(&es384_pem()).expect("a key");
    let secret = || Secret::new("s:e/c r+t%");
    for auth in [
        ClientAuth::Public,
        ClientAuth::SecretBasic(secret()),
        ClientAuth::SecretPost(secret()),
        ClientAuth::PrivateKeyJwt(key),
    ] {
        let world = with_revocation(auth.clone()).await;
        let grant = world.launch().await.expect("a grant").grant;
        assert_eq!(world.smart.revoke(&world.client, &grant).await, Ok(Revoked::Yes));
        let [request] = world.ehr.seen("/revoke").try_into().ok().expect("one request");
        assert_eq!(request.field("token"), ["refresh-canary"]);
        assert_eq!(request.field("token_type_hint"), ["refresh_token"]);
        let has_id = !request.field("client_id").is_empty();
        let has_secret = request.field("client_secret") == ["s:e/c r+t%"];
        let has_assertion = request.field("client_assertion").len() == 1;
        let has_header = request.headers.contains_key("authorization");
        let expected = match auth {
            ClientAuth::Public => (true, false, false, false),
            ClientAuth::SecretBasic(_) => (false, false, false, true),
            ClientAuth::SecretPost(_) => (true, true, false, false),
            ClientAuth::PrivateKeyJwt(_) => (false, false, true, false),
        };
        assert_eq!((has_id, has_secret, has_assertion, has_header), expected);
        let token_header = world.ehr.seen("/token")[0].headers.get("authorization").cloned();
        assert_eq!(request.headers.get("authorization"), token_header.as_ref());
    }
}

#[tokio::test]
async fn t8_without_a_refresh_token_the_access_token_is_given_back() {
    let world = with_revocation(ClientAuth::Public).await;
    let mut grant = world.launch().await.expect("a grant").grant;
    grant.refresh_token = None;
    assert_eq!(world.smart.revoke(&world.client, &grant).await, Ok(Revoked::Yes));
    assert_eq!(world.ehr.seen("/revoke")[0].field("token"), ["access-canary"]);
}

#[tokio::test]
async fn t8_a_source_that_takes_nothing_back_is_not_asked() {
    let world = World::public().await;
    let grant = world.launch().await.expect("a grant").grant;
    let before = world.ehr.all().len();
    assert_eq!(world.smart.revoke(&world.client, &grant).await, Ok(Revoked::NotOffered));
    assert_eq!(world.ehr.all().len(), before);
}

#[tokio::test]
async fn t8_a_refusal_is_told_without_a_token_in_it() {
    let world = with_revocation(ClientAuth::Public).await;
    let grant = world.launch().await.expect("a grant").grant;
    for status in [400, 503, 302] {
        world.ehr.answer("/revoke", status, "text/plain", "refresh-canary");
        let error = world.smart.revoke(&world.client, &grant).await.expect_err("a refusal");
        assert!(!format!("{error} {error:?}").contains("canary"));
        let expected = match error {
            RevokeError::Token(TokenError::Refused { .. }) => 400,
            RevokeError::Token(TokenError::Status { status, .. }) => status,
            RevokeError::Token(TokenError::NotAsked { .. }) => 302,
            other => panic!("{other}"),
        };
        assert_eq!(expected, status);
    }
}
