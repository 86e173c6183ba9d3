//! `Patient/$match`, and the search by identifier that stands in for it.

use sandbox::fhir::{Access, Behaviour};
use serde_json::{Value, json};

use crate::harness::{Ehr, word};

fn described(patient: Value, more: &[Value]) -> Value {
    let mut parameter = vec![json!({ "name": "resource", "resource": patient })];
    parameter.extend_from_slice(more);
    json!({ "resourceType": "Parameters", "parameter": parameter })
}

fn ada() -> Value {
    json!({ "resourceType": "Patient", "birthDate": "1957-11-07", "gender": "female",
        "name": [{ "family": "Lane", "given": ["ada"] }] })
}

#[tokio::test]
async fn match_answers_the_likeliest_first_with_score_and_grade() {
    let ehr = Ehr::peopled();
    let answer = ehr.post("/Patient/$match", &described(ada(), &[]), &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        (word(&answer.body["type"]), answer.matches()),
        ("searchset".into(), vec!["Patient/ada".into(), "Patient/ben".into()])
    );
    let search = &answer.body["entry"][0]["search"];
    assert_eq!(search["score"], 0.99);
    assert_eq!(
        search["extension"],
        json!([{ "url": "http://hl7.org/fhir/StructureDefinition/match-grade", "valueCode": "certain" }])
    );
    assert_eq!(answer.body["entry"][1]["search"]["extension"][0]["valueCode"], "possible");
}

#[tokio::test]
async fn match_tells_only_what_was_asked_for() {
    let ehr = Ehr::peopled();
    let certain = json!({ "name": "onlyCertainMatches", "valueBoolean": true });
    let answer = ehr.post("/Patient/$match", &described(ada(), &[certain]), &[]).await;
    assert_eq!(answer.matches(), ["Patient/ada"]);
    let one = json!({ "name": "count", "valueInteger": 1 });
    let answer = ehr.post("/Patient/$match", &described(ada(), &[one]), &[]).await;
    assert_eq!((answer.matches().len(), &answer.body["total"]), (1, &json!(1)));
    let stranger = json!({ "resourceType": "Patient", "birthDate": "1980-01-01", "name": [{ "family": "Kay" }] });
    assert_eq!(ehr.post("/Patient/$match", &described(stranger, &[]), &[]).await.matches(), [""; 0]);
}

#[tokio::test]
async fn match_shows_a_token_of_one_patient_nobody_else() {
    let ehr = Ehr::peopled();
    ehr.let_in(Access::to_patient("ben"));
    assert_eq!(ehr.post("/Patient/$match", &described(ada(), &[]), &[]).await.matches(), ["Patient/ben"]);
    ehr.let_in(Access { may: std::sync::Arc::new(|kind, _| kind != "Patient"), patient: None });
    ehr.post("/Patient/$match", &described(ada(), &[]), &[]).await.refused(403);
    ehr.shut();
    assert_eq!(ehr.post("/Patient/$match", &described(ada(), &[]), &[]).await.status, 401);
}

#[tokio::test]
async fn match_is_announced_where_it_is_offered_and_only_there() {
    let operation = |statement: &Value| {
        let kinds = statement["rest"][0]["resource"].as_array().expect("types").clone();
        kinds.into_iter().find(|row| row["type"] == "Patient").expect("Patient")["operation"].clone()
    };
    let ehr = Ehr::peopled();
    let definition = "http://hl7.org/fhir/OperationDefinition/Patient-match";
    assert_eq!(operation(&ehr.get("/metadata").await.body), json!([{ "name": "match", "definition": definition }]));
    ehr.get("/Patient/$match").await.refused(405);
    ehr.post("/Patient/$match", &json!({ "resourceType": "Patient" }), &[]).await.refused(400);
    let without = Ehr::with(Behaviour { patient_match: false, ..Behaviour::default() });
    assert_eq!(operation(&without.get("/metadata").await.body), Value::Null);
    without.post("/Patient/$match", &described(ada(), &[]), &[]).await.refused(404);
}

#[tokio::test]
async fn patients_are_found_by_system_and_value_of_an_identifier_and_by_nothing_less() {
    let ehr = Ehr::new();
    let patient = |id: &str, system: &str| json!({ "resourceType": "Patient", "id": id, "identifier": [{ "system": system, "value": "17" }] });
    ehr.load(vec![patient("a", "urn:mrn"), patient("b", "urn:other")]);
    assert_eq!(ehr.get("/Patient?identifier=urn:mrn%7C17").await.matches(), ["Patient/a"]);
    assert_eq!(ehr.get("/Patient?identifier=urn:mrn|17").await.matches(), ["Patient/a"]);
    assert_eq!(ehr.get("/Patient?identifier=urn:mrn%7C18").await.matches(), [""; 0]);
    assert_eq!(ehr.get("/Patient?identifier=17").await.matches().len(), 2);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let posted = ehr.send("POST", "/Patient/_search", &form, Some("identifier=urn%3Aother%7C17".into())).await;
    assert_eq!(posted.matches(), ["Patient/b"]);
    ehr.get("/Patient?identifier=").await.refused(400);
}
