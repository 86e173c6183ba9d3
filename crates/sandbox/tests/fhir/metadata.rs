//! The CapabilityStatement.

use sandbox::fhir::Behaviour;
use serde_json::json;

use crate::harness::{Ehr, goal};

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
async fn a_type_that_is_only_read_is_announced_without_writes_and_takes_none() {
    let ehr = Ehr::with(Behaviour { read_only_types: vec!["Goal".into()], ..Behaviour::default() });
    ehr.load(vec![goal("ada-goal", "ada")]);
    let statement = ehr.get("/metadata").await.body;
    let codes = |kind: &str| {
        let row = statement["rest"][0]["resource"].as_array().expect("types").iter().find(|row| row["type"] == kind);
        let interactions = row.expect("the type")["interaction"].as_array().expect("interactions");
        interactions.iter().map(|one| one["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes("Goal"), ["read", "vread", "history-instance", "search-type"]);
    assert!(codes("Task").contains(&"update".to_owned()));
    assert_eq!(ehr.get("/Goal/ada-goal").await.status, 200);
    let put = ehr.put("/Goal/ada-goal", &goal("ada-goal", "ada"), &[]).await;
    assert_eq!(put.refused(405)["code"], "not-supported");
    assert_eq!(ehr.post("/Goal", &goal("x", "ada"), &[]).await.refused(405)["code"], "not-supported");
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
