//! Closing a plan asks about its open activities and goals.

use std::collections::BTreeMap;

use jiff::civil::date;
use shared_plan::commands::{
    Closing, GoalLeft, LeftOpen, add_activity, add_goal, change_plan, close, complete_activity, judge_goal,
    move_activity, move_goal,
};
use shared_plan::plan::{Achievement, ActivityStatus, GoalStatus, Plan, PlanStatus};

use super::plan::active;
use crate::world::*;

fn two_open(world: &World) -> Plan {
    let by = clinician();
    let plan = add_activity(&active(world), an_activity("Walking"), &world.act(&by, None)).unwrap().plan;
    let plan = add_activity(&plan, an_activity("Swimming"), &world.act(&by, None)).unwrap().plan;
    move_activity(&plan, activity(&plan), ActivityStatus::OnHold, &world.act(&by, Some("pool closed"))).unwrap().plan
}

fn closing(to: PlanStatus, open: &[(usize, LeftOpen)], plan: &Plan) -> Closing {
    let open = open.iter().map(|(at, left)| (plan.activities[*at].id, *left)).collect();
    Closing { to, open, open_goals: BTreeMap::new() }
}

#[test]
fn a_plan_is_closed_when_something_was_said_of_each_open_activity() {
    let world = World::default();
    let by = clinician();
    let plan = two_open(&world);
    let one = closing(PlanStatus::Completed, &[(0, LeftOpen::Cancel)], &plan);
    let asked = close(&plan, &one, &world.act(&by, Some("all reached")));
    assert_eq!(outcome(&asked), "1 activities are open: say of each what becomes of it");
    let both = [(0, LeftOpen::Cancel), (1, LeftOpen::Completed(date(2026, 11, 1)))];
    let closed = close(&plan, &closing(PlanStatus::Completed, &both, &plan), &world.act(&by, Some("all reached")));
    assert_eq!(
        outcome(&closed),
        "v8: plan-revised of a part cancelled, activity-completed of a part completed, plan-closed completed"
    );
    let closed = closed.unwrap().plan;
    assert_eq!(closed.activities[0].status_reason.as_deref(), Some("all reached"));
    assert_eq!(closed.open_activities().count(), 0);
    let late = change_plan(&closed, titled("B"), &world.act(&by, None));
    assert_eq!(outcome(&late), "the plan is closed");
}

/// It was on hold because the pool was closed; done, it still gave that as its reason.
#[test]
fn an_activity_that_is_completed_with_its_plan_keeps_no_reason_of_another_state() {
    let world = World::default();
    let by = clinician();
    let plan = two_open(&world);
    let both = [(0, LeftOpen::Cancel), (1, LeftOpen::Completed(TODAY))];
    let closed =
        close(&plan, &closing(PlanStatus::Completed, &both, &plan), &world.act(&by, Some("done"))).unwrap().plan;
    assert_eq!(closed.activities[1].status_reason, None);
}

/// Closing went around the ways of an activity.
#[test]
fn an_activity_that_nobody_took_up_is_not_completed_by_closing_its_plan() {
    let world = World::default();
    let by = clinician();
    let plan = add_activity(&active(&world), an_activity("Walking"), &world.act(&by, None)).unwrap().plan;
    let plan =
        move_activity(&plan, activity(&plan), ActivityStatus::Rejected, &world.act(&by, Some("no time"))).unwrap().plan;
    let done = closing(PlanStatus::Completed, &[(0, LeftOpen::Completed(TODAY))], &plan);
    let refused = close(&plan, &done, &world.act(&by, Some("all reached")));
    assert_eq!(outcome(&refused), "an activity that is rejected may not become completed");
}

#[test]
fn what_cannot_be_said_of_an_activity_is_named() {
    let world = World::default();
    let by = clinician();
    let plan = two_open(&world);
    let mut wrong = closing(PlanStatus::Revoked, &[(0, LeftOpen::Completed(date(2026, 11, 22)))], &plan);
    wrong.open.insert(nobody(), LeftOpen::Cancel);
    let refused = close(&plan, &wrong, &world.act(&by, None));
    let first = plan.activities[0].id;
    let expected = format!(
        "/reason empty, /open/{first} in-the-future, /open/{} points-nowhere",
        nobody::<shared_plan::plan::Activity>()
    );
    assert_eq!(outcome(&refused), expected);
}

