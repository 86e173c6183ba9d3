//! What is shared is taken back.

use access::{Clock, Purpose};
use axum::http::StatusCode;
use smart::{Grant, RefreshError};

use super::stage::*;
use crate::support::browser::Browser;
use crate::support::form;
use crate::support::world::World;

#[tokio::test]
async fn taking_back_erases_clears_the_open_screen_and_ends_the_grant_at_its_source() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    let coordinator_panel = panel(&world, &theirs).await;
    let plan = open_first(&theirs, &coordinator_panel).await;
    world.settled(&plan).await;
    let (status, stream) = theirs.begin(&plan.at("events")).await;
    assert_eq!(status, StatusCode::OK);
    let key = key(&world, VALLEY).await;
    let standing = world.server.standing.lookup(&key, world.clock.now()).await.expect("the store answers");
    let grant = Grant::from_bytes(&standing.expect("a grant").content).expect("a grant");

    let told = take_back(&mine, &home).await;
    assert!(told.text.contains("is taken back") && told.text.contains("Not shared"), "{}", told.text);

    // On the screen: the stream ends with a word that makes the page go, and the page shows nothing any more.
    let said = stream.await;
    assert!(said.contains("event: closed"), "the stream says that it was closed: {said}");
    let after = theirs.get(&plan.url).await;
    assert_eq!(after.status, StatusCode::FORBIDDEN);
    assert!(after.text.contains("not shared any more") && !after.text.contains("VEGA"), "{}", after.text);
    for path in ["plan/board", "plan.json", "sources", "events"] {
        let after = theirs.get(&plan.at(path)).await;
        assert!(after.status == StatusCode::FORBIDDEN && !after.text.contains("VEGA"), "{path}: {}", after.text);
    }
    let panel = theirs.get(&coordinator_panel.url).await;
    assert!(!panel.text.contains("VEGA") && form::with_action(&panel, "/panel/open").is_none(), "{}", panel.text);
    // In storage.
    assert_eq!(stands(&world, VALLEY).await, (false, false));
    let bytes = world.database_bytes();
    for canary in ["VEGA", "Vega-Thornton", patient(VALLEY), grant.access_token.expose()] {
        assert!(!bytes.windows(canary.len()).any(|window| window == canary.as_bytes()), "{canary}");
    }
    // At the source.
    let client = world.server.registry.by_source(VALLEY).expect("registered").clone();
    let late = world.server.smart.refresh(&client, &grant).await;
    assert!(matches!(late, Err(RefreshError::SignInExpired { .. })), "{late:?}");
    // And the patient's own plan goes on.
    assert!(mine.get(&home.url).await.text.contains("VEGA-THORNTON"));
}

#[tokio::test]
async fn whoever_took_back_was_not_told_that_the_organisation_reads_by_itself_as_before() {
    let world = World::altered(World::ehrs(), |server| {
        let valley = server.config.sources.iter_mut().find(|source| source.id == VALLEY).expect("it is there");
        valley.launches.push(server::config::Launches::Backend);
    })
    .await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    share(&browser, &home, VALLEY, "marisol", "").await;
    let said = "also reads at Valley Primary Care by a registration of its own";
    let page = browser.get(&home.at("sharing")).await;
    assert_eq!(page.text.matches(said).count(), 1, "at that source alone: {}", page.text);
    let told = take_back(&browser, &home).await;
    assert!(told.text.contains("is taken back") && told.text.matches(said).count() == 2, "{}", told.text);
}

#[tokio::test]
async fn a_second_time_says_that_it_was_over() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let shared = share(&browser, &home, VALLEY, "marisol", "").await;
    let form = form::with_action(&shared, "sharing/revoke").expect("something to take back");
    let first = browser.post(&shared.url, &form.action, &form.pairs()).await;
    assert!(first.text.contains("is taken back"), "{}", first.text);
    let second = browser.post(&shared.url, &form.action, &form.pairs()).await;
    assert!(second.status == StatusCode::OK && second.text.contains("That was over already."), "{}", second.text);
    assert!(second.text.contains("taken back or renewed on"), "it is remembered: {}", second.text);
}

#[tokio::test]
async fn what_was_taken_back_can_be_shared_again_by_a_new_sign_in() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    share(&browser, &home, VALLEY, "marisol", "").await;
    take_back(&browser, &home).await;
    let again = share(&browser, &home, VALLEY, "marisol", "").await;
    assert!(again.text.contains("is allowed now."), "{}", again.text);
    assert_eq!(stands(&world, VALLEY).await, (true, true));
}

#[tokio::test]
async fn taking_one_purpose_back_leaves_the_others() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    gave(&world, Purpose::LabelledItems, 1).await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    gave(&world, Purpose::OfflineReading, 2).await;
    let panel = panel(&world, &theirs).await;
    let plan = open_first(&theirs, &panel).await;
    let revoke = async |purpose: Purpose| {
        let consents = consents(&world).await;
        let consent = consents.iter().find(|one| one.purpose == purpose && one.revoked.is_none()).expect("in force");
        let fields = [("consent", consent.id.as_str())];
        mine.post(&home.at("sharing"), &home.at("sharing/revoke"), &fields).await
    };
    revoke(Purpose::LabelledItems).await;
    revoke(Purpose::OfflineReading).await;
    assert_eq!(stands(&world, VALLEY).await, (true, true));
    assert_eq!(theirs.get(&plan.url).await.status, StatusCode::OK);
    revoke(Purpose::CareTeam).await;
    assert_eq!(stands(&world, VALLEY).await, (false, false));
    assert_eq!(theirs.get(&plan.url).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn one_record_that_is_taken_back_leaves_the_other_on_the_screen() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    let sign_in = mine.get(&home.at("connect/nephrology")).await;
    crate::support::world::sign_in_at_ehr(&mine, sign_in, "marisol", "").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    share(&mine, &home, "nephrology", "marisol", "").await;
    let panel = panel(&world, &theirs).await;
    let plan = open_first(&theirs, &panel).await;
    world.settled(&plan).await;
    let read = |page: &crate::support::browser::Page| {
        let snapshot = world.snapshot(page).expect("an open room");
        let read = snapshot.records.iter().filter(|record| record.patient.is_some());
        read.map(|record| record.source.id.to_string()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(read(&plan), ["nephrology", "valley-ehr"].map(str::to_owned).into());
    let consents = consents(&world).await;
    let consent = consents.iter().find(|consent| consent.source == "nephrology").expect("shared");
    mine.post(&home.at("sharing"), &home.at("sharing/revoke"), &[("consent", consent.id.as_str())]).await;
    assert_eq!(theirs.get(&plan.url).await.status, StatusCode::OK);
    world.settled(&plan).await;
    assert_eq!(read(&plan), [VALLEY.to_owned()].into(), "opened anew without it");
}
