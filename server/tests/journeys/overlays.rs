//! An edit that a source does not take is kept in the shared plan, beside what the source says.

mod refused;
mod why_not;

use access::{Operation, PatientAt, TenantId};
use care_plan_service::service::SOURCE;
use server::Server;

use crate::support::browser::{Browser, Page};
use crate::support::form::{self, Form};
use crate::support::world::World;

const HOME: &str = "valley-ehr";
const GOAL: &str = "HbA1c below 7.0 %";

/// Marisol's Patient at Valley.
fn patient() -> String {
    sandbox::people::whereabouts()[0].patient_id(HOME).expect("known there").to_owned()
}

/// Valley takes no changes of goals.
pub fn read_only(server: &mut Server) {
    let source = server.config.sources.iter_mut().find(|source| source.id == HOME).expect("Valley");
    source.writes.clear();
}

async fn opened(world: &World, browser: &Browser, user: &str) -> Page {
    let plan = world.open(browser, HOME, user, &patient()).await;
    world.settled(&plan).await;
    browser.get(&plan.at("plan?show=all")).await
}

fn card(page: &Page) -> String {
    let found = page.text.split("<article").find(|article| article.contains(GOAL) && article.contains("/goals/"));
    found.unwrap_or_else(|| panic!("the goal: {}", page.text)).replace("<!>", "")
}

pub async fn goal(browser: &Browser, page: &Page) -> Page {
    let card = card(page);
    let href =
        card.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|href| href.contains("/goals/"));
    browser.get(&page.url.join(href.expect("a link")).expect("an address")).await
}

pub fn form_of(page: &Page) -> Form {
    form::with_action(page, "/api/save_goal").unwrap_or_else(|| panic!("a form: {}", page.text))
}

pub async fn send(browser: &Browser, page: &Page, form: &Form) -> Page {
    browser.post(&page.url, &form.action, &form.pairs()).await
}

/// The versions that Valley has of the goal.
fn versions(world: &World) -> usize {
    let store = world.sandbox.ehr(HOME).store();
    let mine = store.list("Goal").into_iter().find(|goal| goal["description"]["text"] == GOAL).expect("the goal");
    store.versions("Goal", mine["id"].as_str().expect("an id")).len()
}

#[tokio::test]
async fn an_edit_that_the_source_does_not_take_stands_beside_what_it_says_until_it_is_taken_back() {
    let world = World::licensed_and_altered(read_only).await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    for words in [
        "Valley Primary Care takes no changes of goals from here.",
        "Your change is kept in the shared plan, beside what Valley Primary Care says. Valley Primary Care is not changed.",
        "Keep in the shared plan",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    form.set("reason", "Low sugar at night");
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains("Kept in the shared plan. Valley Primary Care is not changed."), "{}", told.text);
    assert!(told.text.contains("Target value: 8.0 (at Valley Primary Care: 7.0)"), "{}", told.text);
    assert_eq!(form_of(&told).get("target_value"), Some("8.0"), "one goes on from what stands there");
    assert_eq!(versions(&world), 1, "the source was not written");
    // A second click keeps nothing more, and the card shows both.
    let again = send(&browser, &page, &form).await;
    assert!(again.text.contains("Kept in the shared plan. Valley"), "{}", again.text);
    world.settled(&plan).await;
    let board = browser.get(&plan.at("plan?show=all")).await;
    let on_card = card(&board);
    assert!(on_card.contains("Target value: 8.0 (at Valley Primary Care: 7.0)"), "{on_card}");
    assert!(on_card.contains("below 7.0 %"), "what the record says is never replaced: {on_card}");
    // Somebody else sees it, and takes it back.
    let other = Browser::new();
    let theirs = opened(&world, &other, "okoro").await;
    let page = goal(&other, &theirs).await;
    let mut back = form::with_action(&page, "/overlay/take-back").unwrap_or_else(|| panic!("{}", page.text));
    let no_reason = other.post(&page.url, &back.action, &back.pairs()).await;
    assert!(no_reason.text.contains("Not taken back: say why."), "{}", no_reason.text);
    back.set("reason", "Agreed otherwise");
    let told = other.post(&page.url, &back.action, &back.pairs()).await;
    assert!(told.text.contains("Taken back: the shared plan says nothing beside this goal any more."), "{}", told.text);
    world.settled(&plan).await;
    assert!(!card(&browser.get(&plan.at("plan?show=all")).await).contains("8.0 (at"), "every screen follows");
}