#[test]
fn each_way_to_close_from_each_state() {
    let world = World::default();
    let by = clinician();
    let none = |to| Closing { to, open: BTreeMap::new(), open_goals: BTreeMap::new() };
    let close_to = |plan: &Plan, to| close(plan, &none(to), &world.act(&by, Some("why")));
    let draft = draft(&world);
    assert_eq!(outcome(&close_to(&draft, PlanStatus::Completed)), "a plan that is draft may not become completed");
    assert_eq!(outcome(&close_to(&draft, PlanStatus::Active)), "a plan that is draft may not become active");
    assert_eq!(outcome(&close_to(&draft, PlanStatus::Revoked)), "v2: plan-closed revoked");
    let revoked = close_to(&draft, PlanStatus::Revoked).unwrap().plan;
    assert_eq!(outcome(&close_to(&revoked, PlanStatus::Completed)), "a plan that is revoked may not become completed");
    assert_eq!(
        outcome(&close_to(&revoked, PlanStatus::EnteredInError)),
        "v3: plan-closed entered-in-error (correction)"
    );
}

#[test]
fn a_plan_that_was_entered_in_error_takes_its_activities_along() {
    let world = World::default();
    let by = clinician();
    let plan = two_open(&world);
    let closed = close(&plan, &closing(PlanStatus::EnteredInError, &[], &plan), &world.act(&by, Some("wrong person")));
    assert_eq!(
        outcome(&closed),
        "v8: plan-revised of a part entered-in-error (correction), plan-revised of a part entered-in-error (correction), \
         plan-closed entered-in-error (correction)"
    );
}

/// A plan in force with a goal in each of these states.
fn with_goals(world: &World, states: &[GoalStatus]) -> Plan {
    let by = clinician();
    states.iter().fold(active(world), |plan, state| {
        let begun = if state.is_open() && *state != GoalStatus::OnHold { *state } else { GoalStatus::Active };
        let plan =
            add_goal(&plan, a_goal("Better sugar"), vec![hba1c("7.5", Some(TODAY))], begun, &world.act(&by, None));
        let plan = plan.unwrap().plan;
        if begun == *state {
            return plan;
        }
        move_goal(&plan, goal(&plan), *state, &world.act(&by, Some("so it went"))).unwrap().plan
    })
}

fn ends(to: PlanStatus, goals: &[(usize, GoalLeft)], plan: &Plan) -> Closing {
    let open_goals = goals.iter().map(|(at, left)| (plan.goals[*at].id, *left)).collect();
    Closing { to, open: BTreeMap::new(), open_goals }
}

/// They stayed active for ever: nobody could mend them, rules fired on them, and the consolidated plan showed them as
/// current beside the person's real goals, also where the plan was another person's.
#[test]
fn the_goals_of_a_plan_that_was_entered_in_error_stayed_active() {
    let world = World::default();
    let by = clinician();
    let plan = with_goals(&world, &[GoalStatus::Active, GoalStatus::Completed, GoalStatus::EnteredInError]);
    let plan = add_activity(&plan, an_activity("Walking"), &world.act(&by, None)).unwrap().plan;
    let done = shared_plan::commands::Done { day: TODAY, outcome: None, performed: Vec::new() };
    let plan = complete_activity(&plan, activity(&plan), done, &world.act(&by, None)).unwrap().plan;
    let closed = close(&plan, &ends(PlanStatus::EnteredInError, &[], &plan), &world.act(&by, Some("wrong person")));
    assert_eq!(
        outcome(&closed).split_once(": ").unwrap().1,
        "plan-revised of a part entered-in-error (correction), goal-changed of a part entered-in-error (correction), \
         goal-changed of a part entered-in-error (correction), plan-closed entered-in-error (correction)"
    );
    let closed = closed.unwrap().plan;
    assert!(closed.goals.iter().all(|goal| goal.status == GoalStatus::EnteredInError));
    assert_eq!(closed.activities[0].status, ActivityStatus::EnteredInError);
    assert_eq!(closed.goals[0].status_reason.as_deref(), Some("wrong person"));
}

