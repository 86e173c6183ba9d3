use http::StatusCode;

use crate::{
    house::{House, SCOPES},
    web::Web,
};

#[tokio::test]
async fn without_a_good_token_the_answer_is_401_with_an_outcome() {
    let house = House::open().await;
    let read = format!("{}/Patient/{}", house.base(), house.patient());
    for mut web in [Web::default(), Web::bearer("made-up"), Web::basic("app", "x")] {
        let answer = web.get(&read).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.headers["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
        assert_eq!(answer.json()["resourceType"], "OperationOutcome");
    }
}

#[tokio::test]
async fn a_token_expires_by_the_clock() {
    let house = House::with(|ehr| ehr.access_token_seconds = 300).await;
    let token = house.access_token(SCOPES).await;
    let read = format!("/Patient/{}", house.patient());
    house.clock.forward(299);
    assert_eq!(house.fhir(&token, &read).await.status, StatusCode::OK);
    house.clock.forward(1);
    assert_eq!(house.fhir(&token, &read).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_launch_opens_the_record_of_its_person_only() {
    let house = House::open().await;
    for scope in [SCOPES, "launch user/*.rs"] {
        let token = house.access_token(scope).await;
        let own = house.fhir(&token, &format!("/Patient/{}", house.patient())).await;
        assert_eq!(own.status, StatusCode::OK);
        let other = house.fhir(&token, &format!("/Patient/{}", house.other_patient())).await;
        assert!(other.status.is_client_error(), "{}", other.body);
        let search = house.fhir(&token, &format!("/Goal?patient={}", house.other_patient())).await;
        let rows = if search.status.is_success() { search.json()["total"].as_u64().unwrap_or(0) } else { 0 };
        assert_eq!(rows, 0, "{}", search.body);
    }
}

#[tokio::test]
async fn a_type_or_an_interaction_outside_the_scopes_is_forbidden() {
    let house = House::open().await;
    let token = house.access_token("launch patient/Patient.r patient/Goal.s").await;
    assert_eq!(house.fhir(&token, &format!("/Patient/{}", house.patient())).await.status, StatusCode::OK);
    assert_eq!(house.fhir(&token, &format!("/Goal?patient={}", house.patient())).await.status, StatusCode::OK);
    for path in [format!("/Patient?_id={}", house.patient()), format!("/Condition?patient={}", house.patient())] {
        let answer = house.fhir(&token, &path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.body);
        assert_eq!(answer.json()["resourceType"], "OperationOutcome");
    }
}

#[tokio::test]
async fn a_type_the_ehr_refuses_is_neither_granted_nor_given() {
    let house = House::with(|ehr| ehr.refuse_types = vec!["MedicationRequest".to_owned()]).await;
    let tokens = house.tokens("launch patient/MedicationRequest.rs patient/Goal.rs").await;
    assert_eq!(tokens["scope"], "launch patient/Goal.rs");
    let token = house.access_token(SCOPES).await;
    let search = house.fhir(&token, &format!("/MedicationRequest?patient={}", house.patient())).await;
    assert_eq!(search.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn tokens_can_be_ended_from_the_control_page() {
    let house = House::open().await;
    let token = house.access_token(SCOPES).await;
    let form = house.running.control().unwrap().join("ehrs/valley-ehr/expire-tokens").unwrap();
    assert_eq!(Web::default().post(form.as_str(), &[]).await.status, StatusCode::SEE_OTHER);
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&token, &read).await.status, StatusCode::UNAUTHORIZED);
}
