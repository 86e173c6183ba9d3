//! What arrives at the token endpoint, for each way to say who we are (T1, T3).

use access::{Clock, Secret};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use smart::{ClientAuth, SigningKey};

use crate::ehr::Seen;
use crate::signer::{RSA_PEM, es384_pem};
use crate::world::{World, parameter, state};

/// Launches once and returns the world and the token request.
async fn token_request(auth: ClientAuth) -> (World, Seen) {
    let world = World::new(auth).await;
    let authorization = world.begin(world.ehr_start()).await;
    let query = format!("state={}&code=code%2Bcanary", state(&authorization));
    world.complete(&authorization, &query).await.expect("a grant");

    let seen = world.ehr.seen("/token");
    let [request] = seen.as_slice() else { panic!("{} token requests", seen.len()) };
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.headers["accept"], "application/json");
    assert_eq!(request.field("grant_type"), ["authorization_code"]);
    assert_eq!(request.field("code"), ["code+canary"]);
    assert_eq!(request.field("redirect_uri"), [world.client.redirect_uri.as_str()]);
    assert_eq!(parameter(&authorization, "redirect_uri").as_deref(), Some(world.client.redirect_uri.as_str()));
    let [verifier] = request.field("code_verifier").try_into().expect("one verifier");
    assert!((43..=128).contains(&verifier.len()));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    assert_eq!(parameter(&authorization, "code_challenge"), Some(challenge));
    let request = request.clone();
    (world, request)
}

#[tokio::test]
async fn t1_t3_a_public_client_says_its_id_in_the_body() {
    let (_, request) = token_request(ClientAuth::Public).await;
    assert_eq!(request.field("client_id"), ["accord app"]);
    assert!(request.field("client_secret").is_empty() && request.field("client_assertion").is_empty());
    assert!(!request.headers.contains_key("authorization"));
}

#[tokio::test]
async fn t1_t3_client_secret_basic_stands_in_the_header_form_encoded_and_not_in_the_body() {
    let (_, request) = token_request(ClientAuth::SecretBasic(Secret::new("s:e/c r+t%"))).await;
    let header = request.headers["authorization"].to_str().expect("text");
    let decoded = STANDARD.decode(header.strip_prefix("Basic ").expect("Basic")).expect("base64");
    assert_eq!(String::from_utf8(decoded).expect("text"), "accord+app:s%3Ae%2Fc+r%2Bt%25");
    assert!(request.field("client_id").is_empty() && request.field("client_secret").is_empty());
}

#[tokio::test]
async fn t3_client_secret_post_stands_in_the_body_and_not_in_a_header() {
    let (_, request) = token_request(ClientAuth::SecretPost(Secret::new("s&e=c"))).await;
    assert_eq!(request.field("client_id"), ["accord app"]);
    assert_eq!(request.field("client_secret"), ["s&e=c"]);
    assert!(!request.headers.contains_key("authorization"));
}

#[tokio::test]
async fn t1_t3_private_key_jwt_with_es384_is_signed_and_leaves_the_client_id_out() {
    check_assertion(&es384_pem(), Algorithm::ES384).await;
}

#[tokio::test]
async fn t1_t3_private_key_jwt_with_rs384_is_signed_and_leaves_the_client_id_out() {
    check_assertion(&RSA_PEM, Algorithm::RS384).await;
}

async fn check_assertion(pem: &str, algorithm: Algorithm) {
    let key = SigningKey::from_pkcs8_pem(pem).expect("a key");
    let (world, request) = token_request(ClientAuth::PrivateKeyJwt(key.clone())).await;
    assert!(request.field("client_id").is_empty() && request.field("client_secret").is_empty());
    assert!(!request.headers.contains_key("authorization"));
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    assert_eq!(request.field("client_assertion_type"), [kind]);
    let [assertion] = request.field("client_assertion").try_into().expect("one assertion");

    let published: Jwk =
        serde_json::from_value(smart::jwks(std::slice::from_ref(&key))["keys"][0].clone()).expect("a key");
    let mut validation = Validation::new(algorithm);
    (validation.validate_exp, validation.validate_aud) = (false, false);
    let public = DecodingKey::from_jwk(&published).expect("a key");
    let token = jsonwebtoken::decode::<Value>(&assertion, &public, &validation).expect("a good signature");
    assert_eq!(token.header.typ.as_deref(), Some("JWT"));
    assert_eq!(token.header.kid.as_deref(), Some(key.kid()));
    assert_eq!(published.common.key_id.as_deref(), Some(key.kid()));

    let claims = token.claims;
    assert_eq!(claims["iss"], "accord app");
    assert_eq!(claims["sub"], "accord app");
    assert_eq!(claims["aud"], json!(format!("{}/token", world.ehr.root)));
    let now = world.clock.now().as_second();
    let ends = claims["exp"].as_i64().expect("a time");
    assert!((now + 1..=now + 300).contains(&ends));
    assert!(claims["jti"].as_str().expect("a text").len() >= 22);
}

