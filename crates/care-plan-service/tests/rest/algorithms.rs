//! How a token may be signed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::world::issuer::public_rsa;
use crate::world::{Ask, World};

async fn with_rsa() -> World {
    let world = World::new().await;
    *world.issuer.has_rsa.lock().unwrap() = true;
    world
}

#[tokio::test]
async fn rs256_and_ps256_and_both_curves_are_taken() {
    let world = with_rsa().await;
    let (issuer, claims) = (&world.issuer, world.issuer.claims());
    let by_rsa = |algorithm| issuer.sign_rsa(algorithm, &claims);
    let signed = [by_rsa(Algorithm::RS256), by_rsa(Algorithm::PS256), issuer.sign(&claims), issuer.sign_384(&claims)];
    for token in signed {
        world.send(Ask::get("").by(&token)).await.must(200);
    }
    for other in [Algorithm::RS384, Algorithm::RS512, Algorithm::PS384, Algorithm::PS512] {
        world.send(Ask::get("").by(&by_rsa(other))).await.refused(401, "UNAUTHENTICATED");
    }
}

/// A token with any header, and any bytes as its signature.
fn forged(header: &Value, claims: &Value, signature: &[u8]) -> String {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    format!("{}.{}.{}", part(header.to_string().as_bytes()), part(claims.to_string().as_bytes()), part(signature))
}

#[tokio::test]
async fn a_token_that_nobody_signed_or_that_is_signed_with_what_everybody_knows_is_refused() {
    let world = with_rsa().await;
    let claims = world.issuer.claims();
    let mut tokens = Vec::new();
    // Nobody signed it, however that is spelled.
    for none in ["none", "None", "NONE", "nOnE", ""] {
        tokens.push(forged(&json!({ "alg": none, "kid": "rsa" }), &claims, b""));
    }
    // The public key is everybody's: as a shared secret it proves nothing.
    let public = public_rsa();
    let modulus = URL_SAFE_NO_PAD.decode(public["n"].as_str().unwrap()).unwrap();
    for secret in [modulus, public.to_string().into_bytes(), Vec::new()] {
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            let header = Header { kid: Some("rsa".to_owned()), ..Header::new(algorithm) };
            tokens.push(jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap());
        }
    }
    // A key that the token brings along, or says where to fetch, is the sender's own.
    let good = world.issuer.sign(&claims);
    let signature = URL_SAFE_NO_PAD.decode(good.rsplit('.').next().unwrap()).unwrap();
    for more in [json!({ "jwk": public }), json!({ "jku": "https://evil.test/keys" }), json!({ "crit": ["exp"] })] {
        let mut header = json!({ "alg": "ES256", "kid": "7" });
        header.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        tokens.push(forged(&header, &claims, &signature));
    }
    // The name of a key of another kind.
    tokens.push(forged(&json!({ "alg": "ES256", "kid": "rsa" }), &claims, &signature));
    tokens.push(forged(&json!({ "alg": "RS256", "kid": "7" }), &claims, &signature));
    for token in tokens {
        let got = world.send(Ask::get("").by(&token)).await.refused(401, "UNAUTHENTICATED");
        assert_eq!(got.header("www-authenticate"), "Bearer error=\"invalid_token\"", "{token}");
    }
}
