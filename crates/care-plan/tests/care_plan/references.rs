//! In which order a reference is resolved (smart-launch F9).

use std::sync::Arc;

use care_plan::snapshot::Snapshot;
use care_plan::{ConsolidatedPlan, Decisions, consolidate};
use fhir::Resource;
use serde_json::{Value, json};

use crate::support::{TODAY, link_lines, plan, plan_of, record};

fn condition(id: &str, text: &str) -> Value {
    json!({ "resourceType": "Condition", "id": id, "code": { "text": text },
        "identifier": [{ "system": "urn:example", "value": format!("number-{id}") }] })
}

fn goal(addresses: &Value) -> Value {
    json!({ "resourceType": "Goal", "id": "g", "description": { "text": "Goal" }, "addresses": [addresses] })
}

fn to(addresses: &Value) -> Vec<String> {
    link_lines(&plan_of(&[condition("c", "CKD"), condition("d", "Gout"), goal(addresses)]))
}

#[test]
fn f9_a_reference_leads_by_its_text_and_only_without_one_by_its_identifier() {
    let ckd = ["CKD -> Goal [stated: Goal.addresses]"];
    assert_eq!(to(&json!({ "reference": "Condition/c" })), ckd);
    assert_eq!(to(&json!({ "reference": "Condition/c/_history/2" })), ckd);
    assert_eq!(to(&json!({ "identifier": { "system": "urn:example", "value": "number-c" } })), ckd);
    let both = json!({ "reference": "Condition/c", "identifier": { "system": "urn:example", "value": "number-d" } });
    assert_eq!(to(&both), ckd);
}

#[test]
fn f9_a_logical_reference_leads_nowhere_where_it_is_not_clear_or_names_another_type() {
    for identifier in [
        json!({ "identifier": { "value": "number-c" } }),
        json!({ "identifier": { "system": "urn:other", "value": "number-c" } }),
        json!({ "type": "Procedure", "identifier": { "system": "urn:example", "value": "number-c" } }),
        json!({ "display": "CKD" }),
    ] {
        assert_eq!(to(&identifier), [""; 0], "{identifier}");
    }
    let twice = plan_of(&[
        json!({ "resourceType": "Condition", "id": "1", "code": { "text": "A" }, "identifier": [{ "system": "s", "value": "v" }] }),
        json!({ "resourceType": "Condition", "id": "2", "code": { "text": "B" }, "identifier": [{ "system": "s", "value": "v" }],
            "clinicalStatus": { "coding": [{ "code": "resolved" }] }, "onsetDateTime": "1990" }),
        json!({ "resourceType": "CarePlan", "id": "3" }),
        goal(&json!({ "type": "Task", "identifier": { "system": "s", "value": "v" } })),
    ]);
    assert_eq!(link_lines(&twice), [""; 0]);
}

#[test]
fn f9_an_identifier_that_another_source_has_leads_there() {
    let addresses = json!({ "identifier": { "system": "urn:example", "value": "number-c" } });
    let apart = plan(vec![record("a", &[condition("c", "CKD")]), record("b", &[goal(&addresses)])]);
    assert_eq!(link_lines(&apart), ["CKD -> Goal [stated: Goal.addresses]"]);
}

#[test]
fn f9_a_urn_leads_to_what_was_sent_under_it() {
    let mut sent =
        record("a", &[condition("c", "CKD"), condition("d", "Gout"), goal(&json!({ "reference": "urn:uuid:c" }))]);
    for resource in &mut sent.resources {
        if resource.id() == "d" {
            *resource = Arc::new(Resource::clone(resource).sent_as(Some("urn:uuid:c")));
        }
    }
    let plan: ConsolidatedPlan = consolidate(&Snapshot { records: vec![sent] }, &Decisions::default(), TODAY);
    assert_eq!(link_lines(&plan), ["Gout -> Goal [stated: Goal.addresses]"], "before an id that only looks like it");
}
