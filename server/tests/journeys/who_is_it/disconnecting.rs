//! A source is disconnected, and who is who stays known.

use access::policy::Operation;
use sandbox::Fault;

use super::stage::{HOME, OTHER, Scene, at, patient, posted};

#[tokio::test]
async fn disconnecting_ends_the_reading_here_and_keeps_who_is_who() {
    let scene = Scene::open().await;
    scene.world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let sources = scene.browser.get(&scene.plan.at("sources")).await;
    let form = posted(&sources, &format!("disconnect/{OTHER}"));
    let told = scene.browser.post(&sources.url, &form.action, &form.pairs()).await;
    assert!(told.text.contains("Nephrology Associates is disconnected"), "{} {}", told.url, told.text);
    assert!(told.text.contains("Known as this person"), "{}", told.text);
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
    let events = scene.events(&at(0, OTHER), Operation::DisconnectSource).await;
    assert_eq!(events.len(), 1);
    let again = scene.choose(0).await;
    assert!(again.url.path().ends_with("/plan") && scene.is_connected(OTHER), "{}", again.url);
}

#[tokio::test]
async fn a_source_that_is_known_and_cannot_be_read_now_is_connected_and_named_with_its_reason() {
    let scene = Scene::open().await;
    scene.choose(0).await;
    let sources = scene.browser.get(&scene.plan.at("sources")).await;
    let form = posted(&sources, &format!("disconnect/{OTHER}"));
    scene.browser.post(&sources.url, &form.action, &form.pairs()).await;
    scene.world.sandbox.ehr(OTHER).set_fault(Fault::Status500);
    let page = scene.choose(0).await;
    assert!(page.url.path().ends_with("/plan"), "{} {}", page.url, page.text);
    scene.world.settled(&page).await;
    let plan = scene.browser.get(&page.url).await;
    assert!(plan.text.contains("answered with error 500"), "{}", plan.text);
}
