//! A session nears its end, is put off, ends; and what was typed then is not lost.

use axum::http::StatusCode;
use serde_json::Value;
use url::Url;

use crate::support::browser::{Browser, Page};
use crate::support::form::{self, Form};
use crate::support::world::World;

const MINUTE: i64 = 60;

/// How a session ended under a form. The EHRs have a clock of their own, so whoever signs in again is in their time.
enum End {
    InTime,
    SignedOutElsewhere,
}

struct Story {
    world: World,
    browser: Browser,
    plan: Page,
}

impl Story {
    async fn begin() -> Self {
        let (world, browser) = (World::start().await, Browser::new());
        let plan = open(&world, &browser, 0).await;
        Self { world, browser, plan }
    }

    fn at(&self, path: &str) -> Url {
        self.world.accord.join(path).expect("an address")
    }

    /// What a page is told that asks by itself.
    async fn ask(&self) -> Page {
        self.browser.get(&self.plan.at("session")).await
    }

    async fn left(&self) -> u64 {
        let told: Value = serde_json::from_str(&self.ask().await.text).expect("JSON");
        told["left"].as_u64().expect("seconds")
    }

    /// The form of the goal that everybody knows.
    async fn goal_form(&self, plan: &Page) -> (Page, Form) {
        let board = self.browser.get(&plan.at("plan?show=all")).await;
        let article = board.text.split("<article").find(|article| article.contains("HbA1c below 7.0 %"));
        let links = article.expect("the goal is on the plan").split("href=\"").skip(1);
        let mut hrefs = links.filter_map(|rest| rest.split('"').next());
        let href = hrefs.find(|href| href.contains("/goals/")).expect("a link to its page");
        let page = self.browser.get(&board.url.join(href).expect("an address")).await;
        let form = form::with_action(&page, "/api/save_goal").expect("the page has the form");
        (page, form)
    }

    /// A form that was filled while the session was open, and is sent after its end.
    async fn sent_too_late(&self, end: End) -> (Form, Page) {
        let (page, mut form) = self.goal_form(&self.plan).await;
        form.set("target_value", "6.7");
        form.set("note", "Typed before <the end> & not lost");
        match end {
            End::InTime => self.world.clock.by_seconds(61 * MINUTE),
            End::SignedOutElsewhere => drop(self.browser.twin().post(&page.url, &self.at("sign-out"), &[]).await),
        }
        let answer = self.browser.post(&page.url, &form.action, &form.pairs()).await;
        (form, answer)
    }

    fn goal_versions(&self) -> usize {
        let store = self.world.sandbox.ehr("valley-ehr").store();
        let goals = store.list("Goal");
        let goal = goals.iter().find(|goal| goal["description"]["text"] == "HbA1c below 7.0 %").expect("it is there");
        store.versions("Goal", goal["id"].as_str().expect("an id")).len()
    }
}

async fn open(world: &World, browser: &Browser, person: usize) -> Page {
    let people = sandbox::people::whereabouts();
    let patient = people[person].patient_id("valley-ehr").expect("known at Valley");
    let plan = world.open(browser, "valley-ehr", "castellanos", patient).await;
    assert!(plan.status.is_success() && plan.url.path().ends_with("/plan"), "{} {}", plan.url.path(), plan.text);
    world.settled(&plan).await;
    plan
}

#[tokio::test]
async fn every_page_of_a_launch_says_until_when_and_has_a_button_that_needs_no_script() {
    let story = Story::begin().await;
    for path in ["plan", "sources"] {
        let page = story.browser.get(&story.plan.at(path)).await;
        assert!(page.text.contains("Signed in until "), "{path}");
        assert!(page.text.contains("formaction=\"/extend\"") && page.text.contains("Stay signed in"), "{path}");
        assert!(page.text.contains("role=\"alertdialog\""), "{path}");
    }
}

#[tokio::test]
async fn asking_does_not_put_the_end_off_and_staying_does() {
    let story = Story::begin().await;
    assert!(story.left().await > 59 * 60);
    story.world.clock.by_seconds(56 * MINUTE);
    let left = story.left().await;
    assert!((200..=240).contains(&left), "{left}");
    assert!(story.left().await <= left, "what a page asks by itself is no use of the session");
    let page = story.browser.post(&story.plan.url, &story.at("extend"), &[]).await;
    assert_eq!(page.url, story.plan.url, "back to the page");
    story.world.clock.by_seconds(30 * MINUTE);
    assert!(story.left().await > 25 * 60);
    story.world.clock.by_seconds(31 * MINUTE);
    let ended = story.ask().await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_that_only_asks_for_news_does_not_keep_its_session_open() {
    let story = Story::begin().await;
    for _ in 0..13 {
        story.world.clock.by_seconds(5 * MINUTE);
        for path in ["session", "plan/board"] {
            story.browser.get(&story.plan.at(path)).await;
        }
    }
    let page = story.browser.get(&story.plan.url).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("Your session has ended") && !page.text.contains("VEGA"), "{}", page.text);
}

#[tokio::test]
async fn the_last_end_is_put_off_by_nobody_and_said_before() {
    let story = Story::begin().await;
    for _ in 0..13 {
        story.world.clock.by_seconds(54 * MINUTE);
        story.browser.post(&story.plan.url, &story.at("extend"), &[]).await;
    }
    let page = story.browser.get(&story.plan.url).await;
    assert!(page.text.contains("Signed in until "), "{}", page.text);
    assert!(!page.text.contains("formaction=\"/extend\"") && page.text.contains("whatever you do"), "{}", page.text);
    story.world.clock.by_seconds(20 * MINUTE);
    assert_eq!(story.ask().await.status, StatusCode::NOT_FOUND, "twelve hours are over");
}

