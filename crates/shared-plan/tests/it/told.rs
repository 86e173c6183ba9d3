//! What others are told, and by which codes.

use jiff::civil::date;
use shared_plan::commands::{
    Happened, NewTarget, add_activity, add_activity_for, add_goal, assign_activity, change_plan, correct_achievement,
    judge_goal, move_goal,
};
use shared_plan::concern::{ConcernContent, ConcernStatus, NewConcern, add, move_to};
use shared_plan::plan::{Achievement, Coded, GoalContent, GoalStatus, Period, Plan, PlanContent};
use shared_plan::ports::DueKind;
use shared_plan::{Event, Kept};

use crate::commands::plan::active;
use crate::world::*;

fn with_goal(world: &World) -> Plan {
    let by = clinician();
    add_goal(&active(world), a_goal("Sugar"), vec![hba1c("7", None)], GoalStatus::Active, &world.act(&by, None))
        .unwrap()
        .plan
}

/// One field held the lifecycle in one event and the achievement in the next.
#[test]
fn the_state_of_a_goal_was_now_its_lifecycle_and_now_its_achievement() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world);
    let judged = judge_goal(&plan, goal(&plan), Achievement::Achieved, &world.act(&by, None)).unwrap();
    let [told] = &judged.happened[..] else { panic!("{:?}", judged.happened) };
    assert_eq!((told.state, told.facts.achievement.as_deref()), (Some("active"), Some("achieved")));
    let before = told.facts.before.clone().unwrap();
    assert_eq!((before.state.as_deref(), before.achievement), (Some("active"), None));
}

/// Who counts assignments never heard of it.
#[test]
fn an_activity_that_was_added_with_somebody_to_do_it_was_not_told_as_assigned() {
    let world = World::default();
    let by = clinician();
    let plan = draft(&world);
    let ana = member(&plan, 0);
    let added = add_activity_for(&plan, an_activity("Walking"), Some(ana), &world.act(&by, None));
    assert_eq!(outcome(&added), "v2: plan-revised of a part requested, activity-assigned of a part requested");
    let added = added.unwrap();
    assert!(added.happened.iter().all(|told| told.facts.assigned == Some(ana.to_string())));
    let nobody = add_activity_for(&plan, an_activity("Walking"), Some(nobody()), &world.act(&by, None));
    assert_eq!(outcome(&nobody), "the plan has no such member");
}

#[test]
fn an_activity_that_nobody_does_any_more_was_told_as_assigned() {
    let world = World::default();
    let by = clinician();
    let plan = add_activity(&draft(&world), an_activity("Walking"), &world.act(&by, None)).unwrap().plan;
    let (walking, ana) = (activity(&plan), member(&plan, 0));
    let given = assign_activity(&plan, walking, Some(ana), &world.act(&by, None));
    assert_eq!(outcome(&given), "v3: activity-assigned of a part requested");
    let taken = assign_activity(&given.unwrap().plan, walking, None, &world.act(&by, None));
    assert_eq!(outcome(&taken), "v4: plan-revised of a part requested");
}

#[test]
fn a_correction_is_told_apart_from_what_happened() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world);
    let id = goal(&plan);
    let nothing = correct_achievement(&plan, id, Achievement::Achieved, &world.act(&by, None));
    assert_eq!(outcome(&nothing), "the plan has no such achievement");
    let reached = judge_goal(&plan, id, Achievement::Achieved, &world.act(&by, None)).unwrap().plan;
    let relapse = judge_goal(&reached, id, Achievement::Worsening, &world.act(&by, None));
    assert_eq!(outcome(&relapse), "v7: goal-changed of a part worsening");
    let mistake = correct_achievement(&reached, id, Achievement::Improving, &world.act(&by, Some("other person")));
    assert_eq!(outcome(&mistake), "v7: goal-changed of a part improving (correction)");
    let wrong = move_goal(&reached, id, GoalStatus::EnteredInError, &world.act(&by, Some("other person")));
    assert_eq!(outcome(&wrong), "v7: goal-changed of a part entered-in-error (correction)");
}

/// Any URI was a programme: a figure of its own for each plan, and a place where an event could say anything.
#[test]
fn a_mail_address_was_a_programme() {
    let world = World::default();
    let by = clinician();
    let programme = |urls: &[&str]| {
        let instantiates = urls.iter().map(|url| (*url).to_owned()).collect();
        let plan = change_plan(&draft(&world), PlanContent { instantiates, ..titled("B") }, &world.act(&by, None));
        let events: Vec<Event> = plan.unwrap().commit(&world, None).events;
        (events[0].programme.clone(), events[0].facts.clone().unwrap().programme_version)
    };
    assert_eq!(programme(&["mailto:maria@valley.example", "note:Maria"]), (None, None));
    let definition = "https://valley.example/PlanDefinition/sugar";
    let versioned = format!("{definition}|2.1");
    let found = (Some(definition.to_owned()), Some("2.1".to_owned()));
    assert_eq!(programme(&["https://valley.example/guideline/9", &versioned]), found, "a PlanDefinition goes first");
    let other = Some("https://valley.example/guideline/9".to_owned());
    assert_eq!(programme(&["x:y", "https://valley.example/guideline/9"]), (other, None));
}

