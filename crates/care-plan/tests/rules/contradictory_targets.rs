//! Contradictory targets.

use care_plan::plan::{IssueCode, Settlement};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{condition, goal, goal_for, issues, one, record, sides_say, silent, told, two, with};

const CODE: IssueCode = IssueCode::ContradictoryTargets;

fn quantity(value: f64, comparator: &str, unit: &str) -> Value {
    json!({ "detailQuantity": { "value": value, "comparator": comparator, "unit": unit, "code": unit } })
}

fn range(low: f64, high: f64, unit: &str) -> Value {
    json!({ "detailRange": { "low": { "value": low, "unit": unit, "code": unit },
        "high": { "value": high, "unit": unit, "code": unit } } })
}

#[test]
fn two_bounds_that_differ_are_told_side_by_side_with_who_set_them() {
    let patients = with(goal("g2", 8.0), json!({ "expressedBy": { "reference": "Patient/p", "display": "Ann" } }));
    let issue = one(CODE, two(goal("g1", 7.0), patients));
    assert_eq!(told(&issue), "moderate\na/Goal/g1: < 7.0 %\nb/Goal/g2: < 8.0 %");
    assert!(issue.sides[1].says.iter().any(|fact| fact.name == "setBy"), "the patient's own goal counts");
    assert!(issue.sides[1].version.is_none());
    let adopts = issue.settle.iter().filter(|edit| matches!(edit, Settlement::Adopt { .. })).count();
    assert_eq!((adopts, issue.settle.contains(&Settlement::KeepAsIs)), (2, true), "nothing is chosen for anybody");
}

#[test]
fn bands_that_no_value_can_meet_are_graver() {
    let low = goal_for("g1", "8480-6", quantity(130.0, "<", "mm[Hg]"));
    let high = goal_for("g2", "8480-6", range(140.0, 150.0, "mm[Hg]"));
    let issue = one(CODE, two(low, high));
    assert_eq!(told(&issue), "high\na/Goal/g1: systolic < 130.0 mm[Hg]\nb/Goal/g2: systolic 140.0 to 150.0 mm[Hg]");
}

#[test]
fn goals_of_different_clusters_on_one_measure_are_compared() {
    let steps = json!({ "measure": crate::support::loinc("41950-7"), "detailQuantity": { "value": 5000 } });
    let mut both = goal("g2", 8.0);
    both["target"].as_array_mut().expect("targets").push(steps);
    let issue = one(CODE, two(goal("g1", 7.0), both));
    assert_eq!((issue.sides.len(), issue.items.len()), (2, 2));
}

#[test]
fn both_pressures_are_one_issue_and_words_for_them_are_read() {
    let panel = goal_for("g2", "85354-9", json!({ "detailString": "below 140/90 mmHg" }));
    let mut parts = goal_for("g1", "8480-6", quantity(130.0, "<", "mm[Hg]"));
    let lower = with(json!({ "measure": crate::support::loinc("8462-4") }), quantity(80.0, "<", "mm[Hg]"));
    parts["target"].as_array_mut().expect("targets").push(lower);
    let issue = one(CODE, two(parts, panel));
    assert!(told(&issue).ends_with("b/Goal/g2: systolic < 140 mmHg, diastolic < 90 mmHg"), "{}", told(&issue));
}

#[test]
fn the_same_target_in_another_unit_is_the_same() {
    silent(CODE, two(goal("g1", 7.0), goal_for("g2", "4548-4", quantity(53.0, "<", "mmol/mol"))));
    let ldl = |id, value, unit| goal_for(id, "13457-7", quantity(value, "<", unit));
    silent(CODE, two(ldl("g1", 100.0, "mg/dL"), ldl("g2", 2.6, "mmol/L")));
    assert_eq!(
        issues(CODE, two(ldl("g1", 70.0, "mg/dL"), ldl("g2", 2.6, "mmol/L"))).len(),
        1,
        "another value is another"
    );
}

