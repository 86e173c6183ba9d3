//! Identity tokens, right and wrong (C2, C3, S17).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde_json::{Value, json};
use smart::{Authorization, CallbackError, Granted, IdentityError, IdentityFault};

use crate::signer::Signer;
use crate::world::{World, state, token_answer};

/// Begins a launch, lets the token endpoint answer with this identity token, and completes it.
async fn complete_with(world: &World, token: impl Fn(&Authorization) -> String) -> Result<Granted, CallbackError> {
    let authorization = world.begin(world.ehr_start()).await;
    let mut answer = token_answer();
    answer["id_token"] = json!(token(&authorization));
    world.ehr.answer_json("/token", answer);
    world.complete(&authorization, &format!("code=c&state={}", state(&authorization))).await
}

/// The same with some claims other; `null` takes a claim out.
async fn complete_with_claims(changes: Value) -> Result<Granted, CallbackError> {
    let world = World::public().await;
    complete_with(&world, |authorization| {
        let mut claims = world.claims(authorization);
        for (claim, value) in changes.as_object().expect("an object") {
            match value {
                Value::Null => claims.as_object_mut().expect("an object").remove(claim),
                value => claims.as_object_mut().expect("an object").insert(claim.clone(), value.clone()),
            };
        }
        world.signer.sign(&claims)
    })
    .await
}

#[track_caller]
fn assert_fault(result: Result<Granted, CallbackError>, expected: IdentityFault) {
    match result {
        Err(CallbackError::Identity(IdentityError::Refused { fault, .. })) => assert_eq!(fault, expected),
        other => panic!("expected {expected}, got {other:?}"),
    }
}

#[tokio::test]
async fn c2_each_of_the_four_algorithms_is_verified() {
    for signer in [Signer::es256(), Signer::es384(), Signer::rs256(), Signer::rs384()] {
        let world = World::public().await;
        world.ehr.answer_json("/jwks", json!({"keys": [{"kty": "unknown"}, signer.public]}));
        let granted = complete_with(&world, |authorization| signer.sign(&world.claims(authorization))).await;
        assert!(granted.expect("a grant").identity.is_some(), "{:?}", signer.algorithm);
    }
}

#[tokio::test]
async fn c2_s17_an_unsigned_token_is_refused() {
    let world = World::public().await;
    for algorithm in ["none", "None", ""] {
        let result = complete_with(&world, |authorization| {
            let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
            format!("{}.{}.", part(json!({"alg": algorithm})), part(world.claims(authorization)))
        });
        assert_fault(result.await, IdentityFault::Algorithm);
    }
}

#[tokio::test]
async fn c2_s17_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() {
    let world = World::public().await;
    let secret = jsonwebtoken::EncodingKey::from_secret(world.signer.public.to_string().as_bytes());
    let result = complete_with(&world, |authorization| {
        let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
        header.kid = Some(world.signer.kid.clone());
        jsonwebtoken::encode(&header, &world.claims(authorization), &secret).expect("a token")
    });
    assert_fault(result.await, IdentityFault::Algorithm);
}

#[tokio::test]
async fn c2_s17_an_algorithm_that_is_not_the_one_of_the_key_is_refused() {
    let world = World::public().await;
    // The key is published for RS256 and the token is signed with it by RS384.
    world.ehr.answer_json("/jwks", json!({"keys": [Signer::rs256().public]}));
    let signer = Signer::rs384();
    let result = complete_with(&world, |authorization| signer.sign(&world.claims(authorization)));
    assert_fault(result.await, IdentityFault::UnknownKey);
}

#[tokio::test]
async fn c2_a_changed_token_is_refused() {
    let world = World::public().await;
    let result = complete_with(&world, |authorization| {
        let token = world.signer.sign(&world.claims(authorization));
        let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
        let mut claims = world.claims(authorization);
        claims["sub"] = json!("somebody else");
        parts[1] = URL_SAFE_NO_PAD.encode(claims.to_string());
        parts.join(".")
    });
    assert_fault(result.await, IdentityFault::Signature);
}

#[tokio::test]
async fn c2_s17_a_token_of_another_key_with_the_same_name_is_refused() {
    let world = World::public().await;
    let mut public = Signer::es256().public;
    public["kid"] = json!("shared name");
    world.ehr.answer_json("/jwks", json!({"keys": [public]}));
    let (_, other) = (Signer::es256(), Signer::es384());
    let result =
        complete_with(&world, |authorization| other.sign_as(Some("shared name"), &world.claims(authorization)));
    assert_fault(result.await, IdentityFault::UnknownKey);
}

