//! Conditional create.

use serde_json::{Value, json};

use crate::harness::Ehr;

fn identified(value: &str) -> Value {
    json!({"resourceType": "Goal", "subject": {"reference": "Patient/ada"}, "identifier": [{"system": "urn:accord", "value": value}]})
}

#[tokio::test]
async fn a_create_on_condition_is_done_once() {
    let ehr = Ehr::peopled();
    let condition = [("if-none-exist", "identifier=urn:accord|7")];
    let first = ehr.post("/Goal", &identified("7"), &condition).await;
    let second = ehr.post("/Goal", &identified("7"), &condition).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 200));
    assert_eq!(first.body["id"], second.body["id"]);
    assert_eq!(first.header("location"), second.header("location"));
}

#[tokio::test]
async fn a_condition_that_several_fulfil_or_that_says_nothing_is_refused() {
    let ehr = Ehr::peopled();
    ehr.post("/Goal", &identified("7"), &[]).await;
    ehr.post("/Goal", &identified("7"), &[]).await;
    ehr.post("/Goal", &identified("7"), &[("if-none-exist", "identifier=urn:accord|7")]).await.refused(412);
    ehr.post("/Goal", &identified("8"), &[("if-none-exist", "")]).await.refused(400);
    ehr.post("/Goal", &identified("8"), &[("if-none-exist", "colour=red")]).await.refused(400);
    assert_eq!(ehr.post("/Goal", &identified("8"), &[("if-none-exist", "identifier=urn:other|7")]).await.status, 201);
}
