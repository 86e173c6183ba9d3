//! Days: whose they are, when they end, and how often they are told.

use jiff::civil::date;
use jiff::tz::TimeZone;
use shared_plan::commands::{change_activity, hold, judge_goal, resume, set_next_review};
use shared_plan::plan::{Achievement, ActivityContent, Schedule};
use shared_plan::ports::{Commit, Due, DueKind};

use crate::world::{DAY, World, somebody, tenant};

const ALL: [&str; 3] = ["activity-overdue", "goal-overdue", "review-due"];

#[tokio::test]
async fn each_late_thing_is_told_once_after_its_day_with_its_codes_and_its_programme() {
    let world = World::new().await;
    world.keep(&world.plan(DAY)).await;
    let watch = world.watch();
    world.clock.put("2026-11-21T23:59:59Z");
    assert_eq!(world.look(&watch).await.told, 0, "on its last day nothing is late");
    world.clock.forward(1);
    assert_eq!(world.look(&watch).await.told, 3);
    for _ in 0..3 {
        world.clock.forward(86_400);
        assert_eq!(world.look(&watch).await.told, 0);
    }
    assert_eq!(world.words().await, ALL);
    for event in world.told().await {
        assert_eq!(event.programme.as_deref(), Some("https://valley.example/PlanDefinition/sugar"));
        let facts = event.facts.unwrap();
        assert_eq!((facts.programme_version.as_deref(), facts.correction), (Some("1.0"), false));
        let state = if event.what.code() == "activity-overdue" { "requested" } else { "active" };
        assert_eq!(event.state.as_deref(), Some(state));
        assert_eq!(event.at.to_string(), "2026-11-22T00:00:00Z", "it happened when it was found");
    }
}

#[tokio::test]
async fn the_day_ends_where_the_tenant_is() {
    for (zone, last, first) in [
        ("America/Los_Angeles", "2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z"),
        ("Pacific/Auckland", "2026-11-21T10:59:59Z", "2026-11-21T11:00:00Z"),
        ("Asia/Kathmandu", "2026-11-21T18:14:59Z", "2026-11-21T18:15:00Z"),
    ] {
        let world = World::new().await;
        world.keep(&world.plan(DAY)).await;
        let (watch, zone) = (world.watch(), TimeZone::get(zone).unwrap());
        world.clock.put(last);
        assert_eq!(watch.look(&tenant(), &zone).await.unwrap().told, 0, "{last}");
        world.clock.put(first);
        assert_eq!(watch.look(&tenant(), &zone).await.unwrap().told, 3, "{first}");
    }
}

/// A day that has 23 hours ends an hour sooner.
#[tokio::test]
async fn the_day_ends_where_the_tenant_is_also_when_the_clocks_change() {
    let world = World::new().await;
    let (watch, zone) = (world.watch(), TimeZone::get("America/Los_Angeles").unwrap());
    world.keep(&world.plan(date(2027, 3, 14))).await;
    world.clock.put("2027-03-15T06:59:59Z");
    assert_eq!(watch.look(&tenant(), &zone).await.unwrap().told, 0);
    world.clock.put("2027-03-15T07:00:00Z");
    assert_eq!(watch.look(&tenant(), &zone).await.unwrap().told, 3);
}

#[tokio::test]
async fn time_does_not_run_for_a_plan_that_is_held_and_what_was_told_is_not_told_again() {
    let world = World::new().await;
    let plan = world.plan(DAY);
    world.keep(&plan).await;
    let held = world.then(&plan, hold).await;
    let watch = world.watch();
    world.clock.put("2026-11-25T00:00:00Z");
    assert_eq!(world.look(&watch).await.told, 0);
    let again = world.then(&held, resume).await;
    assert_eq!(world.look(&watch).await.told, 3);
    let held = world.then(&again, hold).await;
    world.then(&held, resume).await;
    world.clock.forward(120);
    assert_eq!(world.look(&watch).await.told, 0);
    assert_eq!(world.words().await, ALL);
}

#[tokio::test]
async fn another_day_is_told_when_it_has_passed_and_what_is_reached_or_done_is_not() {
    let world = World::new().await;
    let plan = world.plan(DAY);
    world.keep(&plan).await;
    let (goal, activity) = (plan.goals[0].id, plan.activities[0].id);
    let plan = world.then(&plan, |plan, act| judge_goal(plan, goal, Achievement::Achieved, act)).await;
    let watch = world.watch();
    world.clock.put("2026-11-22T00:00:00Z");
    assert_eq!(world.look(&watch).await.told, 2);
    assert_eq!(world.words().await, ["activity-overdue", "review-due"]);
    let later = Schedule { due: Some(date(2026, 11, 24)), ..Schedule::default() };
    let content = ActivityContent { schedule: later, ..plan.activities[0].content.clone() };
    let plan = world.then(&plan, |plan, act| change_activity(plan, activity, content, act)).await;
    world.then(&plan, |plan, act| set_next_review(plan, Some(date(2026, 11, 30)), act)).await;
    world.clock.put("2026-11-25T00:00:00Z");
    assert_eq!(world.look(&watch).await.told, 1);
    assert_eq!(world.words().await, ["activity-overdue", "activity-overdue", "review-due"]);
}

/// What cannot be read cannot say more; it holds back nothing that is late after it.
#[tokio::test]
async fn a_document_that_cannot_be_read_is_late_all_the_same() {
    let world = World::new().await;
    let plan = world.plan(DAY);
    let mut document = plan.to_document(somebody(), None);
    document.content = b"{}".to_vec();
    let due = Due { what: DueKind::ReviewDue, part: plan.id.to_string(), day: date(2026, 1, 1) };
    let commit = Commit { document, seen: None, parts: Vec::new(), dues: vec![due], events: Vec::new(), once: None };
    world.documents.commit(&commit).await.unwrap();
    world.keep(&world.plan(DAY)).await;
    world.clock.put("2026-11-22T00:00:00Z");
    assert_eq!(world.look(&world.watch()).await.told, 4);
    let first = world.told().await.into_iter().find(|event| event.document == plan.id.to_string()).unwrap();
    assert_eq!((first.programme, first.state, first.part), (None, None, Some(plan.id.to_string())));
}
