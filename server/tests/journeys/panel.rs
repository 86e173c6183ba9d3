//! The panel: a coordinator signs in without a person, sees who shares with the care team, and opens them.

mod apart;
mod backend;
mod question;
mod signing_in;
mod stage;

use access::Outcome;
use access::policy::Operation;
use axum::http::StatusCode;

use crate::support::browser::{Browser, Page};
use crate::support::form;
use stage::{Shared, coordinator, log_of, open, revoke, share, world};

#[tokio::test]
async fn a_coordinator_sees_nobody_until_somebody_shares() {
    let world = world().await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    assert_eq!((panel.status, panel.url.path()), (StatusCode::OK, "/panel"), "{}", panel.text);
    assert!(panel.text.contains("Nobody shares with the care team yet."), "{}", panel.text);
    assert!(panel.text.contains("Tamsin Okoro"), "the user's own name");
    share(&world, "valley-ehr", "marisol").await;
    let panel = browser.get(&panel.url).await;
    for words in ["VEGA-THORNTON, Marisol", "Born 23-May-1957", "Valley Primary Care", "1 person"] {
        assert!(panel.text.contains(words), "{words}: {}", panel.text);
    }
    assert!(!panel.text.contains("KEALOHA"), "Ruth has not shared");
}

#[tokio::test]
async fn an_opened_person_is_read_where_they_share_and_nowhere_else() {
    let world = world().await;
    let Shared { person, .. } = share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &person).await;
    assert_eq!(plan.status, StatusCode::OK, "{}", plan.text);
    assert!(plan.url.path().starts_with("/l/") && plan.url.path().ends_with("/plan"), "{}", plan.url);
    assert!(plan.text.contains("VEGA-THORNTON") && plan.text.contains("href=\"/panel\""), "{}", plan.text);
    world.settled(&plan).await;
    let snapshot = world.snapshot(&plan).expect("the room is open");
    let read: Vec<_> = snapshot
        .records
        .iter()
        .filter(|record| record.patient.is_some())
        .map(|record| record.source.id.as_str())
        .collect();
    assert_eq!(read, ["valley-ehr"]);
    assert!(snapshot.records.iter().any(|record| !record.resources.is_empty()));
}

#[tokio::test]
async fn what_two_records_share_is_one_plan_and_a_restart_comes_back_to_the_same() {
    let world = world().await;
    let Shared { person, .. } = share(&world, "valley-ehr", "marisol").await;
    stage::share_also(&world, &person, "university", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    assert!(panel.text.contains("University Hospital"), "{}", panel.text);
    let plan = open(&browser, &panel, &person).await;
    let read = |page: &Page| {
        let snapshot = world.snapshot(page).expect("the room is open");
        let known = snapshot.records.iter().filter(|record| record.patient.is_some() && !record.resources.is_empty());
        known.map(|record| record.source.id.to_string()).collect::<Vec<_>>()
    };
    world.settled(&plan).await;
    assert_eq!(read(&plan), ["university", "valley-ehr"]);
    // What the process held is gone, as after a restart.
    world.server.rooms.close_launches(&[plan.launch_id()]);
    let again = browser.get(&plan.url).await;
    assert_eq!(again.status, StatusCode::OK);
    world.settled(&again).await;
    assert_eq!(read(&again), ["university", "valley-ehr"]);
}

#[tokio::test]
async fn the_panel_is_searched_by_name_without_script() {
    let world = world().await;
    share(&world, "valley-ehr", "marisol").await;
    share(&world, "valley-ehr", "ruth").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    assert!(panel.text.contains("VEGA-THORNTON") && panel.text.contains("KEALOHA"), "{}", panel.text);
    let found = browser.get(&panel.url.join("/panel?q=kealoha").expect("an address")).await;
    assert!(found.text.contains("KEALOHA") && !found.text.contains("VEGA"), "{}", found.text);
    assert!(found.text.contains("1 of 2 people matching"), "{}", found.text);
}

#[tokio::test]
async fn another_tenants_coordinator_sees_nobody_and_opens_nobody() {
    let world = stage::two_tenants().await;
    let Shared { person, .. } = share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "nephrology", "ames").await;
    assert!(panel.text.contains("Nobody shares with the care team yet."), "{}", panel.text);
    let foreign = open(&browser, &panel, &person).await;
    let never = browser.post(&panel.url, &stage::opening(&panel), &[("person", &"0".repeat(32))]).await;
    let nonsense = browser.post(&panel.url, &stage::opening(&panel), &[("person", "../../etc")]).await;
    for page in [&foreign, &never, &nonsense] {
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
        assert!(page.text.contains("not shared") && !page.text.contains("VEGA"), "{}", page.text);
        assert!(page.text.contains("href=\"/panel\""), "the way on is the panel: {}", page.text);
    }
    assert_eq!(foreign.text.len(), never.text.len(), "foreign and never-existing are answered alike");
}

