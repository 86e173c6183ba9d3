//! Targets of every plan on the axis of a series, and what the readings say about a goal.

use care_plan::ConsolidatedPlan;
use care_plan::plan::{Component, Outcome};
use care_plan::trend::{Achievement, AchievementProposal, Movement, propose};
use serde_json::{Value, json};

use crate::support::{TODAY, loinc, plan, plan_of, record};

fn a1c(id: &str, when: &str, value: f64, unit: &str) -> Value {
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc("4548-4", "A1c"),
        "effectiveDateTime": when, "valueQuantity": { "value": value, "unit": unit } })
}

fn pressure(id: &str, when: &str, above: u32, below: u32) -> Value {
    let part = |code: &str, value: u32| json!({ "code": loinc(code, "part"), "valueQuantity": { "value": value, "unit": "mmHg" } });
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc("85354-9", "Blood pressure"),
        "effectiveDateTime": when, "component": [part("8480-6", above), part("8462-4", below)] })
}

fn goal(id: &str, targets: Value) -> Value {
    json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": id }, "target": targets })
}

fn bound(code: &str, comparator: &str, value: f64, unit: &str) -> Value {
    json!({ "measure": loinc(code, "measure"), "detailQuantity": { "value": value, "comparator": comparator, "unit": unit } })
}

fn told(outcome: &Outcome) -> Vec<String> {
    let said = |target: &care_plan::plan::OutcomeTarget| {
        let band = &target.band;
        let number =
            |bound: Option<rust_decimal::Decimal>| bound.map(|bound| bound.normalize().to_string()).unwrap_or_default();
        let component = match band.component {
            Some(Component::Systolic) => "systolic ",
            Some(Component::Diastolic) => "diastolic ",
            None => "",
        };
        let converted = if target.written.is_some() { " converted" } else { "" };
        let comparator = band.comparator.clone().unwrap_or_default();
        format!(
            "{}: {component}{comparator}{}..{} {}{converted}",
            target.key,
            number(band.low),
            number(band.high),
            band.unit
        )
    };
    outcome.targets.iter().map(said).collect()
}

#[test]
fn targets_of_every_plan_stand_on_one_axis_with_whose_they_are() {
    let plan = plan(vec![
        record("a", &[goal("g", json!([bound("4548-4", "<", 7.0, "%")]))]),
        record("b", &[goal("h", json!([bound("59261-8", "<", 58.0, "mmol/mol")])), a1c("1", "2026-10-01", 7.4, "%")]),
    ]);
    let mut told = told(&plan.outcomes[0]);
    told.sort();
    assert_eq!(told, ["a/Goal/g: <..7 %", "b/Goal/h: <..7.5 % converted"]);
}

#[test]
fn a_pressure_goal_says_which_number_each_bound_is_for_in_whatever_form_it_comes() {
    let reading = || pressure("p", "2026-10-01", 138, 86);
    let expected = ["a/Goal/g: systolic <..130 mmHg", "a/Goal/g: diastolic <..80 mmHg"];
    let two = json!([bound("8480-6", "<", 130.0, "mm[Hg]"), bound("8462-4", "<", 80.0, "mmHg")]);
    assert_eq!(told(&plan_of(&[goal("g", two), reading()]).outcomes[0]), expected);
    let words = json!([{ "measure": loinc("85354-9", "Blood pressure"), "detailString": "Below 130/80 mmHg" }]);
    assert_eq!(told(&plan_of(&[goal("g", words), reading()]).outcomes[0]), expected);
    let vague = json!([{ "measure": loinc("85354-9", "Blood pressure"), "detailString": "130/80" }]);
    let plan = plan_of(&[goal("g", vague), reading()]);
    assert!(plan.outcomes[0].targets.is_empty() && plan.goals[0].measure.is_some());
}

#[test]
fn a_pressure_target_whose_words_name_another_unit_than_its_code_is_a_pressure() {
    let odd = json!([{ "measure": loinc("8480-6", "Systolic"), "detailRange": {
        "low": { "value": "110", "unit": "lbs", "code": "mm[Hg]" }, "high": { "value": "140", "unit": "lbs", "code": "mm[Hg]" } } }]);
    let plan = plan_of(&[goal("g", odd), pressure("p", "2026-10-01", 138, 86)]);
    assert_eq!(told(&plan.outcomes[0]), ["a/Goal/g: systolic 110..140 mmHg"]);
}

