//! Goals on one measure for different concerns.

use std::collections::BTreeSet;
use std::slice::from_ref;

use care_plan::decisions::{Grouping, MemberName};
use care_plan::plan::Goal;
use care_plan::snapshot::{Record, Snapshot};
use care_plan::{ConsolidatedPlan, Decisions, consolidate};
use fhir::codes::SNOMED;
use fhir::{ResourceKey, SourceId};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{TODAY, loinc, plan, plan_of, record};

const DIABETES: &str = "44054006";
const HEART_FAILURE: &str = "84114007";
const OBESITY: &str = "414916001";

fn condition(id: &str, code: &str) -> Value {
    json!({ "resourceType": "Condition", "id": id, "clinicalStatus": { "coding": [{ "code": "active" }] },
        "code": { "coding": [{ "system": SNOMED, "code": code }] } })
}

fn conditions() -> [Value; 3] {
    [condition("d", DIABETES), condition("h", HEART_FAILURE), condition("o", OBESITY)]
}

/// A goal for the weight that addresses these Conditions.
fn goal(id: &str, addresses: &[&str]) -> Value {
    let addresses: Vec<Value> = addresses.iter().map(|id| json!({ "reference": format!("Condition/{id}") })).collect();
    json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": "Lower weight" },
        "addresses": addresses, "target": [{ "measure": loinc("29463-7", "Body weight") }] })
}

fn with(mut goal: Value, key: &str, value: Value) -> Value {
    goal[key] = value;
    goal
}

/// Ids of the members of each goal, sorted.
fn members(plan: &ConsolidatedPlan) -> Vec<Vec<&str>> {
    fn ids(goal: &Goal) -> Vec<&str> {
        let mut ids: Vec<&str> = goal.item.members.iter().map(|member| member.key.id.as_str()).collect();
        ids.sort_unstable();
        ids
    }
    let mut all: Vec<Vec<&str>> = plan.goals.iter().map(ids).collect();
    all.sort();
    all
}

fn of(goals: &[Value]) -> ConsolidatedPlan {
    plan_of(&[&conditions()[..], goals].concat())
}

#[test]
fn goals_on_one_measure_for_two_concerns_were_one_goal() {
    let plan = of(&[goal("1", &["h"]), goal("2", &["o"])]);
    assert_eq!(members(&plan), [["1"], ["2"]]);
    assert_eq!(plan.goals.iter().filter(|goal| goal.item.because.is_empty()).count(), 2);
    // The way back from each leads to its own concern alone.
    for goal in &plan.goals {
        let thread = plan.thread(&goal.item.id);
        assert_eq!(plan.concerns.iter().filter(|concern| thread.contains(&concern.item.id)).count(), 1);
    }
}

#[test]
fn goals_that_share_a_concern_are_one_whatever_else_they_address() {
    assert_eq!(members(&of(&[goal("1", &["h", "o"]), goal("2", &["o"])])), [["1", "2"]]);
    assert_eq!(members(&of(&[goal("1", &["h"]), goal("2", &["h"]), goal("3", &[])])), [["1", "2", "3"]]);
}

#[test]
fn goals_for_one_illness_by_two_conditions_of_two_records_are_one() {
    let here = record("a", &[condition("here", HEART_FAILURE), goal("1", &["here"])]);
    let there = record("b", &[condition("there", HEART_FAILURE), goal("2", &["there"])]);
    assert_eq!(members(&plan(vec![here.clone(), there])), [["1", "2"]]);
    let other = record("b", &[condition("there", OBESITY), goal("2", &["there"])]);
    assert_eq!(members(&plan(vec![here, other])), [["1"], ["2"]]);
}

#[test]
fn a_goal_that_says_not_what_it_is_for_ties_no_two_that_differ() {
    let silent = goal("3", &[]);
    assert_eq!(members(&of(&[goal("1", &["h"]), silent.clone()])), [["1", "3"]]);
    assert_eq!(members(&of(&[goal("1", &["h"]), goal("2", &["o"]), silent.clone()])), [["1"], ["2"], ["3"]]);
    let twice = [goal("1", &["h"]), goal("2", &["o"]), silent, goal("4", &[])];
    assert_eq!(members(&of(&twice)), [vec!["1"], vec!["2"], vec!["3", "4"]], "nothing holds the silent ones apart");
}

#[test]
fn a_goal_for_both_does_not_tie_two_that_are_for_one_each() {
    let all = [goal("1", &["h"]), goal("2", &["h", "o"]), goal("3", &["o"]), goal("4", &["h"])];
    assert_eq!(members(&of(&all)), [vec!["1", "4"], vec!["2"], vec!["3"]]);
}

