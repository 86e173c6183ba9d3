use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde_json::Value;

use crate::{
    house::{House, SCOPES, rs256, text},
    web::Web,
};

/// Checks an id_token with the published keys only.
async fn verified(house: &House, token: &str, algorithm: Algorithm) -> Value {
    let keys: JwkSet = serde_json::from_str(&Web::default().get(&house.at("/auth/jwks")).await.body).unwrap();
    let header = jsonwebtoken::decode_header(token).unwrap();
    assert_eq!(header.alg, algorithm);
    let key = DecodingKey::from_jwk(keys.find(&header.kid.unwrap()).unwrap()).unwrap();
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.set_audience(&["app"]);
    validation.set_issuer(&[house.ehr().origin()]);
    jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap().claims
}

async fn check(house: &House, algorithm: Algorithm) {
    let tokens = house.tokens(SCOPES).await;
    let claims = verified(house, &text(&tokens, "id_token"), algorithm).await;
    let user = sandbox::people::users("valley-ehr").remove(0);
    assert_eq!(text(&claims, "sub"), user.id);
    assert_eq!(text(&claims, "name"), user.name);
    assert_eq!(text(&claims, "nonce"), "the-nonce");
    assert_eq!(text(&claims, "fhirUser"), format!("{}/{}", house.base(), user.fhir_user));
    let now = access::Clock::now(&*house.clock).as_second();
    assert_eq!(claims["iat"].as_i64(), Some(now));
    assert_eq!(claims["exp"].as_i64(), Some(now + 300));
}

#[tokio::test]
async fn an_id_token_signed_with_es384_is_verified_by_the_published_keys() {
    check(&House::open().await, Algorithm::ES384).await;
}

#[tokio::test]
async fn an_id_token_signed_with_rs256_is_verified_by_the_published_keys() {
    check(&House::with(rs256).await, Algorithm::RS256).await;
}

#[tokio::test]
async fn without_the_scope_openid_there_is_no_id_token() {
    let house = House::open().await;
    assert!(house.tokens("launch patient/*.rs").await.get("id_token").is_none());
}
