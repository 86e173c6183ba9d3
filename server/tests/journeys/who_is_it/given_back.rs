//! A sign-in that joins nothing is given back.

use axum::http::StatusCode;
use sandbox::Fault;
use url::Url;

use super::stage::{HOME, OTHER, Scene, at, patient};
use crate::support::world::sign_in_at_ehr;

#[tokio::test]
async fn a_patient_that_cannot_be_read_is_not_joined() {
    let scene = Scene::open().await;
    let sign_in = scene.browser.get(&scene.plan.at(&format!("connect/{OTHER}"))).await;
    scene.world.sandbox.ehr(OTHER).set_fault(Fault::Status500);
    let page = sign_in_at_ehr(&scene.browser, sign_in, "solberg", &patient(0, OTHER)).await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY, "{} {}", page.url, page.text);
    assert!(page.text.contains("It could not be seen whose record this is"), "{}", page.text);
    assert!(page.text.contains("Nephrology Associates did not give"), "{}", page.text);
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert_eq!(scene.whose(&at(0, OTHER)).await, None);
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}

#[tokio::test]
async fn t8_a_sign_in_for_a_launch_that_is_not_open_any_more_is_given_back() {
    let scene = Scene::open().await;
    let sign_in = scene.browser.get(&scene.plan.at(&format!("connect/{OTHER}"))).await;
    let sign_out = scene.plan.url.join("/sign-out").expect("an address");
    scene.browser.twin().post(&scene.plan.url, &sign_out, &[]).await;
    let page = sign_in_at_ehr(&scene.browser, sign_in, "solberg", &patient(0, OTHER)).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "{} {}", page.url, page.text);
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}

#[tokio::test]
async fn p6_a_question_of_the_user_before_is_given_back_when_another_one_signs_in() {
    let scene = Scene::open().await;
    scene.asked().await;
    let next = scene.world.open(&scene.browser, HOME, "whitfield", &patient(1, HOME)).await;
    assert_eq!(next.status, StatusCode::OK, "{}", next.text);
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}

#[tokio::test]
async fn signing_out_gives_a_waiting_sign_in_back() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let out: Url = question.url.join("/sign-out").expect("an address");
    scene.browser.post(&question.url, &out, &[]).await;
    assert_eq!(scene.live_grants(), 0);
}