#[tokio::test]
async fn an_overlay_says_when_the_record_has_moved_on() {
    let world = World::licensed_and_altered(read_only).await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    send(&browser, &page, &form).await;
    // The source changes the goal by itself.
    let store = world.sandbox.ehr(HOME).store();
    let mine = store.list("Goal").into_iter().find(|goal| goal["description"]["text"] == GOAL).expect("the goal");
    let mut changed = (*mine).clone();
    changed["note"] = serde_json::json!([{ "text": "Seen again" }]);
    store.load_bundle(&changed).expect("a resource");
    let later = Browser::new();
    let theirs = opened(&world, &later, "okoro").await;
    let on_card = card(&theirs);
    assert!(
        on_card.contains("Based on an older version: Valley Primary Care has changed this goal since."),
        "{on_card}"
    );
    // Whoever goes on from a form that was drawn without the edit beside it is told of it, and loses nothing typed.
    form.set("target_value", "8.5");
    let late = send(&browser, &page, &form).await;
    assert!(late.text.contains("somebody else kept or took back an edit of this goal meanwhile"), "{}", late.text);
    assert_eq!(form_of(&late).get("target_value"), Some("8.5"));
}

#[tokio::test]
async fn without_the_licence_the_form_says_why_before_anybody_types() {
    let world = World::altered(World::ehrs(), read_only).await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    assert!(page.text.contains("Valley Primary Care takes no changes of goals from here."), "{}", page.text);
    assert!(form::with_action(&page, "/api/save_goal").is_none(), "{}", page.text);
}

#[tokio::test]
async fn an_edit_that_was_kept_could_not_be_joined_in_the_audit_log_to_the_request_that_kept_it() {
    let world = World::licensed_and_altered(read_only).await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains("Kept in the shared plan."), "{}", told.text);
    let (tenant, at) = (TenantId::new("valley"), PatientAt::new(HOME, patient()));
    let person = world.server.persons.lookup(&tenant, &at).await.expect("an answer").expect("a person");
    let at = PatientAt::new(SOURCE, person.as_str());
    let log = world.server.trail.of_patient(&tenant, &at).await.expect("the log can be read");
    let kept: Vec<_> = log.iter().filter(|event| event.operation == Operation::WriteSharedPlan).collect();
    assert!(!kept.is_empty(), "{log:?}");
    assert!(kept.iter().all(|event| event.request.is_some()), "{kept:?}");
}

#[tokio::test]
async fn whoever_revised_the_edit_of_a_colleague_took_its_note_and_its_due_date_away() {
    let world = World::licensed_and_altered(read_only).await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("due", "2031-05-31");
    form.set("note", "Agreed by phone");
    form.set("reason", "She is travelling");
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains("Kept in the shared plan."), "{}", told.text);
    let other = Browser::new();
    let theirs = opened(&world, &other, "okoro").await;
    let page = goal(&other, &theirs).await;
    let mut form = form_of(&page);
    assert_eq!((form.get("note"), form.get("due")), (Some("Agreed by phone"), Some("2031-05-31")), "{}", page.text);
    form.set("target_value", "8.0");
    let told = send(&other, &page, &form).await;
    assert!(told.text.contains("Target value: 8.0 (at Valley"), "{}", told.text);
    let kept = &told.text[told.text.find("id=\"goal-overlays\"").expect("what is kept")..];
    let kept = &kept[..kept.find("<form").expect("the way to take it back")];
    for words in ["31-May-2031", "Agreed by phone", "She is travelling"] {
        assert!(kept.contains(words), "{words}: {kept}");
    }
}
