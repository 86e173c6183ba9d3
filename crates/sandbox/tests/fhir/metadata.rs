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

#[tokio::test]
async fn every_search_parameter_that_is_announced_is_understood() {
    let ehr = Ehr::new();
    let statement = ehr.get("/metadata").await.body;
    let mut tried = 0;
    for row in statement["rest"][0]["resource"].as_array().expect("types") {
        for param in row["searchParam"].as_array().expect("parameters") {
            let value = match param["type"].as_str().expect("a type") {
                "date" => "ge2026-01-01",
                "number" | "quantity" => "5",
                _ => "a1",
            };
            let (kind, name) = (row["type"].as_str().expect("a name"), param["name"].as_str().expect("a name"));
            let answer = ehr.get(&format!("/{kind}?{name}={value}")).await;
            assert_eq!((answer.status.as_u16(), &answer.body["total"]), (200, &json!(0)), "{kind}.{name}");
            tried += 1;
        }
        for include in row["searchInclude"].as_array().into_iter().flatten() {
            let kind = row["type"].as_str().expect("a name");
            assert_eq!(
                ehr.get(&format!("/{kind}?_id=1&_include={}", include.as_str().expect("text"))).await.status,
                200,
                "{include}"
            );
        }
    }
    assert!(tried > 500, "{tried}");
}
