//! Backend Services: tokens without a user.

use http::StatusCode;
use sandbox::{AuthMethod, ClientConfig};
use serde_json::{Value, json};

use crate::{
    house::{House, launched, text},
    key::{ASSERTION_TYPE, Key, claims},
    web::{Answer, Web},
};

/// The EHR with the client `signed`, registered for Backend Services with these scopes.
async fn registered(key: &Key, scopes: &[&str]) -> House {
    House::with(|ehr| {
        ehr.clients.push(ClientConfig {
            jwks: Some(key.public.clone()),
            system_scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            ..launched("signed", AuthMethod::PrivateKeyJwt)
        });
    })
    .await
}

async fn ask(house: &House, key: &Key, jti: &str, scope: &str) -> Answer {
    let assertion = key.sign(Some("k1"), &claims(house, jti, &[]));
    let mut fields = vec![("grant_type", "client_credentials"), ("client_assertion_type", ASSERTION_TYPE)];
    fields.push(("client_assertion", &assertion));
    if !scope.is_empty() {
        fields.push(("scope", scope));
    }
    Web::default().post(&house.at("/auth/token"), &fields).await
}

fn error(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
    text(&answer.json(), "error")
}

#[tokio::test]
async fn a_registered_client_reads_anybodys_record_within_its_scopes_for_five_minutes() {
    let key = Key::es384(7);
    let house = registered(&key, &["system/Patient.rs", "system/Goal.rs"]).await;
    let token = ask(&house, &key, "one", "system/Patient.rs system/Goal.cruds system/Task.rs").await.json();
    assert_eq!(text(&token, "scope"), "system/Patient.rs system/Goal.rs");
    assert_eq!(token["expires_in"], 300);
    for absent in ["refresh_token", "id_token", "patient", "need_patient_banner"] {
        assert_eq!(token.get(absent), None, "{absent}");
    }
    let access = text(&token, "access_token");
    for person in [house.patient(), house.other_patient()] {
        assert_eq!(house.fhir(&access, &format!("/Patient/{person}")).await.status, StatusCode::OK);
        let goals = house.fhir(&access, &format!("/Goal?patient={person}")).await;
        assert_eq!(goals.status, StatusCode::OK, "{}", goals.body);
        let tasks = house.fhir(&access, &format!("/Task?patient={person}")).await;
        assert_eq!(tasks.status, StatusCode::FORBIDDEN, "{}", tasks.body);
    }
    let all = house.fhir(&access, "/Goal").await;
    assert_eq!(all.status, StatusCode::BAD_REQUEST, "everybody's goals at once are not for asking");
    house.clock.forward(300);
    let late = house.fhir(&access, &format!("/Patient/{}", house.patient())).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_client_of_launches_alone_gets_no_token_without_a_user() {
    let key = Key::es384(7);
    let house = registered(&key, &[]).await;
    assert_eq!(error(&ask(&house, &key, "one", "system/Patient.rs").await), "unauthorized_client");
    let fields = [("grant_type", "client_credentials"), ("client_id", "app"), ("scope", "system/Patient.rs")];
    let public = Web::default().post(&house.at("/auth/token"), &fields).await;
    assert_eq!(error(&public), "unauthorized_client");
}

#[tokio::test]
async fn what_is_not_a_registered_system_scope_is_never_granted_without_a_user() {
    let key = Key::es384(7);
    let house = registered(&key, &["system/Patient.rs"]).await;
    for (index, scope) in
        ["", "system/Goal.rs", "patient/Patient.rs", "user/Patient.rs", "openid fhirUser offline_access"]
            .into_iter()
            .enumerate()
    {
        assert_eq!(error(&ask(&house, &key, &format!("j{index}"), scope).await), "invalid_scope", "{scope}");
    }
}

#[tokio::test]
async fn another_key_gets_no_token_without_a_user() {
    let house = registered(&Key::es384(7), &["system/Patient.rs"]).await;
    let answer = ask(&house, &Key::es384(9), "one", "system/Patient.rs").await;
    assert_eq!((answer.status, text(&answer.json(), "error")), (StatusCode::UNAUTHORIZED, "invalid_client".into()));
}

#[tokio::test]
async fn backend_services_are_announced_where_somebody_is_registered_for_them() {
    let document = "/fhir/.well-known/smart-configuration";
    let without = House::open().await;
    let found: Value = Web::default().get(&without.at(document)).await.json();
    assert_eq!(found["grant_types_supported"], json!(["authorization_code", "refresh_token"]));
    let with = registered(&Key::es384(7), &["system/Patient.rs"]).await;
    let found: Value = Web::default().get(&with.at(document)).await.json();
    let lists = |field: &str, wanted: &str| found[field].as_array().unwrap().contains(&wanted.into());
    assert!(lists("grant_types_supported", "client_credentials"));
    assert!(lists("capabilities", "client-confidential-asymmetric"));
    assert!(lists("token_endpoint_auth_methods_supported", "private_key_jwt"));
    assert!(lists("scopes_supported", "system/*.cruds"));
}

/// Asks who of the EHR the person is whose Patient another EHR wrote.
async fn match_patient(house: &House, access: &str, patient: &Value, only_certain: bool) -> Value {
    let body = json!({ "resourceType": "Parameters", "parameter": [
        { "name": "resource", "resource": patient },
        { "name": "onlyCertainMatches", "valueBoolean": only_certain },
        { "name": "count", "valueInteger": 3 },
    ]});
    let url = format!("{}/Patient/$match", house.base());
    let answer = Web::bearer(access).fhir_post(&url, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

/// Id and grade of each entry.
fn graded(bundle: &Value) -> Vec<(String, String)> {
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    let grade = |entry: &Value| entry["search"]["extension"][0]["valueCode"].as_str().unwrap_or_default().to_owned();
    entries
        .iter()
        .map(|entry| (entry["resource"]["id"].as_str().unwrap_or_default().to_owned(), grade(entry)))
        .collect()
}

#[tokio::test]
async fn without_a_user_a_person_known_elsewhere_is_found_and_never_certain_by_a_likeness() {
    let key = Key::es384(7);
    let house = registered(&key, &["system/Patient.rs"]).await;
    let access = text(&ask(&house, &key, "one", "system/Patient.rs").await.json(), "access_token");
    let own = house.fhir(&access, &format!("/Patient/{}", house.patient())).await.json();
    assert_eq!(graded(&match_patient(&house, &access, &own, true).await), [(house.patient(), "certain".into())]);
    let mut elsewhere = own;
    elsewhere["identifier"] = json!([{ "system": "https://homehealth.example/client-number", "value": "HH-3307" }]);
    elsewhere["name"][0]["given"] = json!(["Mari"]);
    assert_eq!(graded(&match_patient(&house, &access, &elsewhere, true).await), []);
    assert_eq!(
        graded(&match_patient(&house, &access, &elsewhere, false).await),
        [(house.patient(), "probable".into())]
    );
}

#[tokio::test]
async fn a_hostile_ehr_lies_about_who_somebody_is() {
    let key = Key::es384(7);
    let house = registered(&key, &["system/Patient.rs"]).await;
    let access = text(&ask(&house, &key, "one", "system/Patient.rs").await.json(), "access_token");
    let own = house.fhir(&access, &format!("/Patient/{}", house.patient())).await.json();
    let mut lies = Vec::new();
    for lie in ["another-as-certain", "another-in-disguise", "several-certain", "everybody", "not-graded", "nobody"] {
        house.ehr().set_hostility(Some(format!("match/{lie}").parse().unwrap()));
        lies.push(match_patient(&house, &access, &own, true).await);
    }
    let (me, other) = (house.patient(), house.other_patient());
    let certain = |id: &str| (id.to_owned(), "certain".to_owned());
    assert_eq!(graded(&lies[0]), [certain(&other)]);
    assert_eq!(graded(&lies[1]), [certain(&other)]);
    assert_eq!(lies[1]["entry"][0]["resource"]["birthDate"], own["birthDate"]);
    assert_eq!(graded(&lies[2]), [certain(&me), certain(&other)]);
    assert!(graded(&lies[3]).len() > 3, "more than were asked for");
    assert_eq!(graded(&lies[4]), [(me, String::new())]);
    assert_eq!(graded(&lies[5]), []);
}
