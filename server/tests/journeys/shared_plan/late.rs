//! A form that came too late: nothing of anybody's is lost, and nothing of somebody else's is written over unseen.

use axum::http::StatusCode;

use crate::support::browser::Page;
use crate::support::form::{self, Form};
use crate::support::world::World;

use super::planned;
use super::stage::{Actor, DOCTOR, actor, send};

/// The form of the only goal, as the coordinator has it open.
async fn opened(coordinator: &Actor, plan: &Page) -> (Page, Form) {
    let page = coordinator.first_goal(plan).await;
    let form = form::with_action(&page, "/write/change-goal").expect("the form");
    (page, form)
}

/// The doctor changes the goal meanwhile.
async fn meanwhile(world: &World, typed: &[(&str, &str)]) -> Actor {
    let doctor = actor(world, DOCTOR).await;
    let goal = doctor.first_goal(&doctor.plan().await).await;
    let saved = send(&doctor, &goal, "/write/change-goal", typed).await;
    assert!(saved.text.contains("The goal is saved."), "{}", saved.text);
    doctor
}

/// It was sent again with the current version, and took the doctor's value away with what had stood in the form.
#[tokio::test]
async fn a_form_that_was_sent_again_wrote_over_what_the_user_had_not_touched() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let (page, mut mine) = opened(&coordinator, &plan).await;
    meanwhile(&world, &[("value-0", "8.0"), ("due-0", "2031-05-01")]).await;
    mine.set("description", "HbA1c in my own words");
    let stale = coordinator.browser.post(&page.url, &mine.action, &mine.pairs()).await;
    assert!(stale.text.contains("somebody else has changed the plan"), "{}", stale.text);
    let again = form::with_action(&stale, "/write/change-goal").expect("the form");
    assert_eq!(again.get("description"), Some("HbA1c in my own words"));
    assert_eq!((again.get("value-0"), again.get("due-0")), (Some("8.0"), Some("2031-05-01")), "as the doctor left it");
    assert!(stale.text.contains("Somebody else has changed this from “7.5” to “8.0”."), "{}", stale.text);
    let saved = coordinator.browser.post(&stale.url, &again.action, &again.pairs()).await;
    assert!(saved.text.contains("The goal is saved."), "{}", saved.text);
    assert!(saved.text.contains("at most 8.0 %") && saved.text.contains("HbA1c in my own words"), "both stand");
}

#[tokio::test]
async fn what_both_have_changed_is_shown_from_all_three_sides() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let (page, mut mine) = opened(&coordinator, &plan).await;
    meanwhile(&world, &[("value-0", "8.0")]).await;
    mine.set("value-0", "7.0");
    let stale = coordinator.browser.post(&page.url, &mine.action, &mine.pairs()).await;
    let again = form::with_action(&stale, "/write/change-goal").expect("the form");
    assert_eq!(again.get("value-0"), Some("7.0"), "mine stands in the field");
    assert!(stale.text.contains("When you opened it, this said “7.5”."), "{}", stale.text);
    assert!(stale.text.contains("Somebody else has changed it to “8.0”."), "{}", stale.text);
    assert!(stale.text.contains("aria-describedby=\"change-goal-value-0-meanwhile\""), "{}", stale.text);
    // Somebody is faster once more: the next form is drawn from what this one showed.
    meanwhile(&world, &[("unit-0", "percent")]).await;
    let later = coordinator.browser.post(&stale.url, &again.action, &again.pairs()).await;
    let again = form::with_action(&later, "/write/change-goal").expect("the form");
    assert_eq!((again.get("value-0"), again.get("unit-0")), (Some("7.0"), Some("percent")));
    let saved = coordinator.browser.post(&later.url, &again.action, &again.pairs()).await;
    assert!(saved.text.contains("at most 7.0 percent"), "{}", saved.text);
}

/// Fields of targets are numbered, and what was typed for one was read as another's.
#[tokio::test]
async fn a_target_that_somebody_else_took_away_moved_what_was_typed_to_another() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    // Two targets: HbA1c, and a walk.
    let (page, mut two) = opened(&coordinator, &plan).await;
    for (field, value) in [("measured-1", "Walk"), ("how-1", "at-least"), ("value-1", "20"), ("unit-1", "min")] {
        two.set(field, value);
    }
    let plan = coordinator.browser.post(&page.url, &two.action, &two.pairs()).await;
    assert!(plan.text.contains("at least 20 min"), "{}", plan.text);
    let (page, mut mine) = opened(&coordinator, &plan).await;
    // The doctor takes the first away.
    let nothing = ["measure-0", "measured-0", "value-0", "unit-0", "due-0"].map(|field| (field, ""));
    meanwhile(&world, &nothing).await;
    mine.set("value-1", "30");
    let stale = coordinator.browser.post(&page.url, &mine.action, &mine.pairs()).await;
    let again = form::with_action(&stale, "/write/change-goal").expect("the form");
    assert_eq!(
        (again.get("measured-0"), again.get("value-0")),
        (Some("Walk"), Some("30")),
        "it stands with its own target"
    );
    let saved = coordinator.browser.post(&stale.url, &again.action, &again.pairs()).await;
    assert!(saved.text.contains("The goal is saved."), "{}", saved.text);
    let (_, left) = opened(&coordinator, &saved).await;
    assert_eq!(
        (left.get("measured-0"), left.get("value-0"), left.get("value-1")),
        (Some("Walk"), Some("30"), Some(""))
    );
}