#[test]
fn a_goal_tells_its_own_days_and_those_of_its_plan() {
    let world = World::default();
    let by = clinician();
    let year = Period { start: Some(date(2026, 1, 1)), end: Some(date(2026, 12, 31)) };
    let plan = change_plan(&draft(&world), PlanContent { period: year, ..titled("B") }, &world.act(&by, None)).unwrap();
    let content = GoalContent { start: Some(date(2026, 11, 1)), ..a_goal("Sugar") };
    let targets: Vec<NewTarget> =
        [None, Some(date(2027, 3, 1)), Some(date(2027, 1, 1))].map(|due| hba1c("7", due)).into();
    let added = add_goal(&plan.plan, content, targets, GoalStatus::Active, &world.act(&by, None)).unwrap();
    let facts = &added.happened[0].facts;
    let expected = Period { start: Some(date(2026, 11, 1)), end: Some(date(2027, 3, 1)) };
    assert_eq!((facts.period, facts.plan_period), (expected, year));
}

/// It counted as reached for ever, so that its days never passed again.
#[test]
fn a_goal_that_was_taken_up_again_was_still_achieved_and_never_late() {
    let world = World::default();
    let by = clinician();
    let plan = with_goal(&world);
    let due = hba1c("7", Some(date(2027, 3, 1)));
    let plan = add_goal(&plan, a_goal("Weight"), vec![due], GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    let id = goal(&plan);
    let plan = judge_goal(&plan, id, Achievement::Achieved, &world.act(&by, None)).unwrap().plan;
    let over = move_goal(&plan, id, GoalStatus::Completed, &world.act(&by, None)).unwrap().plan;
    assert_eq!(over.goal(id).unwrap().achievement.as_ref().map(|one| one.status), Some(Achievement::Achieved));
    let again = move_goal(&over, id, GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    assert_eq!(again.goal(id).unwrap().achievement, None);
    assert!(again.dues().iter().any(|due| due.what == DueKind::GoalOverdue && due.part == id.to_string()));
    let held = move_goal(&plan, id, GoalStatus::OnHold, &world.act(&by, Some("ill"))).unwrap().plan;
    let on = move_goal(&held, id, GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    assert!(on.goal(id).unwrap().achievement.is_some(), "what was only held goes on as it was");
}

#[test]
fn what_is_late_tells_the_codes_as_they_are() {
    let world = World::default();
    let by = clinician();
    let due = hba1c("7", Some(date(2027, 3, 1)));
    let plan =
        add_goal(&active(&world), a_goal("A"), vec![due], GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    let plan = judge_goal(&plan, goal(&plan), Achievement::Worsening, &world.act(&by, None)).unwrap().plan;
    let late = Happened::late(&plan, &plan.dues()[0]);
    assert_eq!((late.what.code(), late.state), ("goal-overdue", Some("active")));
    assert_eq!(late.part, Some(goal(&plan).to_string()));
    assert_eq!(late.facts.achievement.as_deref(), Some("worsening"));
    assert!(!late.facts.correction);
}

#[test]
fn whoever_was_told_of_a_concern_is_told_what_becomes_of_it() {
    let world = World::default();
    let new = || NewConcern {
        tenant: tenant(),
        person: person(),
        content: ConcernContent { description: Coded::text("Sore feet"), ..ConcernContent::default() },
        status: ConcernStatus::Active,
    };
    let told = add(new(), &world.act(&patient(), None)).unwrap().entry;
    let over = move_to(&told, ConcernStatus::Remission, &world.act(&clinician(), None));
    assert_eq!(entered(&over), "v2: concern-changed remission");
    let wrong = move_to(&told, ConcernStatus::EnteredInError, &world.act(&clinician(), Some("not hers")));
    assert_eq!(entered(&wrong), "v2: concern-changed entered-in-error (correction)");
    let untold = add(new(), &world.act(&clinician(), None)).unwrap().entry;
    assert_eq!(entered(&move_to(&untold, ConcernStatus::Remission, &world.act(&clinician(), None))), "v2: ");
    assert_eq!(untold.programme(), None);
}

#[test]
fn an_event_of_an_earlier_release_is_read() {
    let world = World::default();
    let event = with_goal(&world).clone();
    let judged = judge_goal(&event, goal(&event), Achievement::Improving, &world.act(&clinician(), None)).unwrap();
    let new = judged.commit(&world, None).events.remove(0);
    let mut json = serde_json::to_value(&new).unwrap();
    assert_eq!(serde_json::from_value::<Event>(json.clone()).unwrap(), new);
    json.as_object_mut().unwrap().remove("facts");
    assert_eq!(serde_json::from_value::<Event>(json).unwrap().facts, None);
}
