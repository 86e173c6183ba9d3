//! Two versions in words.

use access::Role;
use jiff::civil::date;
use serde_json::Value;
use shared_plan::commands::{
    Done, NewTarget, Noted, accept_goal, add_activity, add_goal, add_note, assign_activity, change_goal, change_plan,
    complete_activity, judge_goal, move_goal, send_to_review, set_next_review, sign_off,
};
use shared_plan::compare::{Difference, compare, words};
use shared_plan::plan::{AcceptanceAnswer, Achievement, GoalStatus, Plan, Priority};

use crate::full;
use crate::world::*;

fn said(before: &Plan, after: &Plan) -> Vec<String> {
    compare(before, after).iter().map(words).collect()
}

fn with_goal(world: &World) -> Plan {
    let target = hba1c("7.5", None);
    let by = clinician();
    add_goal(&draft(world), a_goal("Better sugar"), vec![target], GoalStatus::Active, &world.act(&by, None))
        .unwrap()
        .plan
}

#[test]
fn the_target_of_a_goal_is_compared_with_its_unit_said_once() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world);
    let id = Some(plan.goals[0].content.targets[0].id);
    let target = NewTarget { id, ..hba1c("8.0", Some(date(2027, 3, 1))) };
    let after =
        change_goal(&plan, goal(&plan), a_goal("Better sugar"), vec![target], &world.act(&by, None)).unwrap().plan;
    assert_eq!(said(&plan, &after), ["Target of HbA1c from 7.5 to 8.0 %", "Due date of HbA1c: 1 March 2027"]);
    assert_eq!(
        said(&after, &plan),
        ["Target of HbA1c from 8.0 to 7.5 %", "Due date of HbA1c taken away (was 1 March 2027)"]
    );
}

