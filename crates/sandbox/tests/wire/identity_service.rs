//! The identity service beside the EHR: tokens that other services of the organisation verify by themselves.

use access::Secret;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::StatusCode;
use jsonwebtoken::{DecodingKey, Validation, jwk::Jwk};
use sandbox::people::UserKind;
use sandbox::{IdentityClient, IdentityConfig, PASSWORD};
use serde_json::{Value, json};

use crate::{
    house::{House, text, user},
    web::{Answer, Web},
};

async fn house() -> House {
    House::with(|ehr| {
        let client = IdentityClient {
            id: "chart".to_owned(),
            secret: Secret::new("shared"),
            scopes: vec!["system/CarePlan.rs".to_owned()],
        };
        ehr.identity =
            Some(IdentityConfig { audience: "accord".to_owned(), tenant: "valley".to_owned(), clients: vec![client] });
    })
    .await
}

async fn ask(house: &House, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("client_id", "chart"), ("client_secret", "shared")];
    for (name, value) in fields {
        all.retain(|(known, _)| known != name);
        all.push((name, value));
    }
    Web::default().post(&house.at("/identity/token"), &all).await
}

/// The claims of a token, verified by the published keys.
async fn claims(house: &House, answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let keys = Web::default().get(&house.at("/identity/jwks")).await.json();
    let key: Jwk = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    let token = text(&answer.json(), "access_token");
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!((&header["alg"], &header["kid"]), (&json!("ES384"), &keys["keys"][0]["kid"]));
    let mut validation = Validation::new(jsonwebtoken::Algorithm::ES384);
    validation.validate_exp = false;
    validation.set_audience(&["accord"]);
    jsonwebtoken::decode(&token, &DecodingKey::from_jwk(&key).unwrap(), &validation).unwrap().claims
}

#[tokio::test]
async fn a_program_gets_the_scopes_that_it_is_registered_with_for_five_minutes() {
    let house = house().await;
    let asked = [("grant_type", "client_credentials"), ("scope", "system/CarePlan.cruds system/Goal.r user/Task.r")];
    let answer = ask(&house, &asked).await;
    let claims = claims(&house, &answer).await;
    assert_eq!(claims["scope"], "system/CarePlan.rs");
    assert_eq!(
        (&claims["sub"], &claims["client_id"], &claims["tenant"]),
        (&json!("chart"), &json!("chart"), &json!("valley"))
    );
    assert_eq!(claims["iss"], house.at("/identity"));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 300);
    assert_eq!((claims.get("roles"), claims.get("patient")), (None, None));
}

#[tokio::test]
async fn a_user_gets_a_token_in_their_role_about_whom_they_may_open() {
    let house = house().await;
    let user = |kind| user("valley-ehr", kind);
    let of = async |name: &str, more: &[(&str, &str)]| {
        let mut fields = vec![("grant_type", "password"), ("username", name), ("password", PASSWORD)];
        fields.push(("scope", "openid user/*.cruds patient/*.rs system/*.rs"));
        fields.extend(more);
        ask(&house, &fields).await
    };
    let doctor = user(UserKind::Clinician);
    let everybody = claims(&house, &of(&doctor, &[]).await).await;
    assert_eq!((&everybody["roles"], &everybody["scope"]), (&json!(["clinician"]), &json!("openid user/*.cruds")));
    assert_eq!((&everybody["sub"], everybody.get("patient")), (&json!(doctor), None));
    let patient = house.patient();
    let one = claims(&house, &of(&doctor, &[("patient", &patient)]).await).await;
    assert_eq!((&one["patient"], &one["scope"]), (&json!(patient), &json!("openid user/*.cruds patient/*.rs")));
    let own = claims(&house, &of(&user(UserKind::Patient), &[]).await).await;
    assert_eq!(own["roles"], json!(["patient"]));
    assert!(own["patient"].is_string());
    let foreign = of(&user(UserKind::Patient), &[("patient", &house.other_patient())]).await;
    assert_eq!(
        (foreign.status, text(&foreign.json(), "error")),
        (StatusCode::BAD_REQUEST, "invalid_request".to_owned())
    );
}

#[tokio::test]
async fn what_is_wrong_is_refused_as_oauth_says_it() {
    let house = house().await;
    let program = [("grant_type", "client_credentials"), ("scope", "system/CarePlan.rs")];
    for (changed, error) in [
        (("client_secret", "wrong"), "invalid_client"),
        (("client_id", "nobody"), "invalid_client"),
        (("grant_type", "authorization_code"), "unsupported_grant_type"),
        (("scope", "system/Goal.rs"), "invalid_scope"),
        (("scope", "user/CarePlan.rs"), "invalid_scope"),
    ] {
        let mut fields = program.to_vec();
        fields.retain(|(name, _)| *name != changed.0);
        fields.push(changed);
        let answer = ask(&house, &fields).await;
        assert_eq!(text(&answer.json(), "error"), error, "{changed:?}");
    }
    let doctor = user("valley-ehr", UserKind::Clinician);
    for (name, password) in [(doctor.as_str(), "guess"), ("nobody", PASSWORD)] {
        let fields = [("grant_type", "password"), ("username", name), ("password", password), ("scope", "user/*.rs")];
        assert_eq!(text(&ask(&house, &fields).await.json(), "error"), "invalid_grant");
    }
}

#[tokio::test]
async fn an_ehr_without_an_identity_service_has_none_and_its_own_server_takes_no_token_of_one() {
    let plain = House::open().await;
    assert_eq!(Web::default().get(&plain.at("/identity/jwks")).await.status, StatusCode::NOT_FOUND);
    let house = house().await;
    let asked = [("grant_type", "client_credentials"), ("scope", "system/CarePlan.rs")];
    let token = text(&ask(&house, &asked).await.json(), "access_token");
    assert_eq!(house.fhir(&token, "/CarePlan").await.status, StatusCode::UNAUTHORIZED);
}
