//! Links between items (mcc-digest section 3).

use serde_json::{Value, json};

use crate::support::{link_lines, loinc, plan, plan_of, record};

fn condition() -> Value {
    json!({ "resourceType": "Condition", "id": "c", "code": { "text": "CKD" } })
}

fn goal(extra: Value) -> Value {
    with(json!({ "resourceType": "Goal", "id": "g", "description": { "text": "Goal" } }), extra)
}

fn service(extra: Value) -> Value {
    with(json!({ "resourceType": "ServiceRequest", "id": "s", "code": { "text": "Service" } }), extra)
}

fn with(mut resource: Value, extra: Value) -> Value {
    resource.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
    resource
}

fn pertains(to: &str) -> Value {
    json!({ "extension": [{ "url": fhir::codes::PERTAINS_TO_GOAL, "valueReference": { "reference": to } }] })
}

#[test]
fn a_goal_is_linked_with_what_it_addresses_and_with_its_outcomes() {
    let weight = json!({ "resourceType": "Observation", "id": "w", "code": loinc("29463-7", "Weight"), "valueQuantity": { "value": 80 } });
    let goal = goal(
        json!({ "addresses": [{ "reference": "Condition/c" }], "outcomeReference": [{ "reference": "Observation/w/_history/3" }] }),
    );
    let lines = link_lines(&plan_of(&[condition(), goal, weight]));
    assert_eq!(lines, ["CKD -> Goal [stated: Goal.addresses]", "Goal -> Weight [stated: Goal.outcomeReference]"]);
}

#[test]
fn an_order_is_linked_with_its_reason_and_its_goal_and_what_came_of_it() {
    let done = json!({ "resourceType": "Procedure", "id": "p", "code": { "text": "Done" }, "basedOn": [{ "reference": "ServiceRequest/s" }] });
    let value = json!({ "resourceType": "Observation", "id": "o", "code": { "text": "Value" }, "basedOn": [{ "reference": "ServiceRequest/s" }] });
    let order = service(with(
        pertains("Goal/g"),
        json!({ "reasonReference": [{ "reference": "https://ehr.example/fhir/Condition/c" }] }),
    ));
    assert_eq!(
        link_lines(&plan_of(&[condition(), goal(json!({})), order, done, value])),
        [
            "CKD -> Service [stated: ServiceRequest.reasonReference]",
            "Goal -> Service [stated: resource-pertainsToGoal]",
            "Service -> Done [stated: Procedure.basedOn]",
            "Service -> Value [stated: Observation.basedOn]",
        ]
    );
}

#[test]
fn a_goal_and_an_order_that_name_the_same_concern_are_linked_as_inferred() {
    let lines = link_lines(&plan_of(&[
        condition(),
        goal(json!({ "addresses": [{ "reference": "Condition/c" }] })),
        service(json!({ "reasonReference": [{ "reference": "Condition/c" }] })),
    ]));
    assert!(lines.contains(&"Goal -> Service [inferred: both name CKD]".to_owned()), "{lines:?}");
}

#[test]
fn a_stated_link_stands_and_the_inferred_one_beside_it_goes() {
    let lines = link_lines(&plan_of(&[
        condition(),
        goal(json!({ "addresses": [{ "reference": "Condition/c" }] })),
        service(with(pertains("Goal/g"), json!({ "reasonReference": [{ "reference": "Condition/c" }] }))),
    ]));
    let between: Vec<_> = lines.iter().filter(|line| line.starts_with("Goal -> Service")).collect();
    assert_eq!(between, ["Goal -> Service [stated: resource-pertainsToGoal]"]);
}

#[test]
fn the_same_measure_links_over_sources_and_nothing_else_does() {
    let goal = goal(
        json!({ "target": [{ "measure": loinc("29463-7", "Weight") }], "addresses": [{ "reference": "Condition/c" }] }),
    );
    let weight = json!({ "resourceType": "Observation", "id": "w", "code": loinc("29463-7", "Weight"), "valueQuantity": { "value": 80, "unit": "kg" } });
    let lines = link_lines(&plan(vec![record("a", &[goal]), record("b", &[weight, condition()])]));
    assert_eq!(lines, ["Goal -> Weight [inferred: same measure]"]);
}

#[test]
fn a_plan_links_its_activities_with_their_results() {
    let done = json!({ "resourceType": "Procedure", "id": "p", "code": { "text": "Done" } });
    let plan = json!({ "resourceType": "CarePlan", "id": "cp", "title": "Plan", "goal": [{ "reference": "Goal/g" }],
        "addresses": [{ "reference": "Condition/c" }],
        "activity": [
            { "reference": { "reference": "ServiceRequest/s" }, "outcomeReference": [{ "reference": "Procedure/p" }] },
            { "detail": { "code": { "text": "Walk" }, "goal": [{ "reference": "Goal/g" }], "reasonReference": [{ "reference": "Condition/c" }] } }] });
    let goal = goal(json!({ "addresses": [{ "reference": "Condition/c" }] }));
    assert_eq!(
        link_lines(&plan_of(&[condition(), goal, service(json!({})), done, plan])),
        [
            "CKD -> Goal [stated: Goal.addresses]",
            "CKD -> Service [inferred: both in the plan Plan]",
            "CKD -> Walk [stated: CarePlan.activity.detail.reasonReference]",
            "Goal -> Walk [stated: CarePlan.activity.detail.goal]",
            "Service -> Done [stated: CarePlan.activity.outcomeReference]",
        ]
    );
}