#[test]
fn nothing_is_said_of_goals_that_are_over_or_units_that_do_not_convert() {
    silent(CODE, two(with(goal("g1", 7.0), json!({ "lifecycleStatus": "completed" })), goal("g2", 8.0)));
    silent(
        CODE,
        two(
            goal_for("g1", "29463-7", quantity(90.0, "<", "kg")),
            goal_for("g2", "29463-7", quantity(30.0, "<", "kg/m2")),
        ),
    );
    silent(CODE, two(goal("g1", 7.0), goal_for("g2", "4548-4", json!({ "detailString": "as low as is safe" }))));
    silent(CODE, two(goal("g1", 7.0), goal_for("g2", "2339-0", quantity(8.0, "<", "mmol/L"))));
}

#[test]
fn at_most_and_below_are_the_same_and_a_value_agrees_with_its_bound() {
    silent(CODE, two(goal("g1", 7.0), goal_for("g2", "4548-4", quantity(7.0, "<=", "%"))));
    let plain = json!({ "detailQuantity": { "value": 7.0, "unit": "%", "code": "%" } });
    silent(CODE, two(goal("g1", 7.0), goal_for("g2", "4548-4", plain)));
}

#[test]
fn steps_on_the_way_to_the_same_target_do_not_contradict_it() {
    let mut steps = goal("g1", 8.0);
    let last = with(goal("x", 7.0)["target"][0].clone(), json!({ "dueDate": "2027-06-01" }));
    steps["target"].as_array_mut().expect("targets").push(last);
    silent(CODE, two(steps, goal("g2", 7.0)));
}

#[test]
fn two_goals_that_differ_on_two_measures_are_two_issues_with_two_names() {
    let second = |value| with(json!({ "measure": crate::support::loinc("29463-7") }), quantity(value, "<", "kg"));
    let mut one = goal("g1", 7.0);
    one["target"].as_array_mut().expect("targets").push(second(80.0));
    let mut other = goal("g2", 8.0);
    other["target"].as_array_mut().expect("targets").push(second(85.0));
    let found = issues(CODE, two(one, other));
    assert_eq!(found.len(), 2);
    assert_ne!(found[0].id, found[1].id);
}

#[test]
fn bounds_that_touch_exclude_each_other_only_where_one_of_them_is_strict() {
    let pair = |one: &str, other: &str| {
        two(
            goal_for("g1", "29463-7", quantity(90.0, one, "kg")),
            goal_for("g2", "29463-7", quantity(90.0, other, "kg")),
        )
    };
    let weight = |one, other| told(&crate::support::one(CODE, pair(one, other))).lines().next().map(str::to_owned);
    assert_eq!(weight("<", ">="), Some("high".into()));
    assert_eq!(weight("<=", ">"), Some("high".into()));
    assert_eq!(weight("<=", ">="), Some("moderate".into()), "90 itself meets both");
}

#[test]
fn values_without_a_comparator_only_differ_for_nobody_knows_which_side_is_meant() {
    let plain = |id, value: f64| {
        goal_for(id, "29463-7", json!({ "detailQuantity": { "value": value, "unit": "kg", "code": "kg" } }))
    };
    assert!(told(&one(CODE, two(plain("g1", 80.0), plain("g2", 90.0)))).starts_with("moderate"));
    let below = goal_for("g2", "29463-7", quantity(70.0, "<", "kg"));
    assert!(told(&one(CODE, two(plain("g1", 80.0), below.clone()))).starts_with("moderate"));
    assert!(told(&one(CODE, two(with(below, json!({ "id": "g3" })), plain("g1", 80.0)))).starts_with("moderate"));
}

#[test]
fn ranges_are_compared_at_both_ends_and_across_units() {
    let of = |id, low, high, unit| goal_for(id, "2339-0", range(low, high, unit));
    silent(CODE, two(of("g1", 4.4, 7.2, "mmol/L"), of("g2", 80.0, 130.0, "mg/dL")));
    assert!(
        told(&one(CODE, two(of("g1", 4.4, 7.2, "mmol/L"), of("g2", 100.0, 130.0, "mg/dL")))).starts_with("moderate")
    );
    assert!(told(&one(CODE, two(of("g1", 4.4, 7.2, "mmol/L"), of("g2", 140.0, 180.0, "mg/dL")))).starts_with("high"));
    assert!(told(&one(CODE, two(of("g1", 140.0, 180.0, "mg/dL"), of("g2", 4.4, 7.2, "mmol/L")))).starts_with("high"));
    let kilopascal = goal_for("g1", "8480-6", quantity(17.3, "<", "kPa"));
    silent(CODE, two(kilopascal, goal_for("g2", "8480-6", quantity(130.0, "<", "mm[Hg]"))));
}