#[test]
fn a_code_of_the_description_ties_goals_for_two_concerns_no_more_than_a_measure_does() {
    let coded =
        |goal: Value| with(goal, "description", json!({ "coding": [{ "system": SNOMED, "code": "289169006" }] }));
    assert_eq!(members(&of(&[coded(goal("1", &["h"])), coded(goal("2", &["o"]))])), [["1"], ["2"]]);
}

#[test]
fn what_leads_to_no_concern_says_nothing() {
    let mut wrong = condition("h", HEART_FAILURE);
    wrong["verificationStatus"] = json!({ "coding": [{ "code": "entered-in-error" }] });
    let goals = [goal("1", &["h"]), goal("2", &["o"]), goal("3", &["lost"])];
    assert_eq!(members(&plan_of(&[from_ref(&wrong), &goals, &[condition("o", OBESITY)]].concat())), [["1", "2", "3"]]);
}

#[test]
fn one_goal_by_its_identifier_is_for_all_that_its_records_say() {
    let known = |goal: Value| with(goal, "identifier", json!([{ "system": "urn:hie", "value": "7" }]));
    let at = |source: &str, goals: &[Value]| record(source, &[&conditions()[..], goals].concat());
    let proven = vec![at("a", &[known(goal("1", &["h"]))]), at("b", &[known(goal("2", &["o"]))])];
    assert_eq!(members(&plan(proven)), [["1", "2"]]);
    // The silent copy is for heart failure, as the goal is that it copies, and does not go with another silent one.
    let copied = vec![
        at("a", &[known(goal("1", &["h"])), goal("3", &["o"]), goal("4", &[])]),
        at("b", &[known(goal("2", &[]))]),
    ];
    assert_eq!(members(&plan(copied)), [vec!["1", "2"], vec!["3"], vec!["4"]]);
}

#[test]
fn somebody_may_join_what_is_for_two_concerns() {
    let records = vec![record("a", &[&conditions()[..], &[goal("1", &["h"]), goal("2", &["o"])]].concat())];
    let name = |id: &str| MemberName {
        key: ResourceKey { source: SourceId::new("a"), kind: "Goal".to_owned(), id: id.to_owned() },
        part: None,
    };
    let join = Grouping::Join { members: BTreeSet::from([name("1"), name("2")]) };
    let decisions = Decisions { groupings: vec![join], ..Decisions::default() };
    assert_eq!(members(&consolidate(&Snapshot { records }, &decisions, TODAY)), [["1", "2"]]);
}

fn records(of: &[Vec<&str>], sources: usize) -> Vec<Record> {
    let held = |source: usize| {
        let own = of.iter().enumerate().filter(|(at, _)| at % sources == source);
        let goals: Vec<Value> = own.map(|(at, addresses)| goal(&at.to_string(), addresses)).collect();
        record(&format!("s{source}"), &[&conditions()[..], &goals].concat())
    };
    (0..sources).map(held).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_goal_is_for_two_things_that_have_nothing_in_common(
        of in prop::collection::vec(prop::collection::btree_set(prop::sample::select(vec!["d", "h", "o"]), 0..3), 1..7),
    ) {
        let of: Vec<Vec<&str>> = of.into_iter().map(|one| one.into_iter().collect()).collect();
        let at_one = plan(records(&of, 1));
        let found = members(&at_one);
        for ids in &found {
            let stated: Vec<&Vec<&str>> = ids.iter().map(|id| &of[id.parse::<usize>().expect("a number")]).filter(|one| !one.is_empty()).collect();
            for (one, other) in stated.iter().flat_map(|one| stated.iter().map(move |other| (one, other))) {
                prop_assert!(one.iter().any(|id| other.contains(id)), "{found:?} of {of:?}");
            }
        }
        let mut stating = of.iter().filter(|one| !one.is_empty());
        let in_common = stating.next().is_none_or(|first| first.iter().any(|id| of.iter().all(|one| one.is_empty() || one.contains(id))));
        if in_common {
            prop_assert_eq!(found.len(), 1, "{:?}", of);
        }
        // Neither the place nor the order changes it.
        let several = records(&of, 2);
        let turned: Vec<Record> = several.iter().rev().cloned().collect();
        let (several, turned) = (plan(several), plan(turned));
        prop_assert_eq!(members(&several), found.clone());
        prop_assert_eq!(members(&turned), found);
    }
}
