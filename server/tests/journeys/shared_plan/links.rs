//! What a part of a plan points at outlasts every form that did not show it.

use crate::support::browser::Page;
use crate::support::form::{self, Form};
use crate::support::world::World;

use super::planned;
use super::stage::{Actor, COORDINATOR, actor, add_goal, send, start};

/// The boxes of a form: field, value, whether it is ticked, and the words.
fn boxes(page: &Page, ending: &str) -> Vec<(String, String, bool, String)> {
    let form = page
        .text
        .split("<form")
        .find(|form| form.split('>').next().is_some_and(|head| head.contains(&format!("{ending}\""))));
    let form = form.and_then(|form| form.split("</form>").next()).unwrap_or_else(|| panic!("{ending}: {}", page.text));
    let read = |one: &str| {
        let (tag, rest) = one.split_once('>')?;
        let value = |name: &str| tag.split(&format!("{name}=\"")).nth(1)?.split('"').next().map(form::unescape);
        let words = rest.split("<span>").nth(1)?.split("</label>").next()?.to_owned();
        Some((value(" name")?, value(" value")?, tag.contains(" checked"), words))
    };
    form.split("<input type=\"checkbox\"").skip(1).filter_map(read).collect()
}

/// The form as a browser would send it, with what is ticked.
fn as_browser(page: &Page, ending: &str) -> Form {
    let mut form = form::with_action(page, ending).unwrap_or_else(|| panic!("{ending}: {}", page.text));
    let ticked = boxes(page, ending).into_iter().filter(|(.., ticked, _)| *ticked);
    form.fields.extend(ticked.map(|(field, value, ..)| (field, value)));
    form
}

/// The words of the boxes of a field that are ticked.
fn ticked(page: &Page, ending: &str, field: &str) -> Vec<String> {
    let ticked = boxes(page, ending).into_iter().filter(|(name, _, ticked, _)| name == field && *ticked);
    ticked.map(|(.., words)| words).collect()
}

/// Ticks the box of these words.
fn tick(form: &mut Form, page: &Page, ending: &str, words: &str) {
    let found = boxes(page, ending).into_iter().find(|(.., said)| said.contains(words));
    let (field, value, ..) = found.unwrap_or_else(|| panic!("{words} is offered: {}", page.text));
    form.fields.push((field, value));
}

async fn post(actor: &Actor, page: &Page, form: &Form) -> Page {
    actor.browser.post(&page.url, &form.action, &form.pairs()).await
}

/// A plan with a goal for a concern that was entered here; the goal's page.
async fn goal_for_a_concern(coordinator: &Actor) -> Page {
    let list = coordinator.get("shared-plan").await;
    send(coordinator, &list, "/shared-plan/concern", &[("description", "Too tired to cook")]).await;
    let plan = start(coordinator).await;
    let new = coordinator.below(&plan, "goals/new").await;
    let mut form = as_browser(&new, "/write/add-goal");
    form.set("description", "A warm meal each day");
    tick(&mut form, &new, "/write/add-goal", "Too tired to cook");
    let plan = post(coordinator, &new, &form).await;
    assert!(plan.text.contains("The goal is added."), "{}", plan.text);
    coordinator.first_goal(&plan).await
}

#[tokio::test]
async fn a_concern_that_was_over_was_unlinked_by_whoever_moved_a_due_date() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    let goal = goal_for_a_concern(&coordinator).await;
    let list = coordinator.get("shared-plan").await;
    let href = list.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let href = href.into_iter().find(|href| href.contains("/shared-plan/concerns/")).expect("the concern");
    let concern = coordinator.browser.get(&list.url.join(href).expect("an address")).await;
    let over = send(&coordinator, &concern, "/move", &[("status", "resolved"), ("reason", "She sleeps again")]).await;
    assert!(over.text.contains("Resolved"), "{}", over.text);
    world.settled(&coordinator.page).await;
    let page = coordinator.browser.get(&goal.url).await;
    let mut form = as_browser(&page, "/write/change-goal");
    form.set("start", "2026-12-01");
    let saved = post(&coordinator, &page, &form).await;
    assert!(saved.text.contains("The goal is saved."), "{}", saved.text);
    let page = coordinator.browser.get(&goal.url).await;
    let [linked] = &ticked(&page, "/write/change-goal", "concern")[..] else { panic!("{}", page.text) };
    assert!(linked.contains("Too tired to cook"), "{linked}");
    // Whoever unticks it takes it away.
    let unlinked = send(&coordinator, &page, "/write/change-goal", &[]).await;
    assert!(unlinked.text.contains("The goal is saved."), "{}", unlinked.text);
    let page = coordinator.browser.get(&goal.url).await;
    assert_eq!(ticked(&page, "/write/change-goal", "concern"), [""; 0]);
}

