//! What is shared until a day.

use access::{Clock, Consent, ConsentId};
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

use super::stage::*;
use crate::support::browser::Browser;
use crate::support::form;
use crate::support::world::World;

/// Lets what Marisol shares end in a minute, as it does a minute before its last day is over.
async fn ends_in_a_minute(world: &World) {
    let [given] = consents(world).await.try_into().expect("one consent");
    let now = world.clock.now();
    let ends = Consent {
        id: ConsentId::from_random([7; 16]),
        given: now,
        until: Some(now + SignedDuration::from_mins(1)),
        ..given
    };
    world.server.consents.give(&tenant(), &ends).await.expect("the store answers");
}

#[tokio::test]
async fn a_consent_lasts_to_the_end_of_its_last_day_where_the_tenant_is() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let zone = TimeZone::get("America/Los_Angeles").expect("the tenant's zone");
    let last = world.clock.now().to_zoned(zone.clone()).date().saturating_add(30.days());
    let shared = share(&browser, &home, VALLEY, "marisol", &last.to_string()).await;
    assert!(shared.text.contains("until and including"), "{}", shared.text);
    let [given] = consents(&world).await.try_into().expect("one consent");
    let midnight = last.tomorrow().expect("a day").to_zoned(zone).expect("a midnight").timestamp();
    assert_eq!(given.until, Some(midnight));
}

#[tokio::test]
async fn after_its_last_day_nothing_shows_any_more() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    ends_in_a_minute(&world).await;
    let coordinator_panel = panel(&world, &theirs).await;
    let plan = open_first(&theirs, &coordinator_panel).await;
    world.settled(&plan).await;
    assert!(theirs.get(&plan.url).await.text.contains("VEGA-THORNTON"));
    let (_, stream) = theirs.begin(&plan.at("events")).await;

    world.clock.by_seconds(60);
    // By the store's own rule, before anybody has cleaned up.
    let after = theirs.get(&plan.url).await;
    assert!(after.status == StatusCode::FORBIDDEN && !after.text.contains("VEGA"), "{}", after.text);
    assert!(stream.await.contains("event: closed"));
    assert_eq!(stands(&world, VALLEY).await, (false, false));
    let panel = theirs.get(&coordinator_panel.url).await;
    assert!(!panel.text.contains("VEGA") && form::with_action(&panel, "/panel/open").is_none(), "{}", panel.text);
    let page = mine.get(&home.at("sharing")).await;
    assert!(page.text.contains("ended by its date on") && form::with_action(&page, "sharing/revoke").is_none());
}

#[tokio::test]
async fn a_screen_that_nobody_touches_is_cleared_by_the_next_round_and_the_grant_is_given_back() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    ends_in_a_minute(&world).await;
    let panel = panel(&world, &theirs).await;
    let plan = open_first(&theirs, &panel).await;
    world.settled(&plan).await;
    let (_, stream) = theirs.begin(&plan.at("events")).await;
    let key = key(&world, VALLEY).await;
    let standing = world.server.standing.lookup(&key, world.clock.now()).await.expect("the store answers");
    let grant = smart::Grant::from_bytes(&standing.expect("a grant").content).expect("a grant");
    world.clock.by_seconds(60);
    world.server.keep_house().await;
    assert!(stream.await.contains("event: closed"));
    let client = world.server.registry.by_source(VALLEY).expect("registered").clone();
    let late = world.server.smart.refresh(&client, &grant).await;
    assert!(matches!(late, Err(smart::RefreshError::SignInExpired { .. })), "{late:?}");
}

#[tokio::test]
async fn a_day_that_is_over_is_refused_and_stays_in_its_form() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let answer = ask(&browser, &home, VALLEY, "care-team", "2020-02-02").await;
    assert!(answer.text.contains("must be a day from today on"), "{}", answer.text);
    assert!(answer.text.contains("value=\"2020-02-02\""), "nothing typed is lost: {}", answer.text);
    assert!(consents(&world).await.is_empty());
}