#[test]
fn a_measure_that_the_crosswalk_does_not_know_is_compared_by_its_code() {
    let of = |id, value, unit| goal_for(id, "99999-9", quantity(value, "<", unit));
    one(CODE, two(of("g1", 2.0, "g"), of("g2", 3.0, "g")));
    silent(CODE, two(of("g1", 2.0, "g"), of("g2", 2000.0, "mg")));
    one(CODE, two(of("g1", 2.0, "g"), of("g2", 2100.0, "mg")));
    silent(CODE, two(of("g1", 2.0, "g"), of("g2", 3.0, "furlong")));
}

#[test]
fn what_is_only_proposed_or_on_hold_is_not_in_force() {
    for status in ["proposed", "on-hold", "cancelled", "rejected"] {
        silent(CODE, two(with(goal("g1", 7.0), json!({ "lifecycleStatus": status })), goal("g2", 8.0)));
    }
    for status in ["accepted", "planned"] {
        one(CODE, two(with(goal("g1", 7.0), json!({ "lifecycleStatus": status })), goal("g2", 8.0)));
    }
}

#[test]
fn a_unit_whose_words_contradict_its_code_is_compared_with_nothing() {
    let odd = json!({ "detailQuantity": { "value": 8.0, "comparator": "<", "unit": "mmol/mol", "code": "%" } });
    silent(CODE, two(goal("g1", 7.0), goal_for("g2", "4548-4", odd)));
}

#[test]
fn a_side_names_what_its_goal_addresses_and_leaves_no_empty_line_where_it_addresses_nothing() {
    let followed = with(goal("g1", 7.0), json!({ "addresses": [{ "reference": "Condition/c" }] }));
    let in_words = with(goal("g3", 7.5), json!({ "addresses": [{ "display": "Kidney disease" }] }));
    let records = vec![
        record("a", &[followed, condition("c", json!({}))]),
        record("b", &[goal("g2", 8.0)]),
        record("c", &[in_words]),
    ];
    let addressed = sides_say(&one(CODE, records), "addresses");
    assert_eq!(addressed, [Some("Type 2 diabetes mellitus".to_owned()), None, Some("Kidney disease".to_owned())]);
}

#[test]
fn a_target_that_several_others_exclude_is_offered_to_every_one_of_them() {
    let weight = |id, quantity| goal_for(id, "29463-7", quantity);
    let records = vec![
        record("a", &[weight("g1", quantity(80.0, "<", "kg"))]),
        record("b", &[weight("g2", range(85.0, 90.0, "kg"))]),
        record("c", &[weight("g3", quantity(100.0, ">=", "kg"))]),
    ];
    let issue = one(CODE, records);
    let offered = issue.settle.iter().filter_map(|settlement| match settlement {
        Settlement::Adopt { to, .. } => Some(to.len()),
        _ => None,
    });
    assert_eq!((issue.severity, offered.collect::<Vec<_>>()), (care_plan::plan::Severity::High, vec![2, 2, 2]));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn an_issue_is_there_where_any_two_differ_and_only_there(values in prop::collection::vec(60_u32..64, 1..5)) {
        let records = |values: &[u32]| {
            let goal = |(at, value): (usize, &u32)| {
                record(&format!("s{at}"), &[goal(&format!("g{at}"), f64::from(*value) / 10.0)])
            };
            values.iter().enumerate().map(goal).collect::<Vec<_>>()
        };
        let found = issues(CODE, records(&values));
        let differ = values.iter().any(|value| *value != values[0]);
        prop_assert_eq!(found.len(), usize::from(differ));
        let mut more = values.clone();
        more.push(values[0]);
        prop_assert_eq!(issues(CODE, records(&more)).len(), found.len(), "a record that agrees adds no issue");
        prop_assert_eq!(issues(CODE, records(&values).into_iter().rev().collect()), found);
    }
}
