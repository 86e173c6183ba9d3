//! The plan as data and as FHIR, for programs that read it.

use axum::http::StatusCode;
use serde_json::Value;

use crate::gate::marisol;
use crate::support::browser::Browser;
use crate::support::world::World;

#[tokio::test]
async fn the_plan_is_a_fhir_bundle_with_every_member_and_names_what_was_not_read() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = marisol(&world, &browser, "castellanos").await;
    let page = browser.get(&plan.at("plan.fhir.json")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["content-type"], "application/fhir+json; fhirVersion=4.0");
    let bundle: Value = serde_json::from_str(&page.text).expect("JSON");
    let first = &bundle["entry"][0]["resource"];
    assert_eq!((bundle["type"].as_str(), first["resourceType"].as_str()), (Some("collection"), Some("CarePlan")));
    assert!(!first["addresses"].as_array().expect("concerns").is_empty());
    assert!(!first["activity"].as_array().expect("activities").is_empty());
    let notes = first["note"].to_string();
    assert!(notes.contains("was not connected"), "{notes}");
}

#[tokio::test]
async fn the_plan_as_data_says_its_version_and_how_each_type_was_read() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = marisol(&world, &browser, "castellanos").await;
    let document: Value = serde_json::from_str(&browser.get(&plan.at("plan.json")).await.text).expect("JSON");
    assert_eq!(document["version"], 1);
    let home = document["sources"].as_array().expect("sources").iter().find(|source| source["id"] == "valley-ehr");
    let reads = home.expect("the source that launched")["reads"].as_array().expect("reads");
    assert!(reads.iter().any(|read| read["type"] == "Goal" && read["count"].as_u64() > Some(0)));
}
