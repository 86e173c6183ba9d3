//! The CapabilityStatement.

use sandbox::fhir::Behaviour;
use serde_json::json;

use crate::harness::Ehr;

#[tokio::test]
async fn metadata_is_open_and_carries_the_security_of_the_smart_half() {
    let ehr = Ehr::new();
    ehr.shut();
    let answer = ehr.get("/metadata").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["fhirVersion"], "4.0.1");
    assert_eq!(answer.body["rest"][0]["security"], json!({"service": [{"text": "SMART-on-FHIR"}]}));
    assert_eq!(answer.body["implementation"]["description"], "Valley Primary Care");
}

#[tokio::test]
async fn a_type_that_is_not_known_is_neither_announced_nor_answered() {
    let ehr = Ehr::with(Behaviour { unsupported_types: vec!["NutritionOrder".into()], ..Behaviour::default() });
    let answer = ehr.get("/metadata").await;
    let kinds = answer.body["rest"][0]["resource"].as_array().expect("types");
    assert!(kinds.iter().any(|row| row["type"] == "Goal"));
    assert!(kinds.iter().all(|row| row["type"] != "NutritionOrder"));
    assert_eq!(ehr.get("/NutritionOrder?patient=1").await.refused(404)["code"], "not-supported");
}
