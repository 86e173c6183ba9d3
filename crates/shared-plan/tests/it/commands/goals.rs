//! Goals.

use jiff::civil::date;
use shared_plan::commands::{
    MAX_PARTS, NewTarget, Noted, accept_goal, add_goal, add_note, change_goal, judge_goal, move_goal,
};
use shared_plan::plan::{
    AcceptanceAnswer, Achievement, Coded, Comparator, GoalContent, GoalStatus, Plan, Priority, Quantity, TargetValue,
};
use shared_plan::{Version, Who};

use crate::world::*;

fn with_goal(world: &World, status: GoalStatus) -> Plan {
    let target = hba1c("7.5", Some(date(2027, 3, 1)));
    add_goal(&draft(world), a_goal("Better sugar"), vec![target], status, &world.act(&clinician(), None)).unwrap().plan
}

#[test]
fn a_goal_is_added_with_targets_that_have_ids() {
    let world = World::default();
    let by = clinician();
    let plan = draft(&world);
    let target = NewTarget { id: Some(nobody()), ..hba1c("7.5", None) };
    let added = add_goal(&plan, a_goal("Better sugar"), vec![target], GoalStatus::Active, &world.act(&by, None));
    assert_eq!(outcome(&added), "v2: goal-changed of a part active");
    let goal = added.unwrap().plan.goals.pop().unwrap();
    assert_eq!(goal.version, Version::FIRST);
    assert_ne!(goal.content.targets[0].id, nobody(), "a new target has an id of its own, whatever was sent");
}

#[test]
fn a_goal_begins_in_no_state_that_is_over() {
    let world = World::default();
    let by = clinician();
    let plan = draft(&world);
    let began: Vec<&str> = GoalStatus::ALL
        .into_iter()
        .filter(|status| add_goal(&plan, a_goal("A"), Vec::new(), *status, &world.act(&by, None)).is_ok())
        .map(GoalStatus::code)
        .collect();
    assert_eq!(began, ["proposed", "planned", "accepted", "active"]);
    let refused = add_goal(&plan, a_goal("A"), Vec::new(), GoalStatus::Completed, &world.act(&by, None));
    assert_eq!(outcome(&refused), "a goal that is new may not become completed");
}

#[test]
fn a_target_that_cannot_stand_is_named_by_its_place() {
    let world = World::default();
    let by = clinician();
    let range = |low: &str, high: &str| TargetValue::Range { low: Some(percent(low)), high: Some(percent(high)) };
    let of = |value: TargetValue| NewTarget { value: Some(value), ..hba1c("1", None) };
    let below = Quantity { comparator: Some(Comparator::Below), ..percent("7") };
    let targets = vec![
        NewTarget { measure: None, ..hba1c("7.5", None) },
        NewTarget::default(),
        of(range("8", "7.5")),
        of(TargetValue::Range { low: None, high: None }),
        of(TargetValue::Range { low: Some(below), high: None }),
        of(TargetValue::Text(String::new())),
        of(TargetValue::Concept(Coded::default())),
        hba1c("7", Some(date(2026, 1, 1))),
    ];
    let content = GoalContent { start: Some(TODAY), ..a_goal("Better sugar") };
    assert_eq!(
        outcome(&add_goal(&draft(&world), content, targets, GoalStatus::Active, &world.act(&by, None))),
        "/targets/0/measure empty, /targets/1 empty, /targets/2/value low-above-high, /targets/3/value empty, \
         /targets/4/value/low/comparator twice, /targets/5/value empty, /targets/6/value empty, \
         /targets/7/due end-before-start"
    );
}