fn due_to(id: &str, text: &str, cause: Value) -> Value {
    json!({ "resourceType": "Condition", "id": id, "code": { "text": text },
        "extension": [{ "url": fhir::codes::CONDITION_DUE_TO, "valueReference": cause }] })
}

#[test]
fn a_condition_is_linked_with_the_one_it_is_due_to_and_the_thread_of_its_goal_leads_there() {
    let retinopathy = due_to("r", "Retinopathy", json!({ "reference": "Condition/c" }));
    let plan = plan_of(&[condition(), retinopathy, goal(json!({ "addresses": [{ "reference": "Condition/r" }] }))]);
    assert_eq!(
        link_lines(&plan),
        ["CKD -> Retinopathy [stated: condition-dueTo]", "Retinopathy -> Goal [stated: Goal.addresses]"]
    );
    assert_eq!(plan.thread(&plan.goals[0].item.id).len(), 3);
}

#[test]
fn a_condition_due_to_a_procedure_or_to_words_is_not_drawn_as_if_they_answered_it() {
    let surgery =
        json!({ "resourceType": "Procedure", "id": "p", "status": "completed", "code": { "text": "Surgery" } });
    let anaemia = due_to("a", "Anaemia", json!({ "reference": "Procedure/p" }));
    let pain = due_to("b", "Pain", json!({ "display": "Surgery" }));
    let itself = due_to("i", "Itself", json!({ "reference": "Condition/i" }));
    assert_eq!(link_lines(&plan_of(&[surgery, anaemia, pain, itself])), [""; 0]);
}

#[test]
fn conditions_due_to_each_other_are_linked_once() {
    let one = due_to("1", "One", json!({ "reference": "Condition/2" }));
    let other = due_to("2", "Other", json!({ "reference": "Condition/1" }));
    assert_eq!(plan_of(&[one, other]).links.len(), 1);
}

#[test]
fn references_in_a_circle_end() {
    let order = |id: &str, on: &str| json!({ "resourceType": "ServiceRequest", "id": id, "code": { "text": id }, "basedOn": [{ "reference": on }] });
    let plan =
        plan_of(&[order("1", "ServiceRequest/2"), order("2", "ServiceRequest/1"), order("3", "ServiceRequest/3")]);
    assert_eq!(plan.links.len(), 1, "one link for each pair, none with itself");
    assert_eq!(plan.thread(&plan.links[0].from).len(), 2);
}

#[test]
fn a_urn_leads_to_the_resource_of_that_id() {
    let goal = goal(json!({ "addresses": [{ "reference": "urn:uuid:c" }] }));
    assert_eq!(link_lines(&plan_of(&[condition(), goal])), ["CKD -> Goal [stated: Goal.addresses]"]);
}

#[test]
fn the_thread_of_an_order_leads_from_its_concern_to_its_outcome() {
    let value = json!({ "resourceType": "Observation", "id": "o", "code": { "text": "Value" }, "basedOn": [{ "reference": "ServiceRequest/s" }] });
    let plan = plan_of(&[condition(), service(json!({ "reasonReference": { "reference": "Condition/c" } })), value]);
    let thread = plan.thread(&plan.interventions[0].item.id);
    assert_eq!(thread.len(), 3, "a lone reference where a list belongs counts, too");
}

#[test]
fn a_medicine_is_linked_with_its_reason_and_with_the_goal_it_serves() {
    for kind in ["MedicationRequest", "MedicationStatement"] {
        let medicine = json!({ "resourceType": kind, "id": "m", "status": "active",
            "medicationCodeableConcept": { "text": "Insulin" }, "reasonReference": [{ "reference": "Condition/c" }] });
        let resources = [condition(), goal(json!({})), with(medicine, pertains("Goal/g"))];
        let reason = format!("CKD -> Insulin [stated: {kind}.reasonReference]");
        let lines = link_lines(&plan_of(&resources));
        assert_eq!(lines, [reason.as_str(), "Goal -> Insulin [stated: resource-pertainsToGoal]"]);
    }
}

#[test]
fn of_two_plans_that_give_one_link_the_same_one_is_named_whatever_their_ids() {
    let care_plan = |id: &str, title: &str| {
        json!({ "resourceType": "CarePlan", "id": id, "title": title, "addresses": [{ "reference": "Condition/c" }],
            "activity": [{ "reference": { "reference": "ServiceRequest/s" } }] })
    };
    for (one, other) in [("Alpha", "Zeta"), ("Zeta", "Alpha")] {
        let resources = [condition(), service(json!({})), care_plan("1", one), care_plan("2", other)];
        assert_eq!(link_lines(&plan_of(&resources)), ["CKD -> Service [inferred: both in the plan Alpha]"]);
    }
}
