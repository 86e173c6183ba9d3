//! The tokens of what is shared.

use access::Clock;
use axum::http::StatusCode;
use sandbox::EhrConfig;

use super::stage::*;
use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::{EHRS, World};

#[tokio::test]
async fn t5_two_who_open_at_once_refresh_a_shared_grant_once() {
    let ehrs = EHRS.iter().map(|(id, name, _)| EhrConfig { access_token_seconds: 90, ..EhrConfig::new(*id, *name) });
    let world = World::with(ehrs.collect()).await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    let former = granted(&world).await;
    // The source takes a refresh token that comes twice for a theft, and ends the grant.
    world.clock.by_seconds(60);
    let panel = panel(&world, &theirs).await;
    let form = form::with_action(&panel, "/panel/open").expect("somebody in the panel");
    let open = async || {
        let plan = theirs.post(&panel.url, &form.action, &form.pairs()).await;
        world.settled(&plan).await;
        plan
    };
    let plans: [Page; 3] = tokio::join!(open(), open(), open()).into();
    for plan in plans {
        let plan = theirs.get(&plan.url).await;
        assert!(plan.text.contains("VEGA-THORNTON") && !plan.text.contains("sign-in expired"), "{}", plan.text);
    }
    assert_eq!(stands(&world, VALLEY).await, (true, true));
    assert_ne!(granted(&world).await.refresh_token, former.refresh_token, "it was refreshed");
}

async fn granted(world: &World) -> smart::Grant {
    let standing = world.server.standing.lookup(&key(world, VALLEY).await, world.clock.now()).await;
    smart::Grant::from_bytes(&standing.expect("the store answers").expect("a grant").content).expect("a grant")
}

#[tokio::test]
async fn an_access_that_the_source_has_ended_is_told_as_that_and_can_be_renewed() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    world.sandbox.ehr(VALLEY).end_grants();
    let panel = panel(&world, &theirs).await;
    let plan = open_first(&theirs, &panel).await;
    world.settled(&plan).await;
    let plan = theirs.get(&plan.url).await;
    assert!(!plan.text.contains("VEGA-THORNTON"), "{}", plan.text);
    let listed = theirs.get(&panel.url).await;
    assert!(listed.text.contains("agreed, but nothing is read"), "{}", listed.text);
    let page = mine.get(&home.at("sharing")).await;
    assert!(page.text.contains("Agreed, but nothing is read"), "{}", page.text);
    let again = share(&mine, &home, VALLEY, "marisol", "").await;
    assert!(again.text.contains("is allowed now.") && !again.text.contains("nothing is read"), "{}", again.text);
    assert_eq!(stands(&world, VALLEY).await, (true, true));
}

#[tokio::test]
async fn a_new_grant_in_the_place_of_one_gives_the_former_back() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let leave = ask(&browser, &home, VALLEY, "care-team", "").await;
    let other_leave = ask(&browser, &home, VALLEY, "care-team", "").await;
    let finish = async |leave: &Page| {
        let sign_in = go_on(&browser, leave).await;
        crate::support::world::sign_in_at_ehr(&browser, sign_in, "marisol", "").await
    };
    assert_eq!(finish(&leave).await.status, StatusCode::OK);
    let former = granted(&world).await;
    assert_eq!(finish(&other_leave).await.status, StatusCode::OK);
    let now = granted(&world).await;
    assert_ne!(former, now);
    let client = world.server.registry.by_source(VALLEY).expect("registered").clone();
    // It is told in the background: whoever asks for its end again is answered the same.
    world.server.smart.revoke(&client, &former).await.expect("the source answers");
    assert!(world.server.smart.refresh(&client, &now).await.is_ok(), "the new one goes on");
    assert_eq!(consents(&world).await.iter().filter(|consent| consent.revoked.is_none()).count(), 1);
}