/// “100 mg/dL” for people was “100 mmol/L” for programs, a range went from mg/dL to mmol/L, and “mmHg” was sent as UCUM.
#[test]
fn targets_in_two_units_or_in_none_were_taken() {
    let world = World::default();
    let by = clinician();
    let in_unit = |value: &str, unit: &str, ucum: &str| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Quantity { unit: some(unit), ucum: some(ucum), ..percent(value) }
    };
    let target = |value| NewTarget { value: Some(value), ..hba1c("7", None) };
    let one = |value, unit, ucum| target(TargetValue::Quantity(in_unit(value, unit, ucum)));
    let range = |low, high| target(TargetValue::Range { low: Some(low), high: Some(high) });
    let wrong = vec![
        one("100", "mg/dL", "mmol/L"),
        one("130", "mmHg", "mmHg"),
        range(in_unit("70", "mg/dL", "mg/dL"), in_unit("10", "mmol/L", "mmol/L")),
        range(in_unit("70", "mg/dL", ""), in_unit("180", "", "")),
        range(in_unit("140", "mmHg", ""), in_unit("130", "", "mm[Hg]")),
    ];
    let add =
        |targets| add_goal(&draft(&world), a_goal("Less sugar"), targets, GoalStatus::Active, &world.act(&by, None));
    assert_eq!(
        outcome(&add(wrong)),
        "/targets/0/value/unit units-differ, /targets/1/value/ucum not-a-unit, \
         /targets/2/value/high/unit units-differ, /targets/3/value/high/unit units-differ, \
         /targets/4/value low-above-high"
    );
    let fine = vec![
        one("130", "mmHg", "mm[Hg]"),
        one("10000", "steps a day", "{steps}/d"),
        one("5", "points on our scale", ""),
        range(in_unit("70", "mg/dl", ""), in_unit("180", "mg/dL", "mg/dL")),
    ];
    let kept = add(fine).unwrap().plan;
    // What an earlier release took does not hold up another change of its goal.
    let mut kept = kept;
    let was = one("100", "mg/dL", "mmol/L").value;
    kept.goals[0].content.targets[0].value = was.clone();
    let of = |at: usize, value| NewTarget { id: Some(kept.goals[0].content.targets[at].id), value, ..hba1c("7", None) };
    let change =
        |value| change_goal(&kept, kept.goals[0].id, a_goal("Less"), vec![of(0, value)], &world.act(&by, None));
    assert_eq!(outcome(&change(was)), "v3: goal-changed of a part active");
    let other = one("101", "mg/dL", "mmol/L").value;
    assert_eq!(outcome(&change(other)), "/targets/0/value/unit units-differ");
}

#[test]
fn more_goals_than_are_kept_are_refused() {
    let world = World::default();
    let by = clinician();
    let mut plan = with_goal(&world, GoalStatus::Active);
    plan.goals = vec![plan.goals[0].clone(); MAX_PARTS];
    let refused = add_goal(&plan, a_goal("One more"), Vec::new(), GoalStatus::Active, &world.act(&by, None));
    assert_eq!(outcome(&refused), " too-long");
}

#[test]
fn a_target_that_is_named_by_its_id_keeps_it() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world, GoalStatus::Active);
    let (id, target) = (goal(&plan), plan.goals[0].content.targets[0].id);
    let kept = NewTarget { id: Some(target), ..hba1c("8.0", Some(date(2027, 3, 1))) };
    let changed = change_goal(&plan, id, a_goal("Better sugar"), vec![kept.clone()], &world.act(&by, None));
    assert_eq!(outcome(&changed), "v3: goal-changed of a part active");
    let changed = changed.unwrap().plan;
    assert_eq!(changed.goals[0].content.targets[0].id, target);
    assert_eq!(changed.goals[0].version, Version(2));
    let same = change_goal(&changed, id, a_goal("Better sugar"), vec![kept.clone()], &world.act(&by, None));
    assert_eq!(outcome(&same), "nothing would change");
    let stranger = NewTarget { id: Some(nobody()), ..kept.clone() };
    let targets = vec![kept.clone(), kept, stranger];
    assert_eq!(
        outcome(&change_goal(&changed, id, a_goal("B"), targets, &world.act(&by, None))),
        "/targets/1/id twice, /targets/2/id points-nowhere"
    );
    let nowhere = change_goal(&changed, nobody(), a_goal("B"), Vec::new(), &world.act(&by, None));
    assert_eq!(outcome(&nowhere), "the plan has no such goal");
}

