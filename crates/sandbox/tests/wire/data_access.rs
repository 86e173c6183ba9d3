use http::StatusCode;

use sandbox::people::UserKind;

use crate::{
    house::{House, SCOPES, patients, text},
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

#[tokio::test]
async fn the_base_itself_and_the_metadata_answer() {
    let house = House::open().await;
    let metadata = Web::default().get(&format!("{}/metadata", house.base())).await.json();
    assert_eq!(metadata["resourceType"], "CapabilityStatement");
    let uris = &metadata["rest"][0]["security"]["extension"][0]["extension"];
    assert_eq!(uris[1]["valueUri"], house.at("/auth/token"));
    let batch = Web::default().post(&house.base(), &[]).await;
    assert_eq!(batch.status, StatusCode::UNAUTHORIZED);
    assert_eq!(batch.json()["resourceType"], "OperationOutcome");
}

/// Signs a user in without naming a person.
async fn without_a_person(house: &House, user: &str, scope: &str) -> String {
    let mut browser = Web::default();
    let id = browser.get(&house.authorize(&[("scope", scope)])).await.hidden("authorization");
    let answer = browser.post(&house.at("/auth/sign-in"), &[("authorization", &id), ("user", user)]).await;
    let tokens = house.redeem(&answer.parameter("code").unwrap(), &[]).await.json();
    text(&tokens, "access_token")
}

#[tokio::test]
async fn without_a_person_in_context_each_user_sees_no_more_than_is_theirs() {
    let house = House::open().await;
    let users = sandbox::people::users("valley-ehr");
    let of = |kind| users.iter().filter(move |user| user.kind == kind);
    let status = async |user: &str, path: String| {
        let token = without_a_person(&house, user, "openid user/*.rs").await;
        house.fhir(&token, &path).await.status
    };
    let (one, other) = (format!("/Patient/{}", house.patient()), format!("/Patient/{}", house.other_patient()));

    let clinician = of(UserKind::Clinician).find(|user| user.patients.len() == patients("valley-ehr").len()).unwrap();
    assert_eq!(status(&clinician.id, other.clone()).await, StatusCode::OK);

    let patient = of(UserKind::Patient).find(|user| user.patients[0] == house.patient()).unwrap();
    assert_eq!(status(&patient.id, one.clone()).await, StatusCode::OK);
    assert!(status(&patient.id, other).await.is_client_error());

    let coordinator =
        of(UserKind::Coordinator).find(|user| user.patients.len() < patients("valley-ehr").len()).unwrap();
    assert_eq!(status(&coordinator.id, one).await, StatusCode::FORBIDDEN);
    let directory = format!("/{}", users[0].fhir_user);
    assert_eq!(status(&coordinator.id, directory).await, StatusCode::OK);
}

#[tokio::test]
async fn writing_needs_the_letter_for_it() {
    let house = House::open().await;
    let goal = house.ehr().store().list("Goal").into_iter().find(|goal| {
        goal.pointer("/subject/reference")
            .and_then(serde_json::Value::as_str)
            .is_some_and(|r| r.ends_with(&house.patient()))
    });
    let goal = goal.unwrap();
    let url = format!("{}/Goal/{}", house.base(), goal["id"].as_str().unwrap());
    // Letters out of order make no scope, so that nothing is granted for them.
    for scope in ["launch patient/Goal.rs", "launch patient/Goal.rsu", "launch patient/Goal.read patient/Task.write"] {
        assert_eq!(put(&house.tokens(scope).await, &url, &goal).await, StatusCode::FORBIDDEN, "{scope}");
    }
    assert_eq!(put(&house.tokens("launch patient/Goal.rus").await, &url, &goal).await, StatusCode::OK);
    assert_eq!(put(&house.tokens("launch patient/Goal.write").await, &url, &goal).await, StatusCode::OK);
}

async fn put(tokens: &serde_json::Value, url: &str, resource: &serde_json::Value) -> StatusCode {
    let mut web = Web::bearer(&text(tokens, "access_token"));
    web.send(http::Method::PUT, url, resource.to_string()).await.unwrap().status
}

#[tokio::test]
async fn an_open_ehr_asks_for_no_token_and_tells_what_it_was_asked() {
    let house = House::with(|ehr| ehr.open = true).await;
    let target = format!("/Patient/{}", house.patient());
    house.ehr().take_asked();
    assert_eq!(Web::default().get(&house.at(&format!("/fhir{target}"))).await.status, StatusCode::OK);
    let asked: Vec<String> = house.ehr().take_asked().into_iter().map(|asked| asked.target).collect();
    assert_eq!(asked, [format!("GET {target}")]);
}
