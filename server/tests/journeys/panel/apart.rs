//! What was shared ends because it is seen to be somebody else's: no screen that read by it goes on.

use axum::http::StatusCode;

use super::stage::{self, coordinator, open, patient, share, world};
use crate::support::browser::Browser;
use crate::support::form;

#[tokio::test]
async fn a_join_that_ends_what_was_shared_leaves_no_screen_open() {
    let world = world().await;
    let shared = share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &shared.person).await;
    world.settled(&plan).await;
    let (status, stream) = browser.begin(&plan.at("events")).await;
    assert_eq!(status, StatusCode::OK);
    // At the nephrologists she is a person of her own, and somebody there says that the two are one.
    let there = Browser::new();
    let there_plan = world.open(&there, "nephrology", "solberg", &patient("nephrology", "marisol")).await;
    let joined = world.connect(&there, &there_plan, "valley-ehr", "castellanos", &shared.at.patient).await;
    assert!(joined.url.path().ends_with("/plan"), "{} {}", joined.url, joined.text);
    // It ends by itself; the test would not, if it did not.
    assert!(stream.await.contains("event: closed"));
    assert_eq!(browser.get(&plan.url).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_split_that_ends_what_was_shared_leaves_no_screen_open() {
    let world = world().await;
    let shared = share(&world, "valley-ehr", "marisol").await;
    let also = stage::share_also(&world, &shared.person, "university", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &shared.person).await;
    world.settled(&plan).await;
    let (desk, user) = (Browser::new(), sandbox::people::users("university").remove(0).id);
    let desk_plan = world.open(&desk, "valley-ehr", "castellanos", &shared.at.patient).await;
    world.connect(&desk, &desk_plan, "university", &user, &also.at.patient).await;
    let (status, stream) = browser.begin(&plan.at("events")).await;
    assert_eq!(status, StatusCode::OK);
    let page = desk.get(&desk_plan.at("split/university")).await;
    let mut split = form::with_action(&page, "split/university").unwrap_or_else(|| panic!("no form: {}", page.text));
    split.set("reason", "Two people share this name.");
    let told = desk.post(&page.url, &split.action, &split.pairs()).await;
    assert!(told.text.contains("was taken out"), "{} {}", told.url, told.text);
    // It ends by itself; the test would not, if it did not.
    assert!(stream.await.contains("event: closed"));
    let after = browser.get(&plan.url).await;
    world.settled(&after).await;
    let snapshot = world.snapshot(&after);
    let record = snapshot.as_ref().and_then(|snapshot| snapshot.record(&fhir::SourceId::new("university")));
    assert!(record.is_none_or(|record| record.resources.is_empty()), "nothing of it is read any more");
}
