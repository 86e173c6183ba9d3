//! Identity tokens, sets of keys, and the claims behind a good signature.
//!
//! An input has three parts: a token, a set of keys, claims. The token is read with the keys of the input and with those
//! of the source; the claims are signed as the source would sign them.
//!
//! Law: the source's own keys accept only what the source signed; accepted claims are from the issuer, for this client, of
//! this time and this launch; a fault says nothing that the token said.

use std::sync::LazyLock;

use access::{Role, Secret};
use serde_json::{Map, Value};
use smart::{FhirUser, Identity, IdentityFault};

use super::Target;
use crate::mutation::BETWEEN_PARTS;
use crate::registration::{CLIENT, DISCOVERY, KEY, NONCE, now, signed};

pub const TARGET: Target = Target {
    name: "id_token",
    words: &[
        "iss",
        "https://ehr.example",
        "https://ehr.example/",
        "sub",
        "aud",
        "accord",
        "azp",
        "exp",
        "iat",
        "nonce",
        NONCE,
        "fhirUser",
        "profile",
        "Practitioner/17",
        "https://ehr.example/fhir/Patient/1/_history/2",
        "Device/1",
        "alg",
        "none",
        "HS256",
        "ES384",
        "RS256",
        "kid",
        "crit",
        "jku",
        "keys",
        "kty",
        "EC",
        "RSA",
        "crv",
        "P-384",
        "use",
        "enc",
        "1795000000",
        "eyJhbGciOiJub25lIn0",
        "e30",
    ],
    tries: 200,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let mut parts = text.splitn(3, BETWEEN_PARTS);
    let [token, keys, claims] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let said = [with_keys(token, keys), of_the_source(token), with_claims(claims)];
    let user = FhirUser::parse(token).or_else(|| FhirUser::parse(keys));
    assert!(user.is_none_or(|user| FhirUser::parse(&user.to_string()).is_some_and(|again| again.id == user.id)));
    said.join("; ")
}

/// A token and keys that belong together, or not.
fn with_keys(token: &str, keys: &str) -> String {
    verify(token, keys).map_or_else(|fault| fault.to_string(), |_| "verified".to_owned())
}

/// Whatever the token is, the source signed it or it is refused.
fn of_the_source(token: &str) -> String {
    static GENUINE: LazyLock<String> = LazyLock::new(|| {
        let claims = serde_json::json!({"iss": "https://ehr.example", "aud": "accord", "sub": "u-1", "nonce": NONCE,
            "iat": now().as_second(), "exp": now().as_second() + 300, "fhirUser": "Practitioner/17"});
        signed(claims.as_object().expect("an object")).expose().to_owned()
    });
    // The inputs cannot hold a signature and stay readable: this word stands for it.
    let token = token.replace("{genuine}", &GENUINE);
    let signed_part = |token: &str| token.rsplit_once('.').map(|(signed, _)| signed.to_owned());
    match verify(&token, &KEY.2) {
        Ok(_) => {
            assert_eq!(signed_part(&token), signed_part(&GENUINE), "a token that the source did not sign");
            "genuine".to_owned()
        }
        Err(fault) => fault.to_string(),
    }
}

/// Claims behind a good signature.
fn with_claims(claims: &str) -> String {
    let Ok(claims) = serde_json::from_str::<Map<String, Value>>(claims) else { return "no claims".to_owned() };
    match verify(signed(&claims).expose(), &KEY.2) {
        Ok(identity) => {
            lawful(&identity, &claims);
            let kind = identity.fhir_user.as_ref().map(|user| user.kind);
            format!("{kind:?}, named {}", identity.name.is_some())
        }
        Err(fault) => fault.to_string(),
    }
}

fn lawful(identity: &Identity, claims: &Map<String, Value>) {
    assert_eq!(identity.user.issuer, "https://ehr.example", "another issuer");
    assert!((1..=255).contains(&identity.user.subject.len()), "a subject that is none");
    let audience = &claims["aud"];
    assert!(audience == "accord" || audience.as_array().is_some_and(|list| list.contains(&"accord".into())));
    assert!(claims.get("azp").is_none_or(|party| party == "accord"), "made for another client");
    assert!(claims.get("nonce").is_none_or(|nonce| nonce.is_null() || nonce == NONCE), "made for another launch");
    let name = identity.name.as_deref().unwrap_or_default();
    assert!(name.chars().count() <= 200 && !name.contains(char::is_control), "a name that is none");
    let viewer = identity.viewer(Role::Patient);
    assert_eq!(viewer.is_some(), identity.fhir_user.is_some());
}

fn verify(token: &str, keys: &str) -> Result<Identity, IdentityFault> {
    Identity::verify(&Secret::new(token), keys.as_bytes(), &CLIENT, &DISCOVERY, &Secret::new(NONCE), now())
}
