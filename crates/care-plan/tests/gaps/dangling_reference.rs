//! A reference that leads nowhere.

use care_plan::plan::IssueCode::DanglingReference;
use care_plan::snapshot::{Reason, Status};
use proptest::prelude::*;
use serde_json::json;

use crate::support::*;

#[test]
fn a_goal_that_names_a_lost_condition_is_found_with_the_reference() {
    let issues = found(&[with(goal("1"), json!({ "addresses": [to("Condition/lost")] }))], DanglingReference);
    assert_eq!(issues.len(), 1);
    assert_eq!(facts(&issues[0], "leadsNowhere"), ["Goal.addresses: Condition/lost"]);
    assert_eq!((issues[0].title.as_str(), issues[0].items.len()), ("Goal 1", 1));
}

#[test]
fn a_reference_that_leads_somewhere_or_that_nobody_could_follow_stays_silent() {
    let aim = with(goal("1"), json!({ "addresses": [to("Condition/1")] }));
    assert!(found(&[aim.clone(), condition("1")], DanglingReference).is_empty());
    for status in [Status::Failed(Reason::TimedOut), Status::NotPermitted(Reason::NoScope), Status::Pending] {
        let hidden = but(record("a", std::slice::from_ref(&aim)), "Condition", status.clone());
        assert!(found_in(vec![hidden], DanglingReference).is_empty(), "{status:?}");
    }
    let words = with(goal("1"), json!({ "addresses": [{ "display": "Diabetes" }] }));
    assert!(found(&[words], DanglingReference).is_empty());
}

#[test]
fn a_reference_that_is_followed_twice_is_told_once() {
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "goal": [to("Goal/lost")],
        "addresses": [to("Condition/lost")] });
    let issues = found(&[plan], DanglingReference);
    assert_eq!(facts(&issues[0], "leadsNowhere"), ["CarePlan.addresses: Condition/lost", "CarePlan.goal: Goal/lost"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_resource_is_one_issue_whatever_number_of_its_references_is_lost(lost in 0..6_usize, kept in 0..6_usize) {
        let named = (0..kept).map(|at| to(&format!("Condition/{at}"))).chain((0..lost).map(|at| to(&format!("Condition/lost{at}"))));
        let aim = with(goal("1"), json!({ "addresses": named.collect::<Vec<_>>() }));
        let resources: Vec<_> = (0..kept).map(|at| condition(&at.to_string())).chain([aim]).collect();
        let issues = found(&resources, DanglingReference);
        prop_assert_eq!(issues.len(), usize::from(lost > 0));
        prop_assert_eq!(issues.iter().map(|issue| facts(issue, "leadsNowhere").len()).sum::<usize>(), lost);
    }
}
