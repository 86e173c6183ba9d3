//! What the surface says of itself is what it does.

use care_plan_service::fhir::OFFERS;
use serde_json::{Value, json};

use crate::world::{World, person};

#[tokio::test]
async fn the_statement_lists_the_table_and_no_write() {
    let world = World::new().await;
    let got = world.get_as("", "/metadata").await;
    assert_eq!((got.status, &got.body["fhirVersion"]), (200, &json!("4.0.1")));
    assert_eq!(got.body.get("patchFormat"), None);
    let rest = &got.body["rest"][0];
    assert_eq!(rest["security"]["service"][0]["coding"][0]["code"], "SMART-on-FHIR");
    assert_eq!(rest.get("interaction"), None);
    let types = rest["resource"].as_array().unwrap();
    assert_eq!(types.len(), OFFERS.len());
    for (row, offer) in types.iter().zip(&OFFERS) {
        assert_eq!(row["type"], offer.kind.name());
        let words = |value: &Value, field: &str| -> Vec<String> {
            let list = value.as_array().cloned().unwrap_or_default();
            let text = |one: &Value| if field.is_empty() { one.clone() } else { one[field].clone() };
            list.iter().map(|one| text(one).as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(words(&row["interaction"], "code"), ["read", "vread", "history-instance", "search-type"]);
        let mut names = words(&row["searchParam"], "name");
        assert_eq!(names.drain(..2).collect::<Vec<_>>(), ["_id", "_lastUpdated"]);
        names.sort();
        let mut offered: Vec<&str> = offer.params.to_vec();
        offered.sort_unstable();
        assert_eq!(names, offered, "{}", offer.kind.name());
        assert_eq!(words(&row["searchRevInclude"], ""), offer.reverse_includes, "{}", offer.kind.name());
        assert_eq!((&row["updateCreate"], &row["conditionalCreate"]), (&json!(false), &json!(false)));
    }
    let tag = got.header("etag").to_owned();
    assert_eq!(world.send("GET", "/metadata", "", &[("if-none-match", &tag)], "").await.status, 304);
}

#[tokio::test]
async fn everything_that_is_offered_is_answered() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 1).await;
    for offer in &OFFERS {
        let kind = offer.kind.name();
        let id = person(1);
        let needed = if offer.needs.is_empty() { String::new() } else { format!("_id={id}&") };
        for param in offer.params {
            let missing = world.get(&format!("/{kind}?{needed}{param}:missing=false")).await;
            assert_eq!(missing.status, 200, "{kind}?{param} {}", missing.text);
        }
        for include in offer.includes {
            let got = world.get(&format!("/{kind}?{needed}_include={kind}:{include}")).await;
            assert_eq!(got.status, 200, "{kind}:{include} {}", got.text);
        }
        for include in offer.reverse_includes {
            let got = world.get(&format!("/{kind}?{needed}_revinclude={include}")).await;
            assert_eq!(got.status, 200, "{kind} {include} {}", got.text);
        }
    }
}