/// The form was drawn while the record was late or failed, and sent when it had come.
#[tokio::test]
async fn a_link_to_a_record_that_was_late_was_unlinked_by_a_form_that_never_showed_it() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    let page = goal_for_a_concern(&coordinator).await;
    let late = |page: &Page| {
        let mut form = as_browser(page, "/write/change-goal");
        form.fields.retain(|(name, _)| !name.starts_with("concern"));
        form
    };
    let mut form = late(&page);
    form.set("start", "in spring");
    let refused = post(&coordinator, &page, &form).await;
    assert!(refused.text.contains("This is not a date."), "{}", refused.text);
    assert_eq!(ticked(&refused, "/write/change-goal", "concern").len(), 1, "drawn again, it is offered as it stands");
    form.set("start", "2026-12-01");
    let saved = post(&coordinator, &page, &form).await;
    assert!(saved.text.contains("The goal is saved."), "{}", saved.text);
    let page = coordinator.browser.get(&page.url).await;
    assert_eq!(ticked(&page, "/write/change-goal", "concern").len(), 1, "{}", page.text);
    // The same of what the plan itself is for, and in whose place it stands.
    let change = coordinator.below(&coordinator.plan().await, "change").await;
    let before = [ticked(&change, "/write/change-plan", "concern"), ticked(&change, "/write/change-plan", "plan")];
    assert_eq!(before.each_ref().map(Vec::len), [1, 1], "{}", change.text);
    let mut form = form::with_action(&change, "/write/change-plan").expect("the form");
    form.fields.retain(|(name, _)| !name.ends_with("-offered"));
    form.set("title", "Another title");
    let saved = post(&coordinator, &change, &form).await;
    assert!(saved.text.contains("Another title"), "{}", saved.text);
    let change = coordinator.below(&saved, "change").await;
    let after = [ticked(&change, "/write/change-plan", "concern"), ticked(&change, "/write/change-plan", "plan")];
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_box_of_which_nothing_is_left_was_dropped_and_the_form_was_saved() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    let page = goal_for_a_concern(&coordinator).await;
    let mut form = as_browser(&page, "/write/change-goal");
    form.set("description", "A warm meal twice a day");
    form.fields.push(("concern".to_owned(), "m0123456789abcdef".to_owned()));
    let refused = post(&coordinator, &page, &form).await;
    assert!(refused.text.contains("This points at something that is not there."), "{}", refused.text);
    assert!(refused.text.contains("id=\"change-goal-concern-wrong\""), "{}", refused.text);
    let mut again = as_browser(&refused, "/write/change-goal");
    assert_eq!(again.get("description"), Some("A warm meal twice a day"));
    again.set("start", "2026-12-01");
    let saved = post(&coordinator, &refused, &again).await;
    assert!(saved.text.contains("The goal is saved."), "who was told can go on: {}", saved.text);
}

#[tokio::test]
async fn a_goal_that_was_reached_was_unlinked_by_whoever_moved_the_due_date_of_an_activity() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let goal = coordinator.first_goal(&plan).await;
    let new = coordinator.below(&plan, "activities/new").await;
    let mut form = as_browser(&new, "/write/add-activity");
    form.set("description", "Walks after dinner");
    tick(&mut form, &new, "/write/add-activity", "HbA1c that both can live with");
    let plan = post(&coordinator, &new, &form).await;
    assert!(plan.text.contains("The activity is added."), "{}", plan.text);
    let done = [("status", "completed"), ("reason", "Reached")];
    let goal = coordinator.browser.get(&goal.url).await;
    let moved = send(&coordinator, &goal, "/write/move-goal", &done).await;
    assert!(moved.text.contains("The goal has its new state."), "{}", moved.text);
    let href = plan.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let href = href.into_iter().find(|href| href.contains("/activities/") && !href.ends_with("/new")).expect("it");
    let page = coordinator.browser.get(&plan.url.join(href).expect("an address")).await;
    let mut form = as_browser(&page, "/write/change-activity");
    form.set("due", "2030-06-01");
    let saved = post(&coordinator, &page, &form).await;
    assert!(saved.text.contains("The activity is saved."), "{}", saved.text);
    let page = coordinator.browser.get(&page.url).await;
    let [served] = &ticked(&page, "/write/change-activity", "goal")[..] else { panic!("{}", page.text) };
    assert!(served.contains("HbA1c that both can live with"), "{served}");
}

#[tokio::test]
async fn a_target_of_ten_thousand_steps_became_one_of_ten() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let refused = add_goal(&coordinator, &plan, "Steps a day", "10,000").await;
    assert!(refused.text.contains("id=\"add-goal-value-0-wrong\""), "{}", refused.text);
    assert!(refused.text.contains("This can be read in two ways."), "{}", refused.text);
    let again = form::with_action(&refused, "/write/add-goal").expect("the form");
    assert_eq!(again.get("value-0"), Some("10,000"));
    let saved = send(&coordinator, &refused, "/write/add-goal", &[("value-0", "7,5")]).await;
    assert!(saved.text.contains("at most 7.5 %"), "{}", saved.text);
}
