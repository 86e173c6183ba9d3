//! The shared plan: started from the consolidated view, reviewed, read by the person, and one more source of the plan.

mod forms;
mod late;
mod links;
pub mod stage;

use axum::http::StatusCode;

use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::World;
use stage::{Actor, COORDINATOR, DOCTOR, PERSON, actor, add_goal, patient, send, start};

/// The coordinator has started a plan with one goal.
async fn planned(world: &World) -> (Actor, Page) {
    let coordinator = actor(world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    let plan = add_goal(&coordinator, &plan, "HbA1c that both can live with", "7.5").await;
    (coordinator, plan)
}

#[tokio::test]
async fn a_plan_is_started_reviewed_signed_and_read_without_script() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    // Nothing is chosen for the user, and what the records know is offered.
    let new = coordinator.get("shared-plan/new").await;
    assert_eq!(new.status, StatusCode::OK, "{}", new.text);
    assert!(new.text.contains("Which concerns is it for?") && new.text.contains("take the place of"), "{}", new.text);
    assert!(!new.text.contains(" checked"), "nothing is chosen for the user");
    let plan = start(&coordinator).await;
    assert!(plan.text.contains("The plan is started.") && plan.text.contains("Draft"), "{}", plan.text);
    let plan = add_goal(&coordinator, &plan, "HbA1c that both can live with", "7.5").await;
    assert!(plan.text.contains("The goal is added.") && plan.text.contains("at most 7.5 %"), "{}", plan.text);
    let sent = send(&coordinator, &plan, "/write/send-to-review", &[("role", "clinician")]).await;
    assert!(sent.text.contains("In review") && sent.text.contains("Clinician: not signed yet"), "{}", sent.text);

    let doctor = actor(&world, DOCTOR).await;
    let read = doctor.plan().await;
    let signed = send(&doctor, &read, "/sign/sign", &[]).await;
    assert!(signed.text.contains("You have signed the plan."), "{}", signed.text);
    assert!(signed.text.contains("Approved, not in force yet"), "{}", signed.text);

    let person = actor(&world, PERSON).await;
    let read = person.plan().await;
    assert!(read.text.contains("What changed in your plan"), "{}", read.text);
    assert!(read.text.contains("HbA1c that both can live with"), "{}", read.text);
    // What was done, step by step, is said to the person as people speak.
    for jargon in ["Approved version of", "Reviewer of the plan", "Signed by the clinician"] {
        assert!(!read.text.contains(jargon), "{jargon}: {}", read.text);
    }
    assert!(
        !read.text.contains("/write/") && !read.text.contains("Add a goal"),
        "the person writes no plan: {}",
        read.text
    );
}

#[tokio::test]
async fn a_goal_of_the_shared_plan_stands_in_the_care_plan_with_its_badge() {
    let world = World::licensed().await;
    let (coordinator, _) = planned(&world).await;
    world.settled(&coordinator.page).await;
    let board = coordinator.get("plan?show=all").await;
    let card = board.text.split("<article").find(|card| card.contains("HbA1c that both can live with"));
    let card = card.unwrap_or_else(|| panic!("the goal is on the board: {}", board.text));
    assert!(card.contains("title=\"Shared plan\""), "{card}");
    let snapshot = world.snapshot(&coordinator.page).expect("open");
    let record = snapshot.records.iter().find(|record| record.source.id.as_str() == "shared-plan").expect("a source");
    assert!(record.problems.is_empty(), "{:?}", record.problems);
    let plan = world.server.plan(coordinator.page.launch().trim_start_matches("/l/")).expect("open");
    let lost: Vec<_> = plan.problems.iter().filter(|(source, _)| source.id.as_str() == "shared-plan").collect();
    assert!(lost.is_empty(), "nothing of it leads nowhere: {lost:?}");
    // Its own page says where it is changed.
    let href =
        card.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|href| href.contains("/goals/"));
    let goal = coordinator.browser.get(&board.url.join(href.expect("a link")).expect("an address")).await;
    assert!(goal.text.contains("one of the shared plan, where it is changed"), "{}", goal.text);
    let sources = coordinator.get("sources").await;
    assert!(sources.text.contains("Kept here, beside the records."), "{}", sources.text);
    assert!(!sources.text.contains("/disconnect/shared-plan"), "nothing to sign out of: {}", sources.text);
}

