//! A goal is changed, and found changed at the place that owns it.

use serde_json::Value;

use crate::support::browser::{Browser, Page};
use crate::support::form::{self, Form};
use crate::support::world::World;

struct Story {
    world: World,
    browser: Browser,
    plan: Page,
}

impl Story {
    async fn begin() -> Self {
        let world = World::start().await;
        let browser = Browser::new();
        let people = sandbox::people::whereabouts();
        let plan =
            world.open(&browser, "valley-ehr", "castellanos", people[0].patient_id("valley-ehr").expect("known")).await;
        world.settled(&plan).await;
        let plan = browser.get(&plan.at("plan?show=all")).await;
        Self { world, browser, plan }
    }

    /// The goal's page, by the words of its title.
    async fn goal_page(&self, title: &str) -> Page {
        let article =
            self.plan.text.split("<article").find(|article| article.contains(title)).expect("the goal is on the plan");
        let href = article
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|href| href.contains("/goals/"))
            .expect("a link to its page");
        self.browser.get(&self.plan.url.join(href).expect("an address")).await
    }

    fn form(page: &Page) -> Form {
        form::with_action(page, "/api/save_goal").expect("the page has the form")
    }

    async fn send(&self, page: &Page, form: &Form) -> Page {
        self.browser.post(&page.url, &form.action, &form.pairs()).await
    }

    /// Every version of the goal at the EHR, oldest first.
    fn versions(&self) -> Vec<Value> {
        let store = self.world.sandbox.ehr("valley-ehr").store();
        let mine = store
            .list("Goal")
            .into_iter()
            .find(|goal| goal["description"]["text"] == "HbA1c below 7.0 %")
            .expect("the goal is there");
        let newest_first = store.versions("Goal", mine["id"].as_str().expect("an id"));
        newest_first.into_iter().rev().filter_map(|version| version.resource.as_deref().cloned()).collect()
    }
}

#[tokio::test]
async fn a_changed_target_is_found_at_its_owner_with_nothing_else_changed() {
    let story = Story::begin().await;
    let page = story.goal_page("HbA1c below 7.0 %").await;
    assert!(page.text.contains("Valley Primary Care"), "where it will be saved stands on the page before saving");
    let mut form = Story::form(&page);
    form.set("target_value", "7.5");
    form.set("due", "2027-06-30");
    let saved = story.send(&page, &form).await;
    assert!(saved.text.contains("version 2"), "{}", saved.text);

    let versions = story.versions();
    assert_eq!(versions.len(), 2);
    let [mut before, mut after] = [versions[0].clone(), versions[1].clone()];
    assert_eq!(after["target"][0]["detailQuantity"]["value"].to_string(), "7.5");
    assert_eq!(after["target"][0]["dueDate"], "2027-06-30");
    for version in [&mut before, &mut after] {
        version["meta"].as_object_mut().expect("meta").retain(|key, _| key != "versionId" && key != "lastUpdated");
        version["target"][0]["detailQuantity"].as_object_mut().expect("a quantity").remove("value");
        version["target"][0].as_object_mut().expect("a target").remove("dueDate");
    }
    assert_eq!(before, after, "only the named paths differ");
}

#[tokio::test]
async fn a_note_and_a_status_are_written_and_a_second_edit_goes_on_from_there() {
    let story = Story::begin().await;
    let page = story.goal_page("HbA1c below 7.0 %").await;
    let mut form = Story::form(&page);
    form.set("achievement", "improving");
    form.set("note", "Walks after dinner now. </textarea><script>alert(1)</script>");
    let saved = story.send(&page, &form).await;
    assert!(!saved.text.contains("<script>alert(1)"), "the note is text");
    let mut second = Story::form(&saved);
    assert_eq!(second.get("achievement"), Some("improving"), "the page shows what the source has now");
    second.set("due", "2027-01-31");
    story.send(&saved, &second).await;
    let versions = story.versions();
    assert_eq!(versions.len(), 3, "both edits are written");
    assert_eq!(versions[2]["achievementStatus"]["coding"][0]["code"], "improving");
    let notes = versions[2]["note"].as_array().expect("notes");
    assert!(notes.last().expect("a note")["text"].as_str().is_some_and(|text| text.starts_with("Walks after dinner")));
}

#[tokio::test]
async fn a_stale_form_shows_both_versions_and_keeps_what_was_typed() {
    let story = Story::begin().await;
    let page = story.goal_page("HbA1c below 7.0 %").await;
    let (mut mine, mut theirs) = (Story::form(&page), Story::form(&page));
    theirs.set("target_value", "8.0");
    story.send(&page, &theirs).await;
    mine.set("target_value", "6.8");
    mine.set("note", "My own words");
    let conflict = story.send(&page, &mine).await;
    assert!(conflict.text.contains("8.0") && conflict.text.contains("6.8"), "both versions stand side by side");
    assert!(conflict.text.contains("My own words"), "what was typed is kept");
    assert_eq!(story.versions().len(), 2, "nothing was overwritten");
    let again = Story::form(&conflict);
    assert_eq!(again.get("target_value"), Some("6.8"));
    story.send(&conflict, &again).await;
    let versions = story.versions();
    assert_eq!(versions.len(), 3, "sent again with both seen, it is written");
    assert_eq!(versions[2]["target"][0]["detailQuantity"]["value"].to_string(), "6.8");
}

#[tokio::test]
async fn a_wrong_value_is_refused_with_a_reason_and_kept() {
    let story = Story::begin().await;
    let page = story.goal_page("HbA1c below 7.0 %").await;
    let mut form = Story::form(&page);
    form.set("target_value", "about seven");
    let refused = story.send(&page, &form).await;
    assert_eq!(Story::form(&refused).get("target_value"), Some("about seven"));
    assert_eq!(story.versions().len(), 1);
}

/// The form of a goal of the shared plan took the same text.
#[tokio::test]
async fn ten_thousand_was_refused_by_one_goal_form_and_read_as_ten_by_the_other() {
    let story = Story::begin().await;
    let page = story.goal_page("HbA1c below 7.0 %").await;
    let mut form = Story::form(&page);
    form.set("target_value", "10,000");
    let refused = story.send(&page, &form).await;
    assert!(refused.text.contains("This can be read in two ways."), "{}", refused.text);
    assert_eq!(Story::form(&refused).get("target_value"), Some("10,000"), "nothing typed is lost");
    assert_eq!(story.versions().len(), 1);
    form.set("target_value", "7,5");
    let saved = story.send(&page, &form).await;
    assert!(saved.text.contains("version 2"), "{}", saved.text);
    assert_eq!(story.versions()[1]["target"][0]["detailQuantity"]["value"].to_string(), "7.5");
}