#[test]
fn a_plan_was_closed_over_goals_that_nobody_had_ended() {
    let world = World::default();
    let by = clinician();
    let plan =
        with_goals(&world, &[GoalStatus::Active, GoalStatus::Proposed, GoalStatus::OnHold, GoalStatus::Completed]);
    let act = || world.act(&by, Some("she moves away"));
    let one = ends(PlanStatus::Completed, &[(0, GoalLeft::Cancel)], &plan);
    assert_eq!(outcome(&close(&plan, &one, &act())), "2 goals are open: say of each what becomes of it");
    let over = [(0, GoalLeft::Achieved), (1, GoalLeft::Completed), (2, GoalLeft::Completed)];
    let never_begun = close(&plan, &ends(PlanStatus::Completed, &over, &plan), &act());
    assert_eq!(outcome(&never_begun), "a goal that is proposed may not become completed");
    let all = [(0, GoalLeft::Achieved), (1, GoalLeft::Cancel), (2, GoalLeft::Completed)];
    let closed = close(&plan, &ends(PlanStatus::Completed, &all, &plan), &act());
    assert_eq!(
        outcome(&closed).split_once(": ").unwrap().1,
        "goal-achieved of a part achieved, goal-changed of a part cancelled, goal-changed of a part completed, \
         plan-closed completed"
    );
    let closed = closed.unwrap().plan;
    assert_eq!(closed.open_goals().count(), 0);
    assert_eq!(closed.goals[1].status_reason.as_deref(), Some("she moves away"));
    assert_eq!(closed.goals[3], plan.goals[3], "what had ended stays as it was");
}

#[test]
fn of_a_goal_that_is_over_or_not_there_nothing_is_said_when_its_plan_is_closed() {
    let world = World::default();
    let plan = with_goals(&world, &[GoalStatus::Completed]);
    let over = ends(PlanStatus::Revoked, &[(0, GoalLeft::Cancel)], &plan);
    let refused = close(&plan, &over, &world.act(&clinician(), Some("why")));
    assert_eq!(outcome(&refused), format!("/open_goals/{} points-nowhere", plan.goals[0].id));
}

/// What an earlier release kept stays as it is in the store, and is read as it ends now.
#[test]
fn a_goal_of_a_plan_that_was_closed_by_an_earlier_release_stayed_active() {
    let world = World::default();
    let by = clinician();
    let plan =
        with_goals(&world, &[GoalStatus::Active, GoalStatus::Accepted, GoalStatus::Active, GoalStatus::Completed]);
    let third = plan.goals[2].id;
    let plan = judge_goal(&plan, third, Achievement::Sustaining, &world.act(&by, None)).unwrap().plan;
    let kept_as = |status| {
        let mut closed = plan.clone();
        (closed.status, closed.status_reason) = (status, Some("moved away".to_owned()));
        (closed.version, closed.at) = (plan.version.next(), world.act(&by, None).at);
        let document = closed.to_document(by.clone(), None);
        (Plan::from_document(&document).unwrap(), closed)
    };
    let states = |plan: &Plan| plan.goals.iter().map(|goal| goal.status.code()).collect::<Vec<_>>();
    let (revoked, kept) = kept_as(PlanStatus::Revoked);
    assert_eq!(states(&revoked), ["cancelled", "cancelled", "completed", "completed"]);
    assert_eq!(revoked.goals[0].status_reason.as_deref(), Some("moved away"));
    let is_stamped = (revoked.goals[0].version, revoked.goals[0].at) == (kept.goals[0].version.next(), kept.at);
    assert!(is_stamped, "whoever has read it as active reads it again");
    assert_eq!(revoked.goals[3], kept.goals[3]);
    let (in_error, _) = kept_as(PlanStatus::EnteredInError);
    assert_eq!(states(&in_error), ["entered-in-error"; 4]);
    let (followed, kept) = kept_as(PlanStatus::Active);
    assert_eq!(followed, kept);
}