#[tokio::test]
async fn what_is_no_token_at_all_is_refused() {
    let world = World::public().await;
    for (token, fault) in [
        ("canary", IdentityFault::Malformed),
        ("a.b.c", IdentityFault::Malformed),
        ("..", IdentityFault::Malformed),
        ("bnVsbA.e30.", IdentityFault::Malformed),
    ] {
        assert_fault(complete_with(&world, |_| token.to_owned()).await, fault);
    }
}

#[tokio::test]
async fn c2_audience_and_party_must_be_us() {
    for changes in [
        json!({"aud": "another client"}),
        json!({"aud": ["another client"]}),
        json!({"aud": null}),
        json!({"aud": 7}),
        json!({"aud": []}),
        json!({"aud": ["accord app", "another client"]}),
        json!({"aud": ["accord app", "another client"], "azp": "another client"}),
        json!({"azp": "another client"}),
    ] {
        assert_fault(complete_with_claims(changes).await, IdentityFault::Audience);
    }
    for changes in [json!({"aud": ["accord app"]}), json!({"aud": ["accord app", "x"], "azp": "accord app"})] {
        assert!(complete_with_claims(changes).await.is_ok());
    }
}

#[tokio::test]
async fn c2_the_issuer_must_be_the_one_of_discovery() {
    for issuer in [json!("https://evil.test"), json!(null), json!(["x"]), json!("")] {
        assert_fault(complete_with_claims(json!({"iss": issuer})).await, IdentityFault::Issuer);
    }
}

#[tokio::test]
async fn c2_a_nonce_that_is_repeated_must_be_ours_and_may_be_left_out() {
    assert_fault(complete_with_claims(json!({"nonce": "another"})).await, IdentityFault::Nonce);
    assert_fault(complete_with_claims(json!({"nonce": 7})).await, IdentityFault::Nonce);
    assert!(complete_with_claims(json!({"nonce": null})).await.is_ok());
}

#[tokio::test]
async fn c2_times_are_checked_by_the_clock_that_was_handed_in_with_a_minute_of_tolerance() {
    let noon = "2026-11-21T12:00:00Z".parse::<jiff::Timestamp>().expect("a time").as_second();
    for changes in [
        json!({"exp": noon - 60}),
        json!({"exp": null}),
        json!({"exp": "soon"}),
        json!({"iat": noon + 61}),
        json!({"iat": null}),
        json!({"exp": noon + 61, "iat": noon + 10_000}),
    ] {
        assert_fault(complete_with_claims(changes).await, IdentityFault::Time);
    }
    for changes in [json!({"exp": noon - 59}), json!({"iat": noon + 60}), json!({"exp": noon as f64 + 10.5})] {
        assert!(complete_with_claims(changes.clone()).await.is_ok(), "{changes}");
    }
}

#[tokio::test]
async fn c2_c4_a_subject_must_be_there_and_not_too_long() {
    for subject in [json!(null), json!(""), json!(7), json!("x".repeat(256))] {
        assert_fault(complete_with_claims(json!({"sub": subject})).await, IdentityFault::Subject);
    }
    assert!(complete_with_claims(json!({"sub": "x".repeat(255)})).await.is_ok());
}

#[tokio::test]
async fn c3_the_users_resource_is_also_read_from_profile() {
    let granted = complete_with_claims(json!({"fhirUser": null, "profile": "Patient/7"})).await.expect("a grant");
    let fhir_user = granted.identity.and_then(|identity| identity.fhir_user);
    assert_eq!(fhir_user.map(|user| user.to_string()).as_deref(), Some("Patient/7"));
    let unknown =
        complete_with_claims(json!({"fhirUser": "Device/7", "profile": "https://me.test/"})).await.expect("a grant");
    assert_eq!(unknown.identity.and_then(|identity| identity.fhir_user), None);
}

#[tokio::test]
async fn c2_a_token_without_the_name_of_its_key_is_taken_only_where_there_is_one_key() {
    let world = World::public().await;
    let sign = |authorization: &Authorization| world.signer.sign_as(None, &world.claims(authorization));
    assert!(complete_with(&world, sign).await.is_ok());

    let world = World::public().await;
    world.ehr.answer_json("/jwks", json!({"keys": [world.signer.public, Signer::rs384().public]}));
    let sign = |authorization: &Authorization| world.signer.sign_as(None, &world.claims(authorization));
    assert_fault(complete_with(&world, sign).await, IdentityFault::UnknownKey);
}