#[tokio::test]
async fn no_form_that_comes_too_late_loses_what_was_typed() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let new = coordinator.below(&plan, "activities/new").await;
    let plan = send(&coordinator, &new, "/write/add-activity", &[("description", "Foot exam")]).await;
    let href = plan.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let href = href.into_iter().find(|href| href.contains("/activities/") && !href.ends_with("/new")).expect("a link");
    let activity = coordinator.browser.get(&plan.url.join(href).expect("an address")).await;
    let goal = coordinator.first_goal(&plan).await;
    let pages = [
        (coordinator.plan().await, "/write/set-next-review", "next", "2999-01-01"),
        (coordinator.below(&plan, "change").await, "/write/change-plan", "description", "What I wrote"),
        (coordinator.below(&plan, "close").await, "/write/close", "reason", "What I wrote"),
        (coordinator.below(&plan, "team/new").await, "/write/add-member", "name", "What I wrote"),
        (coordinator.below(&plan, "goals/new").await, "/write/add-goal", "description", "What I wrote"),
        (coordinator.below(&plan, "activities/new").await, "/write/add-activity", "often", "What I wrote"),
        (goal.clone(), "/write/judge-goal", "reason", "What I wrote"),
        (goal.clone(), "/write/move-goal", "reason", "What I wrote"),
        (goal, "/report/note-goal", "text", "What I wrote"),
        (activity.clone(), "/report/complete-activity", "outcome", "What I wrote"),
        (activity.clone(), "/report/note-activity", "text", "What I wrote"),
        (activity.clone(), "/write/move-activity", "reason", "What I wrote"),
        (activity, "/write/change-activity", "often", "What I wrote"),
    ];
    meanwhile(&world, &[("value-0", "8.0")]).await;
    for (page, ending, field, text) in pages {
        let choices = [("achievement", "improving"), ("status", "on-hold"), ("to", "revoked")];
        let mut mine = form::with_action(&page, ending).unwrap_or_else(|| panic!("{ending}: {}", page.text));
        mine.set(field, text);
        for (name, value) in choices {
            if mine.get(name).is_some() {
                mine.set(name, value);
            }
        }
        if ending == "/write/close" {
            mine.set("to", "revoked");
        }
        if ending == "/write/add-activity" {
            mine.set("description", "Walking");
        }
        let stale = coordinator.browser.post(&page.url, &mine.action, &mine.pairs()).await;
        assert!(stale.text.contains("somebody else has changed the plan"), "{ending}: {}", stale.text);
        assert!(stale.text.contains("8.0"), "{ending}: what changed meanwhile stands beside it");
        let again = form::with_action(&stale, ending).unwrap_or_else(|| panic!("{ending} is there: {}", stale.text));
        assert_eq!(again.get(field), Some(text), "{ending}");
        let version = |form: &Form| form.get("version").and_then(|text| text.parse::<u64>().ok());
        assert!(version(&again) > version(&mine), "{ending} goes on from what is shown");
    }
    assert!(!coordinator.plan().await.text.contains("What I wrote"), "nothing of it was carried out");
}

/// The page of the form was gone with the plan, and what was typed with it.
#[tokio::test]
async fn what_was_typed_was_lost_when_the_plan_was_closed_meanwhile() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let goal = coordinator.first_goal(&plan).await;
    let change = coordinator.below(&plan, "change").await;
    let doctor = actor(&world, DOCTOR).await;
    let close = doctor.below(&doctor.plan().await, "close").await;
    let goal_ends = super::stage::first_named(&close, "ends-");
    let typed = [("to", "revoked"), ("reason", "Moved away"), (goal_ends.as_str(), "cancel")];
    let closed = send(&doctor, &close, "/write/close", &typed).await;
    assert!(closed.text.contains("The plan is closed."), "{}", closed.text);
    let late = send(&coordinator, &change, "/write/change-plan", &[("description", "A long text of mine")]).await;
    assert_eq!(late.status, StatusCode::OK, "{}", late.text);
    assert!(late.text.contains("A long text of mine"), "{}", late.text);
    let late = send(&coordinator, &goal, "/write/change-goal", &[("description", "Another text of mine")]).await;
    assert!(late.text.contains("What you typed") && late.text.contains("Another text of mine"), "{}", late.text);
}
