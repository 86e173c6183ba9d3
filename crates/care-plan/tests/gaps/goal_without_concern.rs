//! A goal that says of no concern that it is for it.

use care_plan::plan::IssueCode::GoalWithoutConcern;
use care_plan::snapshot::{Reason, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

#[test]
fn a_goal_that_addresses_nothing_is_found() {
    let issues = found(&[goal("1"), condition("1")], GoalWithoutConcern);
    assert_eq!(issues.len(), 1);
    assert_eq!(
        (issues[0].element.as_str(), facts(&issues[0], "status")),
        ("Goal.addresses", vec!["active".to_owned()])
    );
}

#[test]
fn a_goal_that_addresses_something_however_it_says_so_stays_silent() {
    let silent = [
        json!({ "addresses": [to("Condition/1")] }),
        json!({ "addresses": [{ "display": "Diabetes" }] }),
        json!({ "addresses": [to("Condition/lost")] }),
        json!({ "expressedBy": to("Patient/p") }),
        json!({ "lifecycleStatus": "completed" }),
        json!({ "lifecycleStatus": "proposed" }),
    ];
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    for over in silent {
        let resources = [with(goal("1"), over.clone()), condition("1"), patient.clone()];
        assert_eq!(titles(&resources, GoalWithoutConcern), [""; 0], "{over}");
    }
}

#[test]
fn a_goal_of_a_plan_that_addresses_a_concern_is_for_that_concern() {
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "title": "Plan",
        "addresses": [to("Condition/1")], "goal": [to("Goal/1")] });
    assert!(found(&[goal("1"), condition("1"), plan], GoalWithoutConcern).is_empty());
}

#[test]
fn a_source_that_withholds_conditions_says_nothing_of_what_a_goal_is_for() {
    let withheld = but(record("a", &[goal("1")]), "Condition", Status::NotPermitted(Reason::NoScope));
    assert!(found_in(vec![withheld], GoalWithoutConcern).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn exactly_the_goals_that_address_nothing_are_found(names in prop::collection::vec(any::<bool>(), 0..8)) {
        let aim = |(at, names): (usize, &bool)| {
            let base = goal(&at.to_string());
            if *names { with(base, json!({ "addresses": [to("Condition/1")] })) } else { base }
        };
        let mut resources: Vec<Value> = names.iter().enumerate().map(aim).collect();
        resources.push(condition("1"));
        let lonely: Vec<String> = names.iter().enumerate().filter(|(_, names)| !**names).map(|(at, _)| format!("Goal {at}")).collect();
        prop_assert_eq!(titles(&resources, GoalWithoutConcern), lonely);
    }
}
