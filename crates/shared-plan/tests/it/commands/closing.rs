//! Closing a plan asks about its open activities.

use std::collections::BTreeMap;

use jiff::civil::date;
use shared_plan::commands::{Closing, LeftOpen, add_activity, change_plan, close, move_activity};
use shared_plan::plan::{ActivityStatus, Plan, PlanStatus};

use super::plan::active;
use crate::world::*;

fn two_open(world: &World) -> Plan {
    let by = clinician();
    let plan = add_activity(&active(world), an_activity("Walking"), &world.act(&by, None)).unwrap().plan;
    let plan = add_activity(&plan, an_activity("Swimming"), &world.act(&by, None)).unwrap().plan;
    move_activity(&plan, activity(&plan), ActivityStatus::OnHold, &world.act(&by, Some("pool closed"))).unwrap().plan
}

fn closing(to: PlanStatus, open: &[(usize, LeftOpen)], plan: &Plan) -> Closing {
    Closing { to, open: open.iter().map(|(at, left)| (plan.activities[*at].id, *left)).collect() }
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
    let none = |to| Closing { to, open: BTreeMap::new() };
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
        "v8: plan-revised of a part cancelled, plan-revised of a part cancelled, plan-closed entered-in-error (correction)"
    );
}