#[tokio::test]
async fn staying_without_a_session_is_told_that_it_has_ended() {
    let story = Story::begin().await;
    story.world.clock.by_seconds(61 * MINUTE);
    let page = story.browser.post(&story.plan.url, &story.at("extend"), &[]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("Your session has ended"));
}

#[tokio::test]
async fn a_form_that_comes_too_late_is_not_saved_and_its_text_is_on_the_answer_and_nowhere_else() {
    let story = Story::begin().await;
    let versions = story.goal_versions();
    let (_, answer) = story.sent_too_late(End::InTime).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text.contains("Your session has ended"), "{}", answer.text);
    assert!(answer.text.contains("Typed before &lt;the end&gt; &amp; not lost"), "{}", answer.text);
    assert!(answer.text.contains("value=\"6.7\"") && !answer.text.contains("VEGA"), "{}", answer.text);
    assert!(answer.way.iter().all(|url| !url.as_str().contains("Typed")), "{:?}", answer.way);
    assert_eq!(story.goal_versions(), versions);
    let folder = story.world.config_file();
    for file in std::fs::read_dir(folder.parent().expect("a folder")).expect("it can be listed") {
        let file = file.expect("a file").path();
        let bytes = std::fs::read(&file).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("Typed before"), "kept for a stranger: {}", file.display());
    }
}

#[tokio::test]
async fn after_signing_in_the_text_is_in_its_form_again_and_can_be_saved() {
    let story = Story::begin().await;
    let versions = story.goal_versions();
    let (_, answer) = story.sent_too_late(End::SignedOutElsewhere).await;
    let back = form::with_action(&answer, "/typed").expect("the answer carries the text back");
    let in_vain = story.browser.post(&answer.url, &back.action, &back.pairs()).await;
    assert!(in_vain.text.contains("not lost") && in_vain.url.path() == "/typed", "not signed in yet: {}", in_vain.text);
    let plan = open(&story.world, &story.browser, 0).await;
    let page = story.browser.post(&answer.url, &back.action, &back.pairs()).await;
    assert!(page.url.path().starts_with(&format!("{}/goals/", plan.launch())), "{} {}", page.url, page.text);
    assert!(page.text.contains("your session had ended"), "{}", page.text);
    let form = form::with_action(&page, "/api/save_goal").expect("the goal's form");
    assert_eq!((form.get("target_value"), form.get("note")), (Some("6.7"), Some("Typed before <the end> & not lost")));
    let saved = story.browser.post(&page.url, &form.action, &form.pairs()).await;
    assert!(saved.text.contains("Saved at Valley Primary Care"), "{}", saved.text);
    assert_eq!(story.goal_versions(), versions + 1);
}

#[tokio::test]
async fn p3_what_was_typed_for_one_person_never_gets_into_the_form_of_another() {
    let story = Story::begin().await;
    let (_, answer) = story.sent_too_late(End::SignedOutElsewhere).await;
    let mut back = form::with_action(&answer, "/typed").expect("the answer carries the text back");
    let desmond = open(&story.world, &story.browser, 1).await;
    let page = story.browser.post(&answer.url, &back.action, &back.pairs()).await;
    assert!(page.text.contains("No plan that is open in this browser has this form"), "{}", page.text);
    assert!(page.text.contains("not lost") && !page.text.contains("BRANDT"), "{}", page.text);
    // Nor by an item that this person has, with the resource of the other.
    let board = story.browser.get(&desmond.at("plan?show=all")).await;
    let item = board.text.split("/goals/").nth(1).and_then(|rest| rest.split('"').next()).expect("a goal of theirs");
    back.set("item", item);
    let page = story.browser.post(&answer.url, &back.action, &back.pairs()).await;
    assert_eq!(page.url.path(), "/typed", "{}", page.text);
}

#[tokio::test]
async fn p2_a_late_form_for_a_launch_that_never_was_is_answered_alike() {
    let story = Story::begin().await;
    let (form, answer) = story.sent_too_late(End::InTime).await;
    let never = story.at("l/00000000000000000000000000000000/api/save_goal");
    let other = story.browser.post(&answer.url, &never, &form.pairs()).await;
    assert_eq!((answer.status, answer.text.len()), (other.status, other.text.len()));
}

#[tokio::test]
async fn a_stranger_who_sends_nothing_that_was_typed_is_told_what_strangers_are_told() {
    let story = Story::begin().await;
    let stranger = Browser::new();
    let page = stranger.post(&story.plan.url, &story.plan.at("api/retry_source"), &[("source", "valley-ehr")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("not open in this browser") && !page.text.contains("What you typed"), "{}", page.text);
}

#[tokio::test]
async fn what_was_read_for_a_session_does_not_outlast_it() {
    let story = Story::begin().await;
    story.world.settled(&story.plan).await;
    story.world.server.keep_house().await;
    assert!(story.world.snapshot(&story.plan).is_some(), "the session is open");
    story.world.clock.by_seconds(61 * MINUTE);
    story.world.server.keep_house().await;
    assert!(story.world.snapshot(&story.plan).is_none(), "nobody can look at it any more");
}