#[tokio::test]
async fn c2_a_new_key_is_fetched_but_not_more_often_than_in_five_minutes() {
    let world = World::public().await;
    let new = Signer::rs384();
    let old = |authorization: &Authorization| world.signer.sign(&world.claims(authorization));
    let rotated = |authorization: &Authorization| new.sign(&world.claims(authorization));
    assert!(complete_with(&world, old).await.is_ok());
    assert!(complete_with(&world, old).await.is_ok());
    assert_eq!(world.ehr.seen("/jwks").len(), 1);

    world.ehr.answer_json("/jwks", json!({"keys": [world.signer.public, new.public]}));
    assert_fault(complete_with(&world, rotated).await, IdentityFault::UnknownKey);
    assert_eq!(world.ehr.seen("/jwks").len(), 1);
    world.clock.forward(SignedDuration::from_mins(5));
    assert!(complete_with(&world, rotated).await.is_ok());
    assert_eq!(world.ehr.seen("/jwks").len(), 2);
}

#[tokio::test]
async fn c2_s17_keys_are_taken_only_from_the_issuers_own_configuration_at_an_allowed_origin() {
    let keys_refused = |document: Value| async move {
        let world = World::public().await;
        world.ehr.answer_json("/.well-known/openid-configuration", document);
        let sign = |authorization: &Authorization| world.signer.sign(&world.claims(authorization));
        matches!(complete_with(&world, sign).await, Err(CallbackError::Identity(IdentityError::Keys { .. })))
    };
    assert!(keys_refused(json!({"issuer": "https://evil.test", "jwks_uri": "https://evil.test/jwks"})).await);
    assert!(keys_refused(json!({})).await);
    assert!(keys_refused(json!([])).await);

    let world = World::public().await;
    let elsewhere = json!({"issuer": world.ehr.root, "jwks_uri": "https://evil.test/jwks"});
    world.ehr.answer_json("/.well-known/openid-configuration", elsewhere);
    let sign = |authorization: &Authorization| world.signer.sign(&world.claims(authorization));
    assert!(matches!(complete_with(&world, sign).await, Err(CallbackError::Identity(IdentityError::Keys { .. }))));
}

#[tokio::test]
async fn a_source_without_the_second_document_names_its_keys_in_the_first() {
    let world = World::public().await;
    world.ehr.forget("/.well-known/openid-configuration");
    let sign = |authorization: &Authorization| world.signer.sign(&world.claims(authorization));
    assert!(complete_with(&world, sign).await.is_ok());
}

#[tokio::test]
async fn s17_keys_and_addresses_in_the_header_are_never_looked_at() {
    let world = World::public().await;
    let forger = Signer::es256();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    for more in [
        json!({"jwk": forger.public}),
        json!({"jku": format!("{}/evil-jwks", world.ehr.root), "x5u": format!("{}/evil-cert", world.ehr.root)}),
        json!({"kid": "../../../../dev/null"}),
        json!({"kid": "' OR 1=1 --"}),
        json!({"kid": ["the only key"]}),
        json!({"crit": ["jku"]}),
    ] {
        let result = complete_with(&world, |authorization| {
            // Signed by the forger's own key, with a header that points to it.
            let signed = forger.sign(&world.claims(authorization));
            let mut header = json!({"alg": "ES256", "typ": "JWT", "kid": "the only key"});
            header.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            format!("{}.{}", part(&header), signed.split_once('.').expect("a token").1)
        });
        let refused = result.await;
        assert!(matches!(refused, Err(CallbackError::Identity(IdentityError::Refused { .. }))), "{more}");
    }
    assert!(world.ehr.all().iter().all(|seen| !seen.path.contains("evil")));
}

#[tokio::test]
async fn c4_the_user_is_issuer_and_subject_and_nothing_else() {
    let one = complete_with_claims(json!({"email": "a@example.org", "name": "A"})).await.expect("a grant");
    let other =
        complete_with_claims(json!({"email": "a@example.org", "name": "A", "sub": "another"})).await.expect("a grant");
    let subject = |granted: Granted| granted.identity.expect("an identity").user.subject;
    assert_ne!(subject(one), subject(other));
}
