//! The list of brands that users choose their provider from.

use http::StatusCode;
use sandbox::{BrandConfig, EhrConfig, ListedBrands};
use serde_json::{Value, json};

use crate::{house::House, web::Web};

const DISCOVERY: &str = "/fhir/.well-known/smart-configuration";

async fn two(change: impl FnOnce(&mut EhrConfig)) -> House {
    let mut valley = EhrConfig::new("valley-ehr", "Valley Primary Care");
    change(&mut valley);
    let mut clinic = EhrConfig::new("clinic", "A Clinic");
    clinic.brand = Some(BrandConfig { aliases: vec!["The Clinic".into()], ..BrandConfig::default() });
    House::of(vec![valley, clinic]).await
}

fn resources(bundle: &Value, kind: &str) -> Vec<Value> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries.map(|entry| entry["resource"].clone()).filter(|resource| resource["resourceType"] == kind).collect()
}

#[tokio::test]
async fn discovery_names_the_list_and_which_brand_of_it_is_the_ehrs_own() {
    let house = two(|_| {}).await;
    let found = Web::default().get(&house.at(DISCOVERY)).await.json();
    assert_eq!(found["user_access_brand_bundle"], house.at("/brands"));
    let list = Web::default().get(&house.at("/brands")).await.json();
    assert_eq!((&list["resourceType"], &list["type"]), (&json!("Bundle"), &json!("collection")));
    let own: Vec<Value> = resources(&list, "Organization")
        .into_iter()
        .filter(|organization| organization["identifier"][0] == found["user_access_brand_identifier"])
        .collect();
    assert_eq!((own.len(), &own[0]["name"]), (1, &json!("Valley Primary Care")));
}

#[tokio::test]
async fn the_list_holds_every_ehr_of_the_sandbox_with_its_fhir_server() {
    let house = two(|_| {}).await;
    let list = Web::default().get(&house.at("/brands")).await.json();
    let addresses: Vec<String> =
        resources(&list, "Endpoint").iter().map(|endpoint| endpoint["address"].as_str().unwrap().to_owned()).collect();
    let bases: Vec<String> = house.running.ehrs().iter().map(|ehr| ehr.fhir_base().to_string()).collect();
    assert_eq!(addresses, bases);
    let organizations = resources(&list, "Organization");
    assert_eq!(organizations[0]["address"], json!([{ "city": "Cedar Hollow", "state": "CA" }]));
    assert_eq!(organizations[1]["alias"], json!(["The Clinic"]));
    let other = house.running.ehr("clinic").origin();
    assert_eq!(Web::default().get(&format!("{other}/brands")).await.json(), list, "the same list everywhere");
}

#[tokio::test]
async fn who_has_the_list_is_told_that_it_is_the_same() {
    let house = two(|_| {}).await;
    let first = Web::default().get(&house.at("/brands")).await;
    assert_eq!(first.headers["access-control-allow-origin"], "*");
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    let again = Web { if_none_match: Some(tag), ..Web::default() }.get(&house.at("/brands")).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn an_ehr_can_list_itself_alone_or_nobody() {
    let own = two(|ehr| ehr.brands = ListedBrands::Own).await;
    let list = Web::default().get(&own.at("/brands")).await.json();
    assert_eq!(resources(&list, "Organization").len(), 1);
    let none = two(|ehr| ehr.brands = ListedBrands::None).await;
    assert_eq!(Web::default().get(&none.at("/brands")).await.status, StatusCode::NOT_FOUND);
    let found = Web::default().get(&none.at(DISCOVERY)).await.json();
    assert_eq!((found.get("user_access_brand_bundle"), found.get("user_access_brand_identifier")), (None, None));
}
