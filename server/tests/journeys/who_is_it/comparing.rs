//! What a second source says of the person is compared with what is known, before anything is joined.

use access::Proof;
use axum::http::StatusCode;
use serde_json::json;

use super::stage::{HOME, OTHER, Scene, YES, at, patient};
use crate::support::browser::Browser;

#[tokio::test]
async fn p9_a_spelling_difference_is_joined_and_shown_without_a_question() {
    let scene = Scene::open().await;
    let page = scene.choose(0).await;
    assert!(page.url.path().ends_with("/plan"), "{} {}", page.url, page.text);
    assert!(scene.is_connected(OTHER));
    assert!(matches!(scene.proof(&at(0, OTHER)).await, Proof::Grant { .. }));
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
    scene.world.settled(&page).await;
    let sources = scene.browser.get(&page.at("sources")).await;
    assert!(sources.text.contains("written differently: family name and given names"), "{}", sources.text);
}

#[tokio::test]
async fn p9_two_of_one_name_with_two_birth_dates_are_asked_about_and_nothing_is_joined_before() {
    let scene = Scene::with(|patient| patient["birthDate"] = json!("1975-05-23")).await;
    let page = scene.choose(0).await;
    assert!(page.url.path().contains("/confirm/"), "{} {}", page.url, page.text);
    for words in ["23-May-1957", "23-May-1975", "Valley Primary Care", "Nephrology Associates", "Different"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(!page.text.contains("NA0058213"), "no whole number");
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert_eq!(scene.whose(&at(0, OTHER)).await, None);
    let plan = scene.browser.get(&page.at("plan.json")).await;
    assert!(!plan.text.contains("below 8.0 %"), "nothing of the other record is in the plan");
}

#[tokio::test]
async fn p4_nothing_of_another_person_enters_the_plan_while_a_question_waits() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let paths = ["plan?show=all", "plan/board?show=all", "plan.json", "sources"];
    for path in paths {
        let page = scene.browser.get(&question.at(path)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text.to_uppercase().contains("NGUY"), "{path}");
    }
    assert!(question.text.to_uppercase().contains("NGUY"), "the question itself shows who it is: {}", question.text);
}

#[tokio::test]
async fn a_record_that_does_not_say_who_it_is_about_is_asked_about() {
    let scene = Scene::with(|patient| {
        let patient = patient.as_object_mut().expect("a Patient");
        patient.remove("birthDate");
        patient.remove("name");
    })
    .await;
    let page = scene.choose(0).await;
    assert!(page.text.contains("says too little to tell who it is about"), "{} {}", page.url, page.text);
}

#[tokio::test]
async fn a_record_that_is_known_as_another_persons_is_asked_about_and_joined_by_name() {
    let scene = Scene::open().await;
    // Somebody opened her record there by itself, so it is a person of its own until now.
    let there = Browser::new();
    scene.world.open(&there, OTHER, "solberg", &patient(0, OTHER)).await;
    let before = scene.whose(&at(0, OTHER)).await.expect("known");
    assert_ne!(Some(&before), scene.whose(&at(0, HOME)).await.as_ref());
    let question = scene.choose(0).await;
    assert!(question.text.contains("as that of another person until now"), "{} {}", question.url, question.text);
    let plan = scene.say(&question, &YES).await;
    assert!(plan.url.path().ends_with("/plan"), "{} {}", plan.url, plan.text);
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
}

#[tokio::test]
async fn p12_a_patient_that_was_merged_into_another_is_not_joined() {
    let scene = Scene::with(|patient| {
        patient["link"] = json!([{ "other": { "reference": "Patient/elsewhere" }, "type": "replaced-by" }]);
    })
    .await;
    let page = scene.choose(0).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{} {}", page.url, page.text);
    assert!(page.text.contains("was merged into another one"), "{}", page.text);
    assert!(!scene.is_connected(OTHER) && scene.whose(&at(0, OTHER)).await.is_none());
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}