#[tokio::test]
async fn another_open_launch_of_the_person_follows_a_write() {
    let world = World::licensed().await;
    let doctor = actor(&world, DOCTOR).await;
    let before = doctor.get("plan?show=all").await;
    assert!(!before.text.contains("HbA1c that both can live with"));
    let (_coordinator, _) = planned(&world).await;
    world.settled(&doctor.page).await;
    let after = doctor.get("plan?show=all").await;
    assert!(after.text.contains("HbA1c that both can live with"), "{}", after.text);
}

#[tokio::test]
async fn a_stale_form_says_what_changed_and_loses_nothing_that_was_typed() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let page = coordinator.first_goal(&plan).await;
    let mut mine = form::with_action(&page, "/write/change-goal").expect("the form");
    let doctor = actor(&world, DOCTOR).await;
    let theirs = doctor.plan().await;
    let theirs = add_goal(&doctor, &theirs, "Walks after dinner", "").await;
    assert!(theirs.text.contains("Walks after dinner"), "{}", theirs.text);
    mine.set("value-0", "8.0");
    mine.set("description", "My own words </textarea><script>alert(1)</script>");
    let stale = coordinator.browser.post(&page.url, &mine.action, &mine.pairs()).await;
    assert!(stale.text.contains("somebody else has changed the plan"), "{}", stale.text);
    assert!(stale.text.contains("Walks after dinner"), "what changed meanwhile stands beside it: {}", stale.text);
    assert!(!stale.text.contains("<script>alert(1)"), "typed text is text");
    let mut again = form::with_action(&stale, "/write/change-goal").expect("the form");
    assert_eq!(again.get("value-0"), Some("8.0"));
    assert!(again.get("description").is_some_and(|text| text.starts_with("My own words")));
    again.set("description", "HbA1c below 8");
    let saved = coordinator.browser.post(&stale.url, &again.action, &again.pairs()).await;
    assert!(saved.text.contains("The goal is saved.") && saved.text.contains("at most 8.0 %"), "{}", saved.text);
    assert!(saved.text.contains("Walks after dinner"), "both changes stand");
}

#[tokio::test]
async fn a_field_that_cannot_stand_is_named_and_kept() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let refused = add_goal(&coordinator, &plan, "", "about seven").await;
    assert!(refused.url.path().ends_with("/goals/new"), "{}", refused.url);
    assert!(refused.text.contains("This is not a number."), "{}", refused.text);
    let again = form::with_action(&refused, "/write/add-goal").expect("the form");
    assert_eq!(again.get("value-0"), Some("about seven"));
}

#[tokio::test]
async fn closing_asks_about_every_open_activity() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let new = coordinator.below(&plan, "activities/new").await;
    let mut activity = form::with_action(&new, "/write/add-activity").expect("the form");
    activity.set("description", "Foot exam");
    activity.set("due", "2030-01-31");
    let plan = coordinator.browser.post(&new.url, &activity.action, &activity.pairs()).await;
    assert!(plan.text.contains("Foot exam") && plan.text.contains("Nobody yet"), "{}", plan.text);
    let page = coordinator.below(&plan, "close").await;
    assert!(
        page.text.contains("What becomes of what is still open?") && !page.text.contains(" checked"),
        "{}",
        page.text
    );
    let close = [("to", "revoked"), ("reason", "Moved away")];
    let asked = send(&coordinator, &page, "/write/close", &close).await;
    assert!(asked.text.contains("Say what becomes of this."), "{}", asked.text);
    let (activity, goal) = (stage::first_named(&page, "open-"), stage::first_named(&page, "ends-"));
    let one = [("to", "revoked"), ("reason", "Moved away"), (activity.as_str(), "cancel")];
    let asked = send(&coordinator, &asked, "/write/close", &one).await;
    assert!(asked.text.contains("Say what becomes of this."), "a goal is left: {}", asked.text);
    let answers = [("to", "revoked"), ("reason", "Moved away"), (activity.as_str(), "cancel"), (&goal, "cancel")];
    let closed = send(&coordinator, &asked, "/write/close", &answers).await;
    assert!(closed.text.contains("The plan is closed.") && closed.text.contains("Moved away"), "{}", closed.text);
    assert!(!closed.text.contains("Add a goal"), "a closed plan is not changed");
}