#[test]
fn a_target_whose_words_and_code_both_fit_and_differ_is_drawn_nowhere() {
    let odd = json!([{ "measure": loinc("2345-7", "Glucose"),
        "detailQuantity": { "value": 7, "comparator": "<", "unit": "mmol/L", "code": "mg/dL" } }]);
    let glucose = json!({ "resourceType": "Observation", "id": "1", "status": "final", "code": loinc("2345-7", "Glucose"),
        "effectiveDateTime": "2026-10-01", "valueQuantity": { "value": 110, "unit": "mg/dL" } });
    let plan = plan_of(&[goal("g", odd), glucose]);
    assert!(plan.outcomes[0].targets.is_empty() && proposed(&plan).is_none());
}

/// What the readings say about the only goal.
fn proposed(plan: &ConsolidatedPlan) -> Option<AchievementProposal> {
    propose(&plan.goals[0], &plan.outcomes, TODAY)
}

fn says(resources: &[Value]) -> Option<Achievement> {
    proposed(&plan_of(resources))?.achievement
}

fn under_seven() -> Value {
    goal("g", json!([bound("4548-4", "<", 7.0, "%")]))
}

#[test]
fn the_readings_say_how_a_goal_goes() {
    let before = |value: f64| a1c("1", "2026-06-01", value, "%");
    let now = |value: f64| a1c("2", "2026-10-01", value, "%");
    assert_eq!(says(&[under_seven(), now(7.4)]), Some(Achievement::InProgress));
    assert_eq!(says(&[under_seven(), before(8.0), now(7.4)]), Some(Achievement::Improving));
    assert_eq!(says(&[under_seven(), before(7.2), now(7.4)]), Some(Achievement::Worsening));
    assert_eq!(says(&[under_seven(), before(7.4), now(7.4)]), Some(Achievement::NoChange));
    assert_eq!(says(&[under_seven(), before(7.4), now(6.9)]), Some(Achievement::Achieved));
    assert_eq!(says(&[under_seven(), before(6.5), now(6.9)]), Some(Achievement::Sustaining));
    assert_eq!(says(&[under_seven(), before(6.9), now(7.0)]), Some(Achievement::Worsening), "7.0 is not below 7");
    assert_eq!(says(&[under_seven(), before(7.0), now(6.9)]), Some(Achievement::Achieved), "and was not before");
}

#[test]
fn a_proposal_says_why() {
    let plan = plan_of(&[under_seven(), a1c("1", "2026-06-01", 8.0, "%"), a1c("2", "2026-10-01", 7.4, "%")]);
    let proposal = proposed(&plan).expect("a proposal");
    assert_eq!(proposal.achievement.map(Achievement::code), Some("improving"));
    let [judged] = &proposal.because[..] else { panic!("one target") };
    assert_eq!(judged.latest.key.to_string(), "a/Observation/2");
    assert_eq!(judged.previous.as_ref().map(|point| point.when.to_string()).as_deref(), Some("2026-06-01"));
    assert_eq!((judged.met, judged.movement), (Some(false), Some(Movement::Towards)));
    assert_eq!((judged.age, judged.speaks_for, judged.is_stale()), (51, 184, false));
    assert_eq!(judged.target.key.to_string(), "a/Goal/g");
}

#[test]
fn a_target_whose_day_has_passed_is_not_achieved_where_it_is_missed() {
    let due = |day: &str| {
        let mut goal = under_seven();
        goal["target"][0]["dueDate"] = json!(day);
        goal
    };
    let now = || a1c("2", "2026-10-01", 7.4, "%");
    assert_eq!(says(&[due("2026-11-20"), now()]), Some(Achievement::NotAchieved));
    assert_eq!(says(&[due("2026-11-21"), now()]), Some(Achievement::InProgress), "today is not over");
    assert_eq!(says(&[due("2026-11"), now()]), Some(Achievement::InProgress), "nor is the month");
    let exact = json!([{ "measure": loinc("29463-7", "Weight"), "detailQuantity": { "value": 72, "unit": "kg" }, "dueDate": "2026-01-01" }]);
    let weight = json!({ "resourceType": "Observation", "id": "w", "status": "final", "code": loinc("29463-7", "Weight"),
        "effectiveDateTime": "2026-10-01", "valueQuantity": { "value": 71, "unit": "kg" } });
    assert_eq!(
        says(&[goal("g", exact), weight]),
        Some(Achievement::InProgress),
        "one number does not say from which side"
    );
}

#[test]
fn old_readings_only_say_that_they_are_old() {
    let proposal = proposed(&plan_of(&[under_seven(), a1c("1", "2026-05-20", 6.5, "%")])).expect("a reason");
    assert_eq!(proposal.achievement, None);
    assert!(proposal.because[0].is_stale());
    assert!(says(&[under_seven(), a1c("1", "2026-05-21", 6.5, "%")]).is_some(), "184 days");
}