/// 7.50 and 7.5 count the same, and are not the same: the change was refused as none.
#[test]
fn a_target_from_7_5_to_7_50_is_a_change() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world, GoalStatus::Active);
    let id = Some(plan.goals[0].content.targets[0].id);
    let exact = NewTarget { id, ..hba1c("7.50", Some(date(2027, 3, 1))) };
    let changed = change_goal(&plan, goal(&plan), a_goal("Better sugar"), vec![exact], &world.act(&by, None));
    assert_eq!(outcome(&changed), "v3: goal-changed of a part active");
}

#[test]
fn a_goal_that_is_over_says_nothing_new() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world, GoalStatus::Active);
    let id = goal(&plan);
    let plan = move_goal(&plan, id, GoalStatus::Completed, &world.act(&by, None)).unwrap().plan;
    let changed = change_goal(&plan, id, a_goal("B"), Vec::new(), &world.act(&by, None));
    assert_eq!(outcome(&changed), "a goal that is completed is not changed");
    let answered = accept_goal(&plan, id, AcceptanceAnswer::Agree, None, &world.act(&by, None));
    assert_eq!(outcome(&answered), "a goal that is completed is not changed");
    // How far it was reached can still be said, and a note be written.
    assert!(judge_goal(&plan, id, Achievement::NotAchieved, &world.act(&by, None)).is_ok());
    assert!(add_note(&plan, Noted::Goal(id), "Well done", &world.act(&by, None)).is_ok());
}

#[test]
fn a_goal_moves_along_its_ways_and_gives_its_reasons() {
    let world = World::default();
    let by = clinician();
    for from in [GoalStatus::Proposed, GoalStatus::Planned, GoalStatus::Accepted, GoalStatus::Active] {
        let plan = with_goal(&world, from);
        for to in GoalStatus::ALL {
            let moved = move_goal(&plan, goal(&plan), to, &world.act(&by, Some("because")));
            let expected = if to == from {
                "nothing would change".to_owned()
            } else if from.may_become(to) {
                told("v3: goal-changed of a part", to.code())
            } else {
                format!("a goal that is {} may not become {}", from.code(), to.code())
            };
            assert_eq!(outcome(&moved), expected);
        }
    }
    let plan = with_goal(&world, GoalStatus::Planned);
    let needs: Vec<&str> = GoalStatus::ALL
        .into_iter()
        .filter(|to| outcome(&move_goal(&plan, goal(&plan), *to, &world.act(&by, Some(" ")))) == "/reason empty")
        .map(GoalStatus::code)
        .collect();
    assert_eq!(needs, ["on-hold", "cancelled", "entered-in-error", "rejected"]);
}

#[test]
fn a_goal_is_reached_once() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world, GoalStatus::Active);
    let id = goal(&plan);
    let mut said = Vec::new();
    let mut now = plan.clone();
    for status in [Achievement::Improving, Achievement::Achieved, Achievement::Sustaining, Achievement::Worsening] {
        let judged = judge_goal(&now, id, status, &world.act(&by, None));
        said.push(outcome(&judged));
        now = judged.unwrap().plan;
    }
    assert_eq!(
        said,
        [
            "v3: goal-changed of a part improving",
            "v4: goal-achieved of a part achieved",
            "v5: goal-changed of a part sustaining",
            "v6: goal-changed of a part worsening"
        ]
    );
    let again = judge_goal(&now, id, Achievement::Worsening, &world.act(&by, None));
    assert_eq!(outcome(&again), "nothing would change");
    let proposed = with_goal(&world, GoalStatus::Proposed);
    let refused = judge_goal(&proposed, goal(&proposed), Achievement::Achieved, &world.act(&by, None));
    assert_eq!(outcome(&refused), "a goal that is proposed is not changed");
}

/// Only `achieved` stopped the time: a goal that was reached and is kept became overdue.
#[test]
fn a_goal_that_is_reached_and_kept_is_never_overdue() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world, GoalStatus::Active);
    let id = goal(&plan);
    assert_eq!(plan.goals[0].due(), Some(date(2027, 3, 1)));
    let kept = judge_goal(&plan, id, Achievement::Sustaining, &world.act(&by, None)).unwrap().plan;
    assert_eq!(kept.goals[0].due(), None);
    let lost = judge_goal(&kept, id, Achievement::NotAchieved, &world.act(&by, None)).unwrap().plan;
    assert_eq!(lost.goals[0].due(), Some(date(2027, 3, 1)));
}