#[tokio::test]
async fn the_person_says_what_they_think_and_what_they_did_and_changes_no_plan() {
    let world = World::licensed().await;
    let (_coordinator, _) = planned(&world).await;
    let person = actor(&world, PERSON).await;
    let plan = person.plan().await;
    let goal = person.first_goal(&plan).await;
    let said = send(&person, &goal, "/answer/answer-goal", &[("answer", "disagree")]).await;
    assert!(said.text.contains("does not support it"), "{}", said.text);
    let noted = send(&person, &said, "/report/note-goal", &[("text", "Too strict for me.")]).await;
    assert!(noted.text.contains("Too strict for me."), "{}", noted.text);
    for way in ["write/send-to-review", "write/close", "write/add-goal"] {
        let action = person.page.at(&format!("{}/{way}", stage::place(&plan)));
        let refused = person.browser.post(&plan.url, &action, &[("version", "3"), ("role", "patient")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{way}: {}", refused.text);
    }
    // A command is taken on the way of its own operation only.
    let action = person.page.at(&format!("{}/answer/close", stage::place(&plan)));
    let refused = person.browser.post(&plan.url, &action, &[("version", "3")]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

/// They were shown to support the new target, and could not say so again.
#[tokio::test]
async fn what_the_person_agreed_to_is_told_as_an_earlier_wording_once_the_goal_is_changed() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let person = actor(&world, PERSON).await;
    let goal = person.first_goal(&person.plan().await).await;
    let said = send(&person, &goal, "/answer/answer-goal", &[("answer", "agree")]).await;
    assert!(said.text.contains("supports it"), "{}", said.text);
    let goal = coordinator.first_goal(&plan).await;
    send(&coordinator, &goal, "/write/change-goal", &[("description", "Another goal")]).await;
    let changed = coordinator.first_goal(&coordinator.plan().await).await;
    assert!(changed.text.contains("supported an earlier wording, on "), "{}", changed.text);
    assert!(!changed.text.contains("supports it"), "{}", changed.text);
    let goal = person.first_goal(&person.plan().await).await;
    send(&person, &goal, "/answer/answer-goal", &[("answer", "agree")]).await;
    let again = person.first_goal(&person.plan().await).await;
    assert!(again.text.contains("supports it") && !again.text.contains("earlier wording"), "{}", again.text);
}

#[tokio::test]
async fn the_launch_of_another_person_does_not_have_the_plan() {
    let world = World::licensed().await;
    let (_coordinator, plan) = planned(&world).await;
    let browser = Browser::new();
    let ruth = world.open(&browser, "valley-ehr", "castellanos", &patient(1)).await;
    let other = Actor { browser, page: ruth };
    let list = other.get("shared-plan").await;
    assert!(list.text.contains("There is no shared plan yet."), "{}", list.text);
    let never = "0".repeat(32);
    let (theirs, none) = (stage::place(&plan), format!("shared-plan/{never}"));
    for below in ["", "/versions", "/goals/new", "/close"] {
        let foreign = other.get(&format!("{theirs}{below}")).await;
        let nothing = other.get(&format!("{none}{below}")).await;
        assert_eq!((foreign.status, nothing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{below}");
        assert_eq!(foreign.text.len(), nothing.text.len(), "told alike: {below}");
    }
    let mut fields = form::with_action(&plan, "/write/send-to-review").expect("the form").fields;
    fields.push(("role".to_owned(), "clinician".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let sent = other.browser.post(&list.url, &other.page.at(&format!("{theirs}/write/send-to-review")), &fields).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND, "{}", sent.text);
    let doctor = actor(&world, DOCTOR).await;
    assert!(doctor.plan().await.text.contains("Draft"), "nothing was sent to review");
}

#[tokio::test]
async fn a_carer_reads_and_answers_and_neither_writes_nor_signs() {
    let world = World::licensed_and_altered(crate::carer::everybody_at_home_is_a_carer).await;
    let carer = actor(&world, DOCTOR).await;
    let new = carer.get("shared-plan/new").await;
    assert!(!new.text.contains("name=\"title\""), "no form is offered: {}", new.text);
    let started = carer.browser.post(&new.url, &carer.page.at("shared-plan/start"), &[("title", "Mine")]).await;
    assert_eq!(started.status, StatusCode::FORBIDDEN, "{}", started.text);
    let list = carer.get("shared-plan").await;
    assert!(list.text.contains("There is no shared plan yet.") && !list.text.contains("Start a shared plan"));
    let never = format!("shared-plan/{}/sign/sign", "0".repeat(32));
    let signed = carer.browser.post(&list.url, &carer.page.at(&never), &[("version", "1")]).await;
    assert_eq!(signed.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn without_the_licence_the_page_says_why_before_anybody_types() {
    let world = World::start().await;
    let coordinator = actor(&world, COORDINATOR).await;
    for place in ["shared-plan", "shared-plan/new"] {
        let page = coordinator.get(place).await;
        assert!(page.text.contains("has not licensed"), "{}", page.text);
        assert!(
            !page.text.contains("name=\"title\"") && !page.text.contains("Start a shared plan</a>"),
            "{}",
            page.text
        );
    }
    let new = coordinator.page.at("shared-plan/new");
    let refused = coordinator.browser.post(&new, &coordinator.page.at("shared-plan/start"), &[("title", "x")]).await;
    assert!(refused.text.contains("has not licensed"), "{}", refused.text);
    let snapshot = world.snapshot(&coordinator.page).expect("open");
    assert!(snapshot.records.iter().all(|record| record.source.id.as_str() != "shared-plan"), "no such source");
}

#[tokio::test]
async fn a_store_that_cannot_be_asked_is_a_failed_source() {
    let world = World::licensed_and_altered(stage::broken_store).await;
    let doctor = actor(&world, DOCTOR).await;
    world.settled(&doctor.page).await;
    let board = doctor.get("plan").await;
    assert!(board.text.contains("Shared plan"), "{}", board.text);
    let snapshot = world.snapshot(&doctor.page).expect("open");
    let record = snapshot.records.iter().find(|record| record.source.id.as_str() == "shared-plan").expect("a source");
    assert!(matches!(record.status(), care_plan::snapshot::Status::Failed(_)), "{:?}", record.status());
    let list = doctor.get("shared-plan").await;
    assert!(list.status.is_server_error() && !list.text.contains("no shared plan yet"), "{}", list.text);
}

#[tokio::test]
async fn two_versions_are_compared_in_words() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let versions = coordinator.below(&plan, "versions?from=1&to=2").await;
    assert!(versions.text.contains("From version 1 to version 2"), "{}", versions.text);
    assert!(versions.text.contains("HbA1c that both can live with"), "{}", versions.text);
    let odd = coordinator.below(&plan, "versions?from=x&to=99").await;
    assert_eq!(odd.status, StatusCode::OK, "{}", odd.text);
}

#[tokio::test]
async fn p9_a_record_that_is_split_off_loses_the_shared_plan_of_the_person_it_was_taken_for() {
    let world = World::licensed().await;
    let (coordinator, _) = planned(&world).await;
    let doctor = actor(&world, DOCTOR).await;
    let at_other = sandbox::people::whereabouts()[0].patient_id("nephrology").expect("known there").to_owned();
    world.connect(&doctor.browser, &doctor.page, "nephrology", "solberg", &at_other).await;
    // A launch of its own from there is one of the same person until somebody says that it is not.
    let browser = Browser::new();
    let page = world.open(&browser, "nephrology", "solberg", &at_other).await;
    let other = Actor { browser, page };
    world.settled(&other.page).await;
    assert!(other.get("plan?show=all").await.text.contains("HbA1c that both can live with"));
    let split = doctor.get("split/nephrology").await;
    let apart = send(&doctor, &split, "/split/nephrology", &[("reason", "Two people with one name")]).await;
    assert_eq!(apart.status, StatusCode::OK, "{}", apart.text);
    world.settled(&other.page).await;
    let board = other.get("plan?show=all").await;
    assert!(!board.text.contains("HbA1c that both can live with"), "{}", board.text);
    assert!(other.get("shared-plan").await.text.contains("There is no shared plan yet."));
    // Neither is it shown to the one who stays, until somebody says that it is hers.
    world.settled(&coordinator.page).await;
    let board = coordinator.get("plan?show=all").await;
    assert!(!board.text.contains("HbA1c that both can live with"), "{}", board.text);
    send(&doctor, &apart, "/whose", &[("whose", "stays")]).await;
    world.settled(&coordinator.page).await;
    assert!(coordinator.get("plan?show=all").await.text.contains("HbA1c that both can live with"), "hers still stands");
}

#[tokio::test]
async fn what_concerns_the_person_stands_in_the_care_plan_and_a_plan_can_be_for_it() {
    let world = World::licensed().await;
    let person = actor(&world, PERSON).await;
    let list = person.get("shared-plan").await;
    let empty = send(&person, &list, "/shared-plan/concern", &[]).await;
    assert!(empty.text.contains("This must not be empty."), "{}", empty.text);
    let concern = "Too tired to cook in the evening";
    let kept = send(&person, &empty, "/shared-plan/concern", &[("description", concern)]).await;
    assert!(kept.text.contains("The concern is kept"), "{}", kept.text);
    let coordinator = actor(&world, COORDINATOR).await;
    let board = coordinator.get("plan?show=all").await;
    let card = board.text.split("<article").find(|card| card.contains(concern)).expect("it is on the board");
    assert!(card.contains("title=\"Shared plan\""), "{card}");
    let new = coordinator.get("shared-plan/new").await;
    let choice = new.text.split("name=\"concern\" value=\"").skip(1).find(|choice| choice.contains(concern));
    let item = form::unescape(choice.and_then(|choice| choice.split('"').next()).expect("it is offered"));
    let typed = [("title", "For the evenings"), ("concern", item.as_str())];
    let plan = send(&coordinator, &new, "/shared-plan/start", &typed).await;
    let head = plan.text.split("For these concerns").nth(1).expect("what it is for");
    assert!(head.split("</ul>").next().is_some_and(|list| list.contains(concern)), "{head}");
}

#[tokio::test]
async fn a_form_that_was_sent_twice_made_two_plans_and_two_concerns() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    let new = coordinator.get("shared-plan/new").await;
    for _ in 0..2 {
        let made = send(&coordinator, &new, "/shared-plan/start", &[("title", "Sent once, clicked twice")]).await;
        assert!(made.text.contains("Sent once, clicked twice"), "{}", made.text);
    }
    let list = coordinator.get("shared-plan").await;
    assert_eq!(list.text.matches(">Sent once, clicked twice<").count(), 1, "{}", list.text);
    for _ in 0..2 {
        send(&coordinator, &list, "/shared-plan/concern", &[("description", "Falls at night")]).await;
    }
    let new = coordinator.get("shared-plan/new").await;
    let choices =
        new.text.split("name=\"concern\" value=\"").skip(1).filter(|choice| choice.contains("Falls at night"));
    assert_eq!(choices.count(), 1, "{}", new.text);
}