#[tokio::test]
async fn what_is_taken_back_is_gone_from_the_panel_and_from_the_open_plan() {
    let world = world().await;
    let shared = share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &shared.person).await;
    world.settled(&plan).await;
    let (status, stream) = browser.begin(&plan.at("events")).await;
    assert_eq!(status, StatusCode::OK);
    revoke(&world, &shared).await;
    // It ends by itself; the test would not, if it did not.
    let told = stream.await;
    assert!(!told.contains("VEGA"), "a stream says that something has changed, never what: {told}");
    for path in ["plan", "plan/board", "plan.json", "sources", "events"] {
        let page = browser.get(&plan.at(path)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!page.text.contains("VEGA"), "{path}");
    }
    let panel = browser.get(&panel.url).await;
    assert!(panel.text.contains("Nobody shares with the care team yet.") && !panel.text.contains("VEGA"));
    let again = open(&browser, &panel, &shared.person).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN, "nor can it be opened once more");
}

#[tokio::test]
async fn a_record_that_is_shared_no_longer_leaves_an_open_plan_that_has_another() {
    let world = world().await;
    let shared = share(&world, "valley-ehr", "marisol").await;
    let also = stage::share_also(&world, &shared.person, "university", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &shared.person).await;
    world.settled(&plan).await;
    revoke(&world, &also).await;
    let page = browser.get(&plan.url).await;
    assert_eq!(page.status, StatusCode::OK);
    world.settled(&page).await;
    let snapshot = world.snapshot(&page).expect("the room is open");
    let record = snapshot.record(&fhir::SourceId::new("university")).expect("it is registered");
    assert!(record.patient.is_none() && record.resources.is_empty());
    // And the launch's own record says who it is: without it there is no plan.
    revoke(&world, &shared).await;
    assert_eq!(browser.get(&plan.url).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_was_listed_opened_and_read_stands_in_the_persons_log() {
    let world = world().await;
    let Shared { person, at, .. } = share(&world, "valley-ehr", "marisol").await;
    let before = log_of(&world, &at).await.len();
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    open(&browser, &panel, &person).await;
    let log = log_of(&world, &at).await;
    let done: Vec<_> = log[before..].iter().map(|event| (event.operation, event.outcome)).collect();
    let expected = [Operation::OpenPanel, Operation::OpenPerson, Operation::ReadPlan];
    assert_eq!(done, expected.map(|operation| (operation, Outcome::Done)));
    assert!(log[before..].iter().all(|event| event.who.is_some() && event.role == Some(access::Role::Coordinator)));
    let nobody = browser.get(&panel.url.join("/panel?q=nobody+like+that").expect("an address")).await;
    assert!(nobody.text.contains("Nobody here matches"), "{}", nobody.text);
    assert_eq!(log_of(&world, &at).await.len(), before + 3, "who was not shown is not said to have been");
}

#[tokio::test]
async fn nothing_is_changed_by_a_grant_that_was_given_for_reading() {
    let world = world().await;
    let Shared { person, .. } = share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &person).await;
    world.settled(&plan).await;
    let goals = world.server.plan(plan.launch().trim_start_matches("/l/")).expect("it is open");
    let goal = &goals.goals.first().expect("she has goals").item.id;
    let page = browser.get(&plan.at(&format!("goals/{}", app::sections::encoded(&goal.0)))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("has not permitted you to change goals"), "{}", page.text);
    assert!(form::with_action(&page, "save_goal").is_none(), "{}", page.text);
}

#[tokio::test]
async fn a_standing_grant_for_another_patient_than_the_persons_opens_nothing() {
    let world = world().await;
    let Shared { person, at, .. } = share(&world, "valley-ehr", "marisol").await;
    let ending = access::person::Ending {
        who: None,
        when: stage::now(&world),
        why: access::person::WhyEnded::Wrong { reason: "mixed up".to_owned() },
    };
    let home = access::PatientAt::new("nephrology", "her-record-there");
    let how = access::Proof::Confirmed { question: "both records shown".to_owned() };
    let link = access::Link { at: home.clone(), how, who: None, when: ending.when };
    world.server.persons.link(&stage::tenant(), &person, &link).await.expect("the store answers");
    let split = world.server.persons.split(&stage::tenant(), &person, &at, &home, &ending).await;
    assert!(split.expect("the store answers").is_some());
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    assert!(panel.text.contains("Nobody shares with the care team yet."), "{}", panel.text);
    assert_eq!(open(&browser, &panel, &person).await.status, StatusCode::FORBIDDEN);
}