#[test]
fn nothing_is_proposed_where_the_readings_say_nothing() {
    let now = |value: f64, unit: &str| a1c("2", "2026-10-01", value, unit);
    let none = |resources: &[Value]| assert_eq!(proposed(&plan_of(resources)), None);
    none(&[under_seven()]);
    none(&[under_seven(), now(6.5, "g/dL")]);
    none(&[under_seven(), a1c("1", "2027-01-01", 6.5, "%")]);
    let with = |field: &str, value: Value| {
        let mut goal = under_seven();
        goal[field] = value;
        goal
    };
    none(&[with("lifecycleStatus", json!("cancelled")), now(6.5, "%")]);
    none(&[with("lifecycleStatus", json!("on-hold")), now(6.5, "%")]);
    none(&[with("startDate", json!("2026-10-02")), now(6.5, "%")]);
    let mut preliminary = now(6.5, "%");
    preliminary["status"] = json!("preliminary");
    none(&[under_seven(), preliminary]);
    let mut half = under_seven();
    half["target"] = json!([bound("4548-4", "<", 7.0, "%"), bound("29463-7", "<", 80.0, "kg")]);
    none(&[half, now(6.5, "%")]);
    let mut words = under_seven();
    words["target"] = json!([bound("4548-4", "<", 7.0, "%"), { "detailString": "feels well" }]);
    none(&[words, now(6.5, "%")]);
}

#[test]
fn both_numbers_of_a_pressure_must_meet_their_bounds() {
    let targets = || json!([bound("8480-6", "<", 130.0, "mmHg"), bound("8462-4", "<", 80.0, "mmHg")]);
    let goal = |targets| goal("g", targets);
    assert_eq!(says(&[goal(targets()), pressure("1", "2026-10-01", 128, 78)]), Some(Achievement::Achieved));
    assert_eq!(says(&[goal(targets()), pressure("1", "2026-10-01", 128, 80)]), Some(Achievement::InProgress));
    let words = json!([{ "measure": loinc("85354-9", "Blood pressure"), "detailString": "<130/80" }]);
    assert_eq!(says(&[goal(words), pressure("1", "2026-10-01", 128, 78)]), Some(Achievement::Achieved));
}

#[test]
fn a_value_so_near_its_bound_that_the_conversion_would_decide_says_nothing() {
    let goal = || goal("g", json!([bound("59261-8", "<", 53.0, "mmol/mol")]));
    assert_eq!(says(&[goal(), a1c("1", "2026-10-01", 7.0, "%")]), None);
    assert_eq!(says(&[goal(), a1c("1", "2026-10-01", 6.8, "%")]), Some(Achievement::Achieved));
    assert_eq!(says(&[goal(), a1c("1", "2026-10-01", 7.2, "%")]), Some(Achievement::InProgress));
}

#[test]
fn a_target_on_a_measure_that_no_table_knows_is_drawn_on_the_series_of_its_code() {
    let ferritin = json!({ "resourceType": "Observation", "id": "1", "status": "final", "code": loinc("2276-4", "Ferritin"),
        "effectiveDateTime": "2026-10-01", "valueQuantity": { "value": 40, "unit": "ng/mL" } });
    let plan = plan_of(&[ferritin, goal("g", json!([bound("2276-4", ">", 100.0, "ug/L")]))]);
    assert_eq!(plan.goals[0].measure.as_ref(), Some(&plan.outcomes[0].item.id));
    assert_eq!(told(&plan.outcomes[0]), ["a/Goal/g: >100.. ng/mL"]);
}

#[test]
fn a_target_on_a_code_that_two_measures_share_is_drawn_only_where_it_says_which() {
    let own = |code: &str| json!({ "system": "urn:own", "code": code });
    let shared = || json!({ "system": "http://loinc.org", "code": "72076-3" });
    let home = |id: &str, code: &str, label: &str| {
        json!({ "resourceType": "Observation", "id": id, "effectiveDateTime": "2026-10-01T08:00:00Z",
            "code": { "coding": [own(code), shared()], "text": label }, "valueQuantity": { "value": 120, "unit": "mmHg" } })
    };
    let aims = |coding: Value| {
        let quantity = json!({ "value": 130, "comparator": "<", "unit": "mmHg" });
        let target = json!([{ "measure": { "coding": coding }, "detailQuantity": quantity }]);
        let plan = plan_of(&[home("1", "7585", "Systolic"), home("2", "7586", "Diastolic"), goal("g", target)]);
        let drawn = plan.outcomes.iter().filter(|outcome| !outcome.targets.is_empty());
        drawn.map(|outcome| outcome.item.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(aims(json!([own("7585"), shared()])), ["Systolic"]);
    assert_eq!(aims(json!([shared()])), Vec::<String>::new());
}