#[test]
fn everybody_says_for_themselves_whether_they_support_a_goal() {
    let world = World::default();
    let (maria, luis) = (patient(), carer());
    let plan = with_goal(&world, GoalStatus::Proposed);
    let id = goal(&plan);
    let answer =
        |plan: &Plan, by: &Who, answer, priority| accept_goal(plan, id, answer, priority, &world.act(by, None));
    let first = answer(&plan, &maria, AcceptanceAnswer::Pending, None);
    assert_eq!(outcome(&first), "v3: goal-changed of a part proposed");
    let second = answer(&first.unwrap().plan, &luis, AcceptanceAnswer::Agree, None).unwrap().plan;
    let third = answer(&second, &maria, AcceptanceAnswer::Agree, Some(Priority::High)).unwrap().plan;
    let said: Vec<_> =
        third.goals[0].acceptance.iter().map(|said| (said.by.name.as_str(), said.answer, said.priority)).collect();
    assert_eq!(
        said,
        [("Maria Lopez", AcceptanceAnswer::Agree, Some(Priority::High)), ("Luis Lopez", AcceptanceAnswer::Agree, None)]
    );
    let same = answer(&third, &luis, AcceptanceAnswer::Agree, None);
    assert_eq!(outcome(&same), "nothing would change");
}

/// The patient had agreed to 8.0; the target became 6.5, and they still “supported it”. Agreeing to it was no change.
#[test]
fn the_patients_agreement_outlived_the_goal_that_they_had_agreed_to() {
    let world = World::default();
    let (by, maria) = (clinician(), patient());
    let plan = with_goal(&world, GoalStatus::Active);
    let id = goal(&plan);
    let agree = |plan: &Plan| accept_goal(plan, id, AcceptanceAnswer::Agree, None, &world.act(&maria, None));
    let stands = |plan: &Plan| plan.goals[0].is_answered_by(&plan.goals[0].acceptance[0]);
    let agreed = agree(&plan).unwrap().plan;
    let noted = add_note(&agreed, Noted::Goal(id), "Fine", &world.act(&maria, None)).unwrap().plan;
    assert!(stands(&noted), "a note is no other wording");
    let stricter = change_goal(&noted, id, a_goal("Better sugar"), vec![hba1c("6.5", None)], &world.act(&by, None));
    let stricter = stricter.unwrap().plan;
    assert!(!stands(&stricter));
    let again = agree(&stricter);
    assert_eq!(outcome(&again), "v6: goal-changed of a part active");
    let again = again.unwrap().plan;
    assert!(stands(&again));
    assert_eq!(outcome(&agree(&again)), "nothing would change");
    // What an earlier release kept says nothing of wordings until somebody changes the goal.
    let mut kept = agreed;
    kept.goals[0].worded = None;
    kept.goals[0].acceptance[0].said_to = None;
    assert!(stands(&kept));
    let changed = change_goal(&kept, id, a_goal("Less sugar"), Vec::new(), &world.act(&by, None)).unwrap().plan;
    assert!(!stands(&changed));
}

#[test]
fn a_note_is_added_to_whatever_state_and_never_empty() {
    let world = World::default();
    let by = patient();
    let plan = with_goal(&world, GoalStatus::Active);
    let noted = add_note(&plan, Noted::Goal(goal(&plan)), "  It goes well\n", &world.act(&by, None));
    assert_eq!(outcome(&noted), "v3: goal-changed of a part active");
    assert_eq!(noted.unwrap().plan.goals[0].notes[0].text, "It goes well");
    assert_eq!(outcome(&add_note(&plan, Noted::Goal(goal(&plan)), " ", &world.act(&by, None))), "/text empty");
    let nowhere = add_note(&plan, Noted::Activity(nobody()), "x", &world.act(&by, None));
    assert_eq!(outcome(&nowhere), "the plan has no such activity");
}
