//! Somebody who is only likely to be the person, where the organisation itself is registered: a question for the coordinator,
//! and nothing is joined before she has answered.

use access::person::{Ending, WhyEnded};
use access::policy::Operation;
use access::{AuditEvent, Outcome, PatientAt, Proof};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::backend::{THERE, links, opened, read_there, twin, with, world};
use super::stage::{Shared, coordinator, log_of, now, open, patient, tenant};
use crate::support::browser::{Browser, Page};
use crate::support::world::World;

const YES: [(&str, &str); 2] = [("answer", "yes"), ("checked", "yes")];

/// Marisol there, who is written "Mari".
fn she_there() -> PatientAt {
    PatientAt::new(THERE, patient(THERE, "marisol"))
}

/// Follows the link of the page of the sources.
async fn asked(browser: &Browser, plan: &Page) -> Page {
    let sources = browser.get(&plan.at("sources")).await;
    assert!(sources.text.contains("somebody there may be this person"), "{}", sources.text);
    let way = format!("{}/confirm/", plan.launch());
    let (_, rest) = sources.text.split_once(&way).expect("a link to the question");
    let question = browser.get(&plan.at(&format!("confirm/{}", rest.split('"').next().expect("its name")))).await;
    assert_eq!(question.status, StatusCode::OK, "{}", question.text);
    question
}

fn events_of(log: &[AuditEvent], operation: Operation) -> Vec<(Option<&str>, Outcome)> {
    let events = log.iter().filter(|event| event.operation == operation);
    events.map(|event| (event.reason.as_deref(), event.outcome)).collect()
}

#[tokio::test]
async fn p9_who_is_only_likely_elsewhere_is_a_question_and_nothing_is_joined_before_its_answer() {
    let world = world().await;
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    assert_eq!(read_there(&world, &plan), None);
    assert!(browser.get(&plan.url).await.text.contains("somebody there may be this person"));
    let question = asked(&browser, &plan).await;
    for words in
        ["VEGA-THORNTON, Marisol", "VEGA-THORNTON, Mari", "named one record", "not asked again while this plan"]
    {
        assert!(question.text.contains(words), "{words}: {}", question.text);
    }
    assert!(!question.text.contains("sign-in there is given back"), "nobody signed in there");
    let unchecked = browser.post(&question.url, &question.url, &[("answer", "yes")]).await;
    assert!(unchecked.text.contains("only with the box below it checked"), "{}", unchecked.text);
    assert_eq!(links(&world, &shared.person).await.len(), 1);
    assert!(!browser.get(&plan.at("plan.json")).await.text.contains("Heel wound closed"));
    // That her name was told there stands in her log, and that her record was read there stands in the log of that record.
    let log = log_of(&world, &shared.at).await;
    let asked = log.iter().filter(|event| event.source.as_deref() == Some(THERE)).map(|event| event.reason.as_deref());
    assert_eq!(asked.collect::<Vec<_>>(), [Some("asked who this is there")]);
    let read = [(Some("read there to compare it"), Outcome::Done)];
    assert_eq!(events_of(&log_of(&world, &she_there()).await, Operation::OpenPerson), read);
}

#[tokio::test]
async fn p9_yes_to_somebody_found_links_by_the_question_and_reads_by_the_organisations_registration() {
    let world = world().await;
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    let question = asked(&browser, &plan).await;
    let joined = browser.post(&question.url, &question.url, &YES).await;
    assert!(joined.url.path().ends_with("/plan"), "{} {}", joined.url, joined.text);
    world.settled(&joined).await;
    assert_eq!(read_there(&world, &joined), Some(she_there().patient));
    assert!(browser.get(&plan.at("plan?show=all")).await.text.contains("Heel wound closed"));
    let sources = browser.get(&plan.at("sources")).await;
    assert!(sources.text.contains("Confirmed as the same person with both records shown"), "{}", sources.text);
    let links = links(&world, &shared.person).await;
    let link = links.iter().find(|link| link.at == she_there()).expect("it is linked");
    let Proof::Confirmed { question: name } = &link.how else { panic!("{:?}", link.how) };
    assert!(question.url.path().ends_with(name) && link.who.is_some());
    let log = log_of(&world, &she_there()).await;
    let (shown, yes) = (format!("question {name}: shown"), format!("question {name}: yes, the same person"));
    let answered = events_of(&log, Operation::ConfirmPerson);
    assert!(
        answered.contains(&(Some(&*shown), Outcome::Done)) && answered.last() == Some(&(Some(&*yes), Outcome::Done))
    );
    // A restart and the next launch read there without a question.
    world.server.rooms.close_launches(&[plan.launch_id()]);
    for _ in 0..2 {
        let again = browser.get(&plan.url).await;
        world.settled(&again).await;
        assert_eq!(read_there(&world, &again), Some(she_there().patient));
    }
    let second = browser.post(&question.url, &question.url, &YES).await;
    assert_eq!(second.status, StatusCode::GONE, "an answer counts once");
}

