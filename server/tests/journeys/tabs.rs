//! One launch is one person in one tab.

use axum::http::StatusCode;

use crate::support::browser::Browser;
use crate::support::world::World;

#[tokio::test]
async fn two_tabs_with_two_people_keep_each_its_own() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let at_valley = |person: usize| people[person].patient_id("valley-ehr").expect("known at Valley");
    let first = world.open(&browser, "valley-ehr", "castellanos", at_valley(0)).await;
    let second = world.open(&browser, "valley-ehr", "castellanos", at_valley(1)).await;
    assert_ne!(first.launch(), second.launch());
    for _ in 0..3 {
        let (one, other) = (browser.get(&first.url).await, browser.get(&second.url).await);
        assert!(one.text.contains("VEGA-THORNTON") && !one.text.contains("BRANDT"));
        assert!(other.text.contains("BRANDT") && !other.text.contains("VEGA-THORNTON"));
    }
}

#[tokio::test]
async fn another_browser_does_not_get_into_a_launch_by_its_address() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let people = sandbox::people::whereabouts();
    let patient = people[0].patient_id("valley-ehr").expect("known at Valley");
    let plan = world.open(&mine, "valley-ehr", "castellanos", patient).await;
    world.open(&theirs, "valley-ehr", "whitfield", people[1].patient_id("valley-ehr").expect("known at Valley")).await;
    let foreign = theirs.get(&plan.url).await;
    let never = theirs.get(&plan.url.join("/l/00000000000000000000000000000000/plan").expect("an address")).await;
    assert_eq!((foreign.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(!foreign.text.contains("VEGA"));
    assert_eq!(foreign.text.len(), never.text.len(), "foreign and never-existing are answered alike");
}