#[tokio::test]
async fn t3_each_assertion_has_its_own_jti() {
    let key = SigningKey::from_pkcs8_pem(&es384_pem()).expect("a key");
    let world = World::new(ClientAuth::PrivateKeyJwt(key)).await;
    world.launch().await.expect("a grant");
    world.launch().await.expect("a grant");
    let assertions: Vec<_> = world.ehr.seen("/token").iter().flat_map(|seen| seen.field("client_assertion")).collect();
    let claims = |text: &str| text.split('.').nth(1).map(|part| URL_SAFE_NO_PAD.decode(part).expect("base64"));
    let jti =
        |text: &str| serde_json::from_slice::<Value>(&claims(text).expect("claims")).expect("JSON")["jti"].clone();
    assert_eq!(assertions.len(), 2);
    assert_ne!(jti(&assertions[0]), jti(&assertions[1]));
}

#[test]
fn t3_published_keys_hold_no_private_member() {
    let keys = [es384_pem(), RSA_PEM.clone()].map(|pem| SigningKey::from_pkcs8_pem(&pem).expect("a key"));
    let set = smart::jwks(&[keys[0].clone(), keys[1].clone(), keys[0].clone()]);
    let keys = set["keys"].as_array().expect("keys");
    assert_eq!(keys.len(), 2);
    for key in keys {
        for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert!(key.get(member).is_none(), "{member}");
        }
        assert!(key["kid"].is_string() && key["alg"].is_string() && key["use"] == "sig");
    }
}

#[tokio::test]
async fn t3_the_next_and_the_last_key_are_published_beside_the_one_that_signs() {
    let [now, next, last] = [b"now".as_slice(), b"next", b"last"].map(|seed| {
        let pem = SigningKey::generate_es384_pem(&crate::world::Repeating::new(seed));
        SigningKey::from_pkcs8_pem(pem.expose()).expect("a key")
    });
    let mut world = World::new(ClientAuth::PrivateKeyJwt(now.clone())).await;
    world.client.other_keys = vec![next.clone(), last.clone()];
    world.launch().await.expect("a grant");
    let kid = |text: &str| {
        let header = URL_SAFE_NO_PAD.decode(text.split('.').next().expect("a header")).expect("base64");
        serde_json::from_slice::<Value>(&header).expect("JSON")["kid"].clone()
    };
    assert_eq!(kid(&world.ehr.seen("/token")[0].field("client_assertion")[0]), now.kid());
    let set = smart::jwks(&world.client.published_keys());
    let kids: Vec<_> = set["keys"].as_array().expect("keys").iter().map(|key| key["kid"].clone()).collect();
    assert_eq!(kids, [now.kid(), next.kid(), last.kid()]);

    // The next key becomes the one that signs; the source has known it since before.
    world.client.auth = ClientAuth::PrivateKeyJwt(next.clone());
    world.client.other_keys = vec![now];
    world.launch().await.expect("a grant");
    let seen = world.ehr.seen("/token");
    assert_eq!(kid(&seen[1].field("client_assertion")[0]), next.kid());
    assert!(kids.contains(&json!(next.kid())));
    world.client.auth = ClientAuth::Public;
    assert!(world.client.published_keys().is_empty());
}

#[test]
fn what_is_no_key_is_refused() {
    for text in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "canary"] {
        assert_eq!(SigningKey::from_pkcs8_pem(text).err(), Some(smart::KeyError::NotReadable));
    }
}
