//! A source that fails is named with its reason and never hides another.

use sandbox::Fault;

use crate::support::browser::{Browser, Page};
use crate::support::world::World;

async fn three_records(world: &World, browser: &Browser) -> Page {
    let people = sandbox::people::whereabouts();
    let at = |ehr| people[0].patient_id(ehr).expect("the first person is known there");
    let first = world.open(browser, "valley-ehr", "castellanos", at("valley-ehr")).await;
    let second = world.connect(browser, &first, "nephrology", "solberg", at("nephrology")).await;
    world.connect(browser, &second, "university", "demirkan", at("university")).await
}

/// Reads one source again and gives the plan when the reading has settled.
async fn read_again(world: &World, browser: &Browser, plan: &Page, source: &str) -> Page {
    browser.post(&plan.url, &plan.at("api/retry_source"), &[("source", source)]).await;
    world.settled(plan).await;
    browser.get(&plan.at("plan?show=all")).await
}

#[tokio::test]
async fn a_stopped_server_is_named_and_the_other_two_still_show() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = three_records(&world, &browser).await;
    world.settled(&plan).await;
    let whole = browser.get(&plan.at("plan?show=all")).await;
    assert!(!whole.text.contains("no connection"), "nothing has failed yet");
    world.sandbox.ehr("nephrology").stop().await;
    let part = read_again(&world, &browser, &plan, "nephrology").await;
    assert!(part.text.contains("no connection"), "the failed source is named with its reason");
    assert!(part.text.contains("HbA1c below 7.0 %"), "the others still show");
    world.sandbox.ehr("nephrology").restart().await.expect("the port is free again");
    let healed = read_again(&world, &browser, &plan, "nephrology").await;
    assert!(!healed.text.contains("no connection"), "a reload recovers");
}

#[tokio::test]
async fn nonsense_from_one_server_is_told_as_such() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = three_records(&world, &browser).await;
    world.settled(&plan).await;
    for (fault, said) in [
        (Fault::Status500, "answered with error 500"),
        (Fault::Html, "not FHIR"),
        (Fault::Truncated, "the answer broke off"),
    ] {
        world.sandbox.ehr("university").set_fault(fault);
        let page = read_again(&world, &browser, &plan, "university").await;
        assert!(page.text.contains(said), "{fault:?}: {said:?} is not on the page");
        assert!(page.text.contains("HbA1c below 7.0 %"), "{fault:?}: the others still show");
    }
    world.sandbox.ehr("university").set_fault(Fault::Off);
}

#[tokio::test]
async fn a_reload_notices_a_stopped_server_and_a_reload_recovers() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = three_records(&world, &browser).await;
    let reload = async || {
        world.settled(&plan).await;
        world.clock.by_seconds(15);
        browser.get(&plan.url).await;
        world.settled(&plan).await;
        browser.get(&plan.url).await
    };
    world.sandbox.ehr("university").stop().await;
    let part = reload().await;
    assert!(part.text.contains("no connection") && part.text.contains("HbA1c below 7.0 %"), "{}", part.text);
    world.sandbox.ehr("university").restart().await.expect("the port is free again");
    let healed = reload().await;
    assert!(!healed.text.contains("no connection"), "a reload recovers");
}
