//! What the surface says of itself is what it does.

use std::collections::BTreeSet;

use care_plan_service::fhir::{COMMON, CONTROLS, OFFERS, Offer};
use fhir_server::params::{self, Kind};
use serde_json::{Value, json};

use crate::world::{World, person};

fn words(value: &Value, field: &str) -> Vec<String> {
    let list = value.as_array().cloned().unwrap_or_default();
    let text = |one: &Value| if field.is_empty() { one.clone() } else { one[field].clone() };
    list.iter().map(|one| text(one).as_str().unwrap().to_owned()).collect()
}

/// What a search of a type has to name, and a `&`.
fn needed(offer: &Offer) -> String {
    if offer.needs.is_empty() { String::new() } else { format!("_id={}&", person(1)) }
}

#[tokio::test]
async fn the_statement_lists_the_table_and_no_write() {
    let world = World::new().await;
    let got = world.get_as("", "/metadata").await;
    assert_eq!((got.status, &got.body["fhirVersion"]), (200, &json!("4.0.1")));
    assert_eq!(got.body.get("patchFormat"), None);
    let rest = &got.body["rest"][0];
    assert_eq!(rest["security"]["service"][0]["coding"][0]["code"], "SMART-on-FHIR");
    assert_eq!(rest.get("interaction"), None);
    for control in CONTROLS {
        assert!(rest["documentation"].as_str().unwrap().contains(control), "{control}");
    }
    let types = rest["resource"].as_array().unwrap();
    assert_eq!(types.len(), OFFERS.len());
    for (row, offer) in types.iter().zip(&OFFERS) {
        let kind = offer.kind.name();
        assert_eq!(row["type"], kind);
        assert_eq!(words(&row["interaction"], "code"), ["read", "vread", "history-instance", "search-type"]);
        let names: BTreeSet<String> = words(&row["searchParam"], "name").into_iter().collect();
        let offered = offer.params.iter().chain(&COMMON).map(|name| (*name).to_owned());
        assert_eq!(names, offered.collect(), "{kind}");
        let includes: Vec<String> = offer.includes.iter().map(|name| format!("{kind}:{name}")).collect();
        assert_eq!(words(&row["searchInclude"], ""), includes, "{kind}");
        assert_eq!(words(&row["searchRevInclude"], ""), offer.reverse_includes, "{kind}");
        assert_eq!(words(&row["supportedProfile"], ""), Vec::from_iter(offer.profile), "{kind}");
        assert_eq!((&row["updateCreate"], &row["conditionalCreate"]), (&json!(false), &json!(false)));
    }
    let tag = got.header("etag").to_owned();
    assert_eq!(world.send("GET", "/metadata", "", &[("if-none-match", &tag)], "").await.status, 304);
}

#[tokio::test]
async fn what_us_core_wants_to_be_searched_together_is_stated_and_answered() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 1).await;
    let types = world.get_as("", "/metadata").await.body["rest"][0]["resource"].clone();
    let mut stated = 0;
    for (row, offer) in types.as_array().unwrap().iter().zip(&OFFERS) {
        let combinations = row["extension"].as_array().cloned().unwrap_or_default();
        assert_eq!(combinations.len(), offer.combinations.len(), "{}", offer.kind.name());
        for combination in combinations {
            let parts = combination["extension"].as_array().unwrap();
            assert!(["SHALL", "SHOULD"].contains(&parts[0]["valueCode"].as_str().unwrap()));
            let names = parts[1..].iter().map(|part| part["valueString"].as_str().unwrap());
            let value = |name: &str| match params::lookup(offer.kind.name(), name).unwrap().kind {
                Kind::Date => "ge2020-01-01".to_owned(),
                Kind::Reference => person(1).to_string(),
                _ => "x".to_owned(),
            };
            let query: Vec<String> = names.map(|name| format!("{name}={}", value(name))).collect();
            let got = world.get(&format!("/{}?{}", offer.kind.name(), query.join("&"))).await;
            assert_eq!(got.status, 200, "{query:?} {}", got.text);
            stated += 1;
        }
    }
    assert!(stated > 20);
}

#[tokio::test]
async fn every_declared_parameter_is_served_and_every_served_one_is_declared() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 1).await;
    let all: BTreeSet<&str> =
        params::types().flat_map(|row| row.params).chain(params::COMMON).map(|param| param.name).collect();
    for offer in &OFFERS {
        let (kind, needed) = (offer.kind.name(), needed(offer));
        for name in &all {
            let got = world.get(&format!("/{kind}?{needed}{name}:missing=false")).await;
            let declared = offer.params.contains(name) || COMMON.contains(name);
            assert_eq!(got.status, if declared { 200 } else { 400 }, "{kind}?{name} {}", got.text);
            let sorted = world.get(&format!("/{kind}?patient={0}&_id={0}&_sort={name}", person(1))).await;
            let searched = offer.params.contains(&"patient");
            assert_eq!(sorted.status == 200, declared && searched, "{kind}?_sort={name} {}", sorted.text);
        }
    }
}

#[tokio::test]
async fn every_declared_include_is_served_and_every_served_one_is_declared() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 1).await;
    let references = params::types().flat_map(|row| row.params.iter().map(move |param| (row.name, param)));
    let references: Vec<String> = references
        .filter(|(_, param)| param.kind == Kind::Reference)
        .map(|(kind, param)| format!("{kind}:{}", param.name))
        .collect();
    let forward: BTreeSet<String> = OFFERS
        .iter()
        .flat_map(|offer| offer.includes.iter().map(|name| format!("{}:{name}", offer.kind.name())))
        .collect();
    let reverse: BTreeSet<&str> = OFFERS.iter().flat_map(|offer| offer.reverse_includes.iter().copied()).collect();
    assert!(references.len() > 150);
    for reference in &references {
        for (control, declared) in [
            ("_include", forward.contains(reference)),
            ("_include:iterate", forward.contains(reference)),
            ("_revinclude", reverse.contains(reference.as_str())),
            ("_revinclude:iterate", reverse.contains(reference.as_str())),
        ] {
            let got = world.get(&format!("/CarePlan?patient={}&{control}={reference}", person(1))).await;
            assert_eq!(got.status, if declared { 200 } else { 400 }, "{control}={reference} {}", got.text);
        }
    }
}

#[tokio::test]
async fn every_declared_control_is_served_and_no_other() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 1).await;
    let value = |control: &str| match control {
        "_count" => "1",
        "_sort" => "_lastUpdated",
        "_summary" => "count",
        "_elements" => "description",
        "_include" | "_include:iterate" => "Goal:patient",
        "_revinclude" | "_revinclude:iterate" => "CarePlan:goal",
        "_total" => "accurate",
        "_format" => "json",
        "_pretty" => "true",
        other => panic!("{other} has no value here"),
    };
    for control in CONTROLS {
        let got = world.get(&format!("/Goal?patient={}&{control}={}", person(1), value(control))).await;
        assert_eq!((got.status, &got.body["total"]), (200, &json!(1)), "{control} {}", got.text);
    }
    for other in [
        "_summary=true",
        "_summary=text",
        "_contained=true",
        "_containedType=container",
        "_text=x",
        "_content=x",
        "_list=x",
        "_has:CarePlan:goal:status=active",
        "_query=x",
        "_since=2020",
        "_sort:desc=_id",
        "_elements=",
        "_include:recurse=Goal:patient",
        "patient.name=ada",
    ] {
        world.get(&format!("/Goal?patient={}&{other}", person(1))).await.refused(400);
    }
}
