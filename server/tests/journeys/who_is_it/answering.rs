//! The question is answered: by whom it was asked, once, and in its time.

use access::person::WhyEnded;
use access::policy::Operation;
use access::{Outcome, Proof};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::stage::{HOME, OTHER, Scene, YES, at, patient, tenant};
use crate::support::browser::Browser;

#[tokio::test]
async fn p9_yes_is_taken_with_its_box_only_and_joins_by_the_question() {
    let scene = Scene::with(|patient| patient["birthDate"] = json!("1975-05-23")).await;
    let question = scene.choose(0).await;
    let empty = scene.say(&question, &[]).await;
    assert!(empty.text.contains("Choose one of the answers"), "{}", empty.text);
    let unchecked = scene.say(&question, &[("answer", "yes")]).await;
    assert!(unchecked.text.contains("only with the box below it checked"), "{}", unchecked.text);
    assert_eq!(scene.whose(&at(0, OTHER)).await, None);
    let plan = scene.say(&question, &YES).await;
    assert!(plan.url.path().ends_with("/plan"), "{} {}", plan.url, plan.text);
    assert!(scene.is_connected(OTHER) && scene.stored_grant().await);
    let Proof::Confirmed { question: name } = scene.proof(&at(0, OTHER)).await else { panic!("confirmed") };
    let events = scene.events(&at(0, OTHER), Operation::ConfirmPerson).await;
    let told = |answer: &str| format!("question {name}: {answer}");
    let yes = events.last().expect("an event");
    assert_eq!(yes.reason.as_deref(), Some(&*told("yes, the same person")));
    assert!(events.iter().any(|event| event.reason.as_deref() == Some(&told("shown"))), "{events:?}");
    assert_eq!((yes.outcome, yes.launch.as_ref()), (Outcome::Done, Some(&scene.launch())));
    // What was confirmed is not asked again.
    let again = scene.choose(0).await;
    assert!(again.url.path().ends_with("/plan"), "{}", again.url);
    assert!(scene.live_grants() > 0, "what was joined is still granted");
}

#[tokio::test]
async fn p9_no_and_i_do_not_know_join_nothing_and_give_the_sign_in_back() {
    for answer in ["no", "unknown"] {
        let scene = Scene::open().await;
        let question = scene.asked().await;
        let sources = scene.say(&question, &[("answer", answer), ("checked", "yes")]).await;
        assert!(sources.url.path().ends_with("/sources"), "{}", sources.url);
        assert!(sources.text.contains("Nothing was joined. The record at Nephrology Associates"), "{}", sources.text);
        assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
        assert_eq!(scene.whose(&at(2, OTHER)).await, None);
        let events = scene.events(&at(2, OTHER), Operation::ConfirmPerson).await;
        assert_eq!(events.last().expect("an event").outcome, Outcome::PatientMismatch);
        assert_eq!(scene.live_grants(), 0, "the grant was given back");
    }
}

#[tokio::test]
async fn what_was_known_by_a_grant_and_then_confirmed_was_asked_again_at_every_connection() {
    let scene = Scene::open().await;
    scene.choose(0).await;
    assert!(matches!(scene.proof(&at(0, OTHER)).await, Proof::Grant { .. }));
    // Then the other place writes another birth date.
    let store = scene.world.sandbox.ehr(OTHER).store();
    let mut known = Value::clone(&*store.resource("Patient", &patient(0, OTHER)).expect("she is known there"));
    known["birthDate"] = json!("1975-05-23");
    store.load_bundle(&known).expect("it is a Patient");
    let question = scene.choose(0).await;
    assert!(question.url.path().contains("/confirm/"), "{}", question.url);
    scene.say(&question, &YES).await;
    let Proof::Confirmed { question: name } = scene.proof(&at(0, OTHER)).await else { panic!("confirmed") };
    assert!(question.url.path().ends_with(&name));
    let again = scene.choose(0).await;
    assert!(again.url.path().ends_with("/plan"), "{}", again.url);
    let person = scene.whose(&at(0, OTHER)).await.expect("known");
    let history = scene.world.server.persons.history(&tenant(), &person).await.expect("the store answers");
    let ended: Vec<_> = history.iter().filter_map(|held| Some(&held.ended.as_ref()?.why)).collect();
    assert_eq!(ended, [&WhyEnded::Confirmed { question: name }], "how it was known before is kept");
}

#[tokio::test]
async fn an_answer_counts_once() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    scene.say(&question, &[("answer", "no")]).await;
    for fields in [&YES[..], &[("answer", "no")], &[]] {
        let second = scene.say(&question, fields).await;
        assert_eq!(second.status, StatusCode::GONE);
        assert!(second.text.contains("This question is over"), "{}", second.text);
    }
    assert_eq!(scene.browser.get(&question.url).await.status, StatusCode::GONE);
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
}

#[tokio::test]
async fn an_answer_after_ten_minutes_joins_nothing() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    scene.world.clock.by_seconds(601);
    let late = scene.say(&question, &YES).await;
    assert_eq!(late.status, StatusCode::GONE, "{}", late.text);
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
}

#[tokio::test]
async fn a_question_that_a_restart_has_lost_is_told_so() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    // What a restart takes with it: the questions are in memory only.
    let lost = scene.world.server.questions.take_of(|_| true);
    assert_eq!(lost.len(), 1);
    let page = scene.say(&question, &YES).await;
    assert_eq!(page.status, StatusCode::GONE, "{}", page.text);
    assert!(page.text.contains("connect the source again"));
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
}

#[tokio::test]
async fn p2_another_launch_and_another_browser_cannot_answer() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let id = question.url.path().rsplit('/').next().expect("its name").to_owned();
    let second = scene.world.open(&scene.browser, HOME, "castellanos", &patient(1, HOME)).await;
    let foreign = second.at(&format!("confirm/{id}"));
    assert_eq!(scene.browser.post(&second.url, &foreign, &YES).await.status, StatusCode::GONE);
    let stranger = Browser::new();
    assert_eq!(stranger.post(&question.url, &question.url, &YES).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
    let mine = scene.say(&question, &[("answer", "no")]).await;
    assert!(mine.url.path().ends_with("/sources"), "it still waited for its own launch: {}", mine.url);
}

#[tokio::test]
async fn what_became_another_persons_while_the_question_waited_is_asked_about_anew() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let there = Browser::new();
    scene.world.open(&there, OTHER, "solberg", &patient(2, OTHER)).await;
    let again = scene.say(&question, &YES).await;
    assert!(again.url.path().contains("/confirm/") && again.url != question.url, "{}", again.url);
    assert!(again.text.contains("as that of another person until now"), "{}", again.text);
    assert!(!scene.is_connected(OTHER));
}