#[test]
fn each_command_reads_as_what_it_did() {
    let world = World::default();
    let (by, maria) = (clinician(), patient());
    let mut plan = draft(&world);
    let mut lines = Vec::new();
    let mut then = |plan: &mut Plan, next: Plan| {
        lines.extend(said(plan, &next));
        *plan = next;
    };
    let next =
        add_goal(&plan, a_goal("Better sugar"), vec![hba1c("7.5", None)], GoalStatus::Planned, &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let sugar = goal(&plan);
    let next = add_activity(&plan, an_activity("Walking"), &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let walking = activity(&plan);
    let next = assign_activity(&plan, walking, Some(member(&plan, 0)), &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let next = assign_activity(&plan, walking, Some(member(&plan, 1)), &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let next = accept_goal(&plan, sugar, AcceptanceAnswer::Agree, Some(Priority::High), &world.act(&maria, None));
    then(&mut plan, next.unwrap().plan);
    let next = move_goal(&plan, sugar, GoalStatus::Active, &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let next = judge_goal(&plan, sugar, Achievement::Improving, &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let done = Done { day: date(2026, 11, 20), outcome: None, performed: Vec::new() };
    let next = complete_activity(&plan, walking, done, &world.act(&maria, None));
    then(&mut plan, next.unwrap().plan);
    let next = add_note(&plan, Noted::Goal(sugar), "It goes well", &world.act(&maria, None));
    then(&mut plan, next.unwrap().plan);
    let next = set_next_review(&plan, Some(date(2027, 5, 1)), &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let next = send_to_review(&plan, vec![Role::Clinician], &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let next = sign_off(&plan, Role::Clinician, &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    let next = change_plan(&plan, titled("Diabetes and heart"), &world.act(&by, None));
    then(&mut plan, next.unwrap().plan);
    assert_eq!(
        lines,
        [
            "Goal added: Better sugar (HbA1c 7.5 %)",
            "Activity added: Walking",
            "Walking given to Ana Ruiz",
            "Walking given to Ben Okafor instead of Ana Ruiz",
            "Maria Lopez on Better sugar: supports it",
            "Importance to Maria Lopez of Better sugar: high",
            "Better sugar is active now (was planned)",
            "Achievement of Better sugar: improving",
            "Who judged the achievement of Better sugar: Dr. Ada Stone",
            "Walking is completed now (was requested)",
            "Walking done on 20 November 2026",
            "Who reported the completion of Walking: Maria Lopez",
            "Note on Better sugar: It goes well (Maria Lopez)",
            "Next review of the plan: 1 May 2027",
            "The plan is in review now (was being written)",
            "Reviewer of the plan added: the clinician",
            "The plan is approved now (was in review)",
            "Signed by the clinician",
            "Approved version of the plan: 13",
            "Title of the plan from Diabetes to Diabetes and heart",
            "The plan is not signed as it stands now (was approved)",
            "Reviewer of the plan removed: the clinician",
            "Signature of the clinician is void",
        ]
    );
}

#[test]
fn what_reads_the_same_and_is_not_is_told_exactly() {
    let before = full::plan();
    let mut after = before.clone();
    after.content.categories[0].codings[0].code = "other".to_owned();
    after.content.custodian.as_mut().unwrap().version = Some("4".to_owned());
    assert_eq!(
        said(&before, &after),
        [
            "Category of the plan removed: Longitudinal [text \"Longitudinal\"; http://loinc.org|38717003]",
            "Category of the plan added: Longitudinal [text \"Longitudinal\"; http://loinc.org|other]",
            "Organisation of the plan from \"Organization number o1\" [Organization/o1 of hospital, version 3] to \
             \"Organization number o1\" [Organization/o1 of hospital, version 4]",
        ]
    );
}

/// The same plan without what counts and dates changes, and with what has no order in one.
pub fn plain(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let (version, at) = (shared_plan::Version::FIRST, plan.created);
    (plan.version, plan.at) = (version, at);
    plan.contributors.clear();
    (plan.team.version, plan.team.at) = (version, at);
    for signed in &mut plan.review.signed {
        signed.at = at;
    }
    plan.review.former = None;
    plan.review.signed.sort_by_key(|signed| format!("{signed:?}"));
    for goal in &mut plan.goals {
        (goal.version, goal.at) = (version, at);
        goal.achievement.iter_mut().for_each(|achieved| achieved.at = at);
        // To which version somebody has said something counts where it was another wording.
        let stands: Vec<bool> = goal.acceptance.iter().map(|said| goal.is_answered_by(said)).collect();
        goal.worded = None;
        for (said, stands) in goal.acceptance.iter_mut().zip(stands) {
            (said.at, said.said_to) = (at, stands.then_some(version));
        }
        goal.acceptance.sort_by_key(|said| format!("{said:?}"));
        goal.notes.iter_mut().for_each(|note| note.at = at);
    }
    for activity in &mut plan.activities {
        (activity.version, activity.at) = (version, at);
        activity.completion.iter_mut().for_each(|done| done.at = at);
        activity.notes.iter_mut().for_each(|note| note.at = at);
    }
    plan
}

/// The law: nothing is left out, nothing is invented, and every difference reads as one.
pub fn check(before: &Plan, after: &Plan, about: &str) {
    let found = compare(before, after);
    assert_eq!(found.is_empty(), plain(before) == plain(after), "{about}: {found:?}");
    for difference in &found {
        differs(difference, about);
    }
}

fn differs(difference: &Difference, about: &str) {
    let said = |said: &Option<shared_plan::compare::Said>| said.as_ref().map(shared_plan::compare::Said::words);
    assert_ne!(said(&difference.before), said(&difference.after), "{about}: {difference:?}");
    assert!(!words(difference).is_empty());
}

#[test]
fn every_field_of_every_part_is_compared() {
    let plan = full::plan();
    let json = serde_json::to_value(&plan).unwrap();
    let mut places = Vec::new();
    walk(&json, String::new(), &mut places);
    let (mut tried, mut differed) = (0, 0);
    for place in places {
        // These are those of the plan for ever.
        if ["/id", "/tenant", "/person", "/created", "/team/id"].contains(&place.as_str()) {
            continue;
        }
        for changed in variants(&json, &place) {
            let Ok(other) = serde_json::from_value::<Plan>(changed) else { continue };
            tried += 1;
            differed += usize::from(plain(&other) != plain(&plan));
            check(&plan, &other, &place);
            check(&other, &plan, &place);
        }
    }
    assert!(tried > 400 && differed > 350, "{tried} plans tried, of which {differed} differed");
}

/// A pointer to everything that stands in a value.
fn walk(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| walk(value, format!("{at}/{name}"), places)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, value)| walk(value, format!("{at}/{place}"), places));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    places.push(at);
}

/// The whole with one place changed in each way that comes to mind; many are no plans.
fn variants(whole: &Value, place: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Value)| {
        let mut changed = whole.clone();
        changed.pointer_mut(place).into_iter().for_each(change);
        all.push(changed);
    };
    if let Some(Value::Array(_)) = whole.pointer(place) {
        with(&|value| value.as_array_mut().unwrap().reverse());
        with(&|value| drop(value.as_array_mut().unwrap().pop()));
        with(&|value| drop(value.as_array_mut().unwrap().remove(0)));
    }
    let texts = [
        "another",
        "2031-01-01",
        "draft",
        "revoked",
        "planned",
        "accepted",
        "in-review",
        "revised",
        "disagree",
        "low",
        "in-progress",
        "coordinator",
        "9.25",
        ">=",
        "000000000000000000000000000000aa",
        "2026-01-01T00:00:00Z",
        "03030303030303030303030303030303",
    ];
    for text in texts {
        with(&|value| *value = Value::String(text.to_owned()));
    }
    with(&|value| *value = Value::from(77));
    if let Some((parent, name)) = place.rsplit_once('/') {
        let mut changed = whole.clone();
        if let Some(Value::Object(fields)) = changed.pointer_mut(parent) {
            fields.remove(name);
            all.push(changed);
        }
    }
    all
}
