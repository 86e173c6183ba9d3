//! In which order items are listed.

use serde_json::{Value, json};

use crate::support::plan_of;

/// Resources in the order given, with ids that would list them the other way round.
fn listed(statuses: &[&str], make: impl Fn(&str, &str) -> Value) -> Vec<Value> {
    statuses.iter().rev().enumerate().map(|(at, status)| make(&at.to_string(), status)).collect()
}

#[test]
fn problems_of_no_date_are_listed_by_name_whatever_case_it_is_written_in() {
    let problem = |id: &str, text: &str| {
        json!({ "resourceType": "Condition", "id": id, "code": { "text": text },
            "clinicalStatus": { "coding": [{ "code": "active" }] } })
    };
    let plan = plan_of(&[problem("1", "zoster"), problem("2", "Gout"), problem("3", "asthma"), problem("4", "gout")]);
    let titles: Vec<&str> = plan.concerns.iter().map(|concern| concern.item.title.as_str()).collect();
    assert_eq!(titles, ["asthma", "Gout", "gout", "zoster"]);
}

#[test]
fn goals_are_listed_from_what_is_pursued_over_what_is_planned_and_waits_to_what_was_a_mistake() {
    let order = ["active", "planned", "proposed", "on-hold", "completed", "cancelled", "entered-in-error"];
    let goal = |id: &str, status: &str| json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": status, "description": { "text": status } });
    let plan = plan_of(&listed(&order, goal));
    let titles: Vec<&str> = plan.goals.iter().map(|goal| goal.item.title.as_str()).collect();
    assert_eq!(titles, order);
}

#[test]
fn orders_are_listed_from_what_is_to_be_done_over_what_is_done_to_what_was_a_mistake() {
    let order = ["active", "on-hold", "completed", "revoked", "entered-in-error"];
    let service = |id: &str, status: &str| json!({ "resourceType": "ServiceRequest", "id": id, "status": status, "intent": "order", "code": { "text": status } });
    let plan = plan_of(&listed(&order, service));
    let titles: Vec<&str> = plan.interventions.iter().map(|one| one.item.title.as_str()).collect();
    assert_eq!(titles, order);
}
