//! A change that its source refuses cannot be kept in the shared plan either: the page says why, and nothing typed is lost.

use axum::http::StatusCode;
use sandbox::{EhrConfig, GoalRefusal};

use super::refused::{WAYS, asked, refuse, sent};
use super::{form_of, goal, opened, read_only, send, versions};
use crate::carer::everybody_at_home_is_a_carer;
use crate::shared_plan::stage::{PERSON, actor};
use crate::support::browser::Browser;
use crate::support::form;
use crate::support::world::World;

const NO_LICENCE: &str =
    "It cannot be kept in the shared plan either: this organisation has no licence for shared plans.";
const STATED: &str = "The server of Valley Primary Care takes no changes of goals.";

/// The four EHRs, of which Valley says from the start that it takes no changes of goals.
fn of_which_one_states_it() -> Vec<EhrConfig> {
    let mut ehrs = World::ehrs();
    ehrs[0].read_only_types = vec!["Goal".to_owned()];
    ehrs
}

#[tokio::test]
async fn without_the_licence_a_refused_change_is_told_with_why_and_stays_where_it_was_typed() {
    let world = World::start().await;
    for (how, said) in WAYS {
        refuse(&world, how);
        let browser = Browser::new();
        let plan = opened(&world, &browser, "castellanos").await;
        let page = goal(&browser, &plan).await;
        let mut form = form_of(&page);
        form.set("target_value", "8.0");
        form.set("note", "Tires after walking");
        asked(&world);
        let told = send(&browser, &page, &form).await;
        assert_eq!((sent(&world), versions(&world)), (1, 1), "{how:?}");
        assert!(told.text.contains(said) && told.text.contains(NO_LICENCE), "{how:?}: {}", told.text);
        assert!(!told.text.contains("Keep in the shared plan"), "{how:?}: {}", told.text);
        if let Some(form) = form::with_action(&told, "/api/save_goal") {
            assert_eq!(form.get("target_value"), Some("8.0"), "{how:?}");
            assert_eq!(form.get("note"), Some("Tires after walking"), "{how:?}");
        }
    }
}

/// By the answer the server is known to take no changes, so there was no form any more to hold what was typed.
#[tokio::test]
async fn what_was_typed_was_gone_where_a_source_said_405_and_nothing_could_be_kept() {
    let world = World::start().await;
    refuse(&world, GoalRefusal::NotAllowed);
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    form.set("due", "2031-05-31");
    form.set("note", "Tires after < 10 minutes");
    let told = send(&browser, &page, &form).await;
    assert!(form::with_action(&told, "/api/save_goal").is_none(), "{}", told.text);
    let text = told.text.replace("<!>", "");
    for words in [
        STATED,
        NO_LICENCE,
        "What you typed is still here.",
        "What you typed, which is not saved",
        "Target value: 8.0",
        "Due date: 31-May-2031",
        "Progress note to add: Tires after &lt; 10 minutes",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test]
async fn a_carer_filled_in_a_form_of_a_goal_that_was_refused_when_it_was_sent() {
    let world = World::licensed_and_altered(everybody_at_home_is_a_carer).await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    assert!(page.text.contains("As a carer you read goals here"), "{}", page.text);
    assert!(form::with_action(&page, "/api/save_goal").is_none(), "{}", page.text);
    asked(&world);
    let refused = browser.post(&page.url, &page.at("api/save_goal"), &[("item", "x"), ("member", "y")]).await;
    assert_eq!((refused.status, sent(&world)), (StatusCode::FORBIDDEN, 0));
}

#[tokio::test]
async fn a_source_that_says_that_it_takes_no_changes_is_sent_none_and_the_shared_plan_is_offered_before() {
    let world = World::with_lines(of_which_one_states_it(), "").await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    assert!(page.text.contains(STATED) && page.text.contains("Keep in the shared plan"), "{}", page.text);
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    asked(&world);
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains("Kept in the shared plan. Valley Primary Care is not changed."), "{}", told.text);
    // A form that says otherwise is not believed, and keeps what was typed.
    form.set("place", "source");
    form.set("target_value", "8.5");
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains(&format!("Not saved: {STATED}")), "{}", told.text);
    assert_eq!(form_of(&told).get("target_value"), Some("8.5"), "{}", told.text);
    assert_eq!((sent(&world), versions(&world)), (0, 1));
}

#[tokio::test]
async fn without_the_licence_a_source_that_says_so_is_told_with_why_nothing_is_kept() {
    let world = World::altered(of_which_one_states_it(), |_| ()).await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let text = page.text.replace("<!>", "");
    assert!(text.contains(&format!("{STATED} {NO_LICENCE}")), "{text}");
    assert!(form::with_action(&page, "/api/save_goal").is_none(), "{text}");
}

#[tokio::test]
async fn the_person_was_offered_a_form_for_an_edit_of_the_care_team_and_refused_when_it_was_sent() {
    let world = World::licensed_and_altered(read_only).await;
    // The person keeps an edit of their own where there is none.
    let person = actor(&world, PERSON).await;
    let plan = person.get("plan?show=all").await;
    let page = goal(&person.browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "7.8");
    let told = send(&person.browser, &page, &form).await;
    assert!(told.text.contains("Kept in the shared plan."), "{}", told.text);
    // The clinician revises it: from then on it is the care team's.
    let browser = Browser::new();
    let theirs = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &theirs).await;
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains("Kept in the shared plan."), "{}", told.text);
    world.settled(&plan).await;
    let page = goal(&person.browser, &person.get("plan?show=all").await).await;
    assert!(page.text.contains("only the care team changes that one"), "{}", page.text);
    assert!(form::with_action(&page, "/api/save_goal").is_none(), "{}", page.text);
    assert!(page.text.replace("<!>", "").contains("Target value: 8.0"), "it is shown all the same: {}", page.text);
}