#[tokio::test]
async fn p9_no_and_i_do_not_know_about_somebody_found_join_nothing_and_are_not_asked_again_in_this_launch() {
    for answer in ["no", "unknown"] {
        let world = world().await;
        let browser = Browser::new();
        let (shared, plan) = opened(&world, &browser).await;
        let question = asked(&browser, &plan).await;
        let told = browser.post(&question.url, &question.url, &[("answer", answer), ("checked", "yes")]).await;
        assert!(told.url.path().ends_with("/sources"), "{}", told.url);
        assert!(told.text.contains("The record found at HomeHealth Plus is not in this plan"), "{}", told.text);
        assert!(told.text.contains("it is not asked again in this plan"), "{}", told.text);
        assert_eq!((read_there(&world, &plan), links(&world, &shared.person).await.len()), (None, 1));
        let log = log_of(&world, &she_there()).await;
        assert_eq!(
            events_of(&log, Operation::ConfirmPerson).last().map(|(_, how)| *how),
            Some(Outcome::PatientMismatch)
        );
        // Nor when the room is opened anew.
        world.server.rooms.close_launches(&[plan.launch_id()]);
        let again = browser.get(&plan.url).await;
        world.settled(&again).await;
        let sources = browser.get(&plan.at("sources")).await;
        assert!(sources.text.contains("it is not asked again in this plan"), "{}", sources.text);
        assert!(!sources.text.contains("/confirm/"), "{}", sources.text);
        // The next launch of the person asks again: somebody may know it then.
        let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
        let next = open(&browser, &panel, &shared.person).await;
        world.settled(&next).await;
        asked(&browser, &next).await;
    }
}

#[tokio::test]
async fn a_number_borne_by_somebody_of_another_birth_date_is_a_question() {
    let world = with(false).await;
    let valley = world.sandbox.ehr("valley-ehr").store();
    let valley = valley.resource("Patient", &patient("valley-ehr", "marisol")).expect("she is known there");
    twin(&world, Some(valley["identifier"][0].clone()));
    let there = world.sandbox.ehr(THERE).store();
    let mut other = Value::clone(&*there.resource("Patient", super::backend::TWIN).expect("it is there"));
    other["birthDate"] = json!("1975-05-23");
    there.load_bundle(&other).expect("it is taken in");
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    let question = asked(&browser, &plan).await;
    assert!(question.text.contains("23-May-1975"), "{}", question.text);
    assert_eq!(links(&world, &shared.person).await.len(), 1);
}

#[tokio::test]
async fn nobody_is_asked_about_several_about_a_merged_record_or_about_who_is_another_persons() {
    let world = world().await;
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    asked(&browser, &plan).await;
    let panel = browser.get(&world.accord.join("panel").expect("an address")).await;
    let there = world.sandbox.ehr(THERE).store();
    let she = Value::clone(&*there.resource("Patient", &she_there().patient).expect("she is known there"));
    let quiet = async |why: &str| {
        let plan = open(&browser, &panel, &shared.person).await;
        world.settled(&plan).await;
        let sources = browser.get(&plan.at("sources")).await;
        assert!(sources.text.contains("could not be identified there"), "{why}: {}", sources.text);
        assert!(!sources.text.contains("/confirm/"), "{why}: {}", sources.text);
    };
    let mut second = she.clone();
    second["id"] = json!("likely-2");
    there.load_bundle(&second).expect("it is taken in");
    quiet("two are alike").await;
    second["name"] = json!([{ "family": "Elsewhere", "given": ["Bo"] }]);
    second["birthDate"] = json!("1980-01-01");
    second["gender"] = json!("male");
    there.load_bundle(&second).expect("it is taken in");
    let mut merged = she.clone();
    merged["link"] = json!([{ "other": { "reference": "Patient/likely-2" }, "type": "replaced-by" }]);
    there.load_bundle(&merged).expect("it is taken in");
    quiet("her record was merged into another").await;
    there.load_bundle(&she).expect("it is taken in");
    let before = log_of(&world, &she_there()).await.len();
    world.server.persons.find_or_create(&tenant(), &known(&world)).await.expect("the store answers");
    quiet("she is another person").await;
    assert_eq!(log_of(&world, &she_there()).await.len(), before, "it is not even read");
}

fn known(world: &World) -> access::Link {
    let how = Proof::Confirmed { question: "somebody took it apart".to_owned() };
    access::Link { at: she_there(), how, who: None, when: now(world) }
}

#[tokio::test]
async fn who_became_another_persons_while_the_question_waited_is_not_joined() {
    let world = world().await;
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    let question = asked(&browser, &plan).await;
    world.server.persons.find_or_create(&tenant(), &known(&world)).await.expect("the store answers");
    let told = browser.post(&question.url, &question.url, &YES).await;
    assert!(told.text.contains("Nothing was joined"), "{} {}", told.url, told.text);
    assert!(told.text.contains("could not be identified there"), "{}", told.text);
    assert_eq!((read_there(&world, &plan), links(&world, &shared.person).await.len()), (None, 1));
}

#[tokio::test]
async fn what_was_taken_apart_after_a_yes_is_not_asked_about_again() {
    let world = world().await;
    let browser = Browser::new();
    let (Shared { person, at, .. }, plan) = opened(&world, &browser).await;
    let question = asked(&browser, &plan).await;
    browser.post(&question.url, &question.url, &YES).await;
    let why = WhyEnded::Wrong { reason: "two people".to_owned() };
    let ending = Ending { who: None, when: now(&world), why };
    world.server.persons.split(&tenant(), &person, &she_there(), &at, &ending).await.expect("the store answers");
    let panel = browser.get(&world.accord.join("panel").expect("an address")).await;
    let plan = open(&browser, &panel, &person).await;
    world.settled(&plan).await;
    assert_eq!(read_there(&world, &plan), None);
    assert!(!browser.get(&plan.at("sources")).await.text.contains("/confirm/"));
}
