//! Sources where the organisation itself is registered (Backend Services): who is found there for certain is read there,
//! and nobody else.

use access::person::{MatchGrade, Proof};
use access::policy::Operation;
use access::{Link, PatientAt, PersonId};
use axum::http::StatusCode;
use fhir::SourceId;
use serde_json::{Value, json};
use server::config::Launches;

use super::stage::{Shared, coordinator, log_of, now, open, patient, share, tenant};
use crate::support::browser::{Browser, Page};
use crate::support::world::World;

/// The source that is asked without a user.
pub const THERE: &str = "homehealth";
/// Somebody there whom everything says to be Marisol.
pub const TWIN: &str = "certain-1";

pub async fn world() -> World {
    with(true).await
}

pub async fn with(patient_match: bool) -> World {
    let mut ehrs = World::ehrs();
    ehrs.iter_mut().filter(|ehr| ehr.id == THERE).for_each(|ehr| ehr.patient_match = patient_match);
    World::altered(ehrs, |server| {
        let source = server.config.sources.iter_mut().find(|source| source.id == THERE).expect("it is there");
        source.launches = vec![Launches::Standalone, Launches::Backend];
    })
    .await
}

/// Puts a record there that says of its Patient what Valley says of Marisol, with a goal to know it by.
pub fn twin(world: &World, identifier: Option<Value>) {
    let valley = world.sandbox.ehr("valley-ehr").store();
    let valley = valley.resource("Patient", &patient("valley-ehr", "marisol")).expect("she is known there");
    let mut twin = json!({
        "resourceType": "Patient", "id": TWIN,
        "name": valley["name"], "birthDate": valley["birthDate"], "gender": valley["gender"],
    });
    if let Some(identifier) = identifier {
        twin["identifier"] = json!([identifier]);
    }
    let goal = json!({
        "resourceType": "Goal", "id": "walks", "lifecycleStatus": "active",
        "description": { "text": "Walks to the mailbox" }, "subject": { "reference": format!("Patient/{TWIN}") },
    });
    for resource in [twin, goal] {
        world.sandbox.ehr(THERE).store().load_bundle(&resource).expect("it is taken in");
    }
}

/// Marisol shares Valley's record, and a coordinator opens her.
pub async fn opened(world: &World, browser: &Browser) -> (Shared, Page) {
    let shared = share(world, "valley-ehr", "marisol").await;
    let panel = coordinator(world, browser, "valley-ehr", "okoro").await;
    let plan = open(browser, &panel, &shared.person).await;
    assert_eq!(plan.status, StatusCode::OK, "{}", plan.text);
    world.settled(&plan).await;
    (shared, plan)
}

pub fn read_there(world: &World, plan: &Page) -> Option<String> {
    let snapshot = world.snapshot(plan).expect("the room is open");
    snapshot.record(&SourceId::new(THERE)).expect("it is registered").patient.clone()
}

pub async fn links(world: &World, person: &PersonId) -> Vec<Link> {
    world.server.persons.links(&tenant(), person).await.expect("the store answers")
}

#[tokio::test]
async fn who_is_certain_elsewhere_is_linked_by_that_proof_and_read_there() {
    let world = world().await;
    twin(&world, None);
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    assert_eq!(read_there(&world, &plan).as_deref(), Some(TWIN));
    let plan = browser.get(&plan.at("plan?show=all")).await;
    assert!(plan.text.contains("Walks to the mailbox") && plan.text.contains("VEGA-THORNTON"), "{}", plan.text);
    let links = links(&world, &shared.person).await;
    let link = links.iter().find(|link| link.at == PatientAt::new(THERE, TWIN)).expect("it is linked");
    assert!(matches!(link.how, Proof::Match { grade: MatchGrade::Certain, score: Some(_) }), "{:?}", link.how);
    assert!(link.who.is_some(), "somebody asked for it");
    let log = log_of(&world, &PatientAt::new(THERE, TWIN)).await;
    assert_eq!(log.first().map(|event| event.operation), Some(Operation::OpenPerson));
    assert!(log.iter().any(|event| event.operation == Operation::ReadPlan));
    // A restart comes back to the same, by the link.
    world.server.rooms.close_launches(&[plan.launch_id()]);
    let again = browser.get(&plan.url).await;
    world.settled(&again).await;
    assert_eq!(read_there(&world, &again).as_deref(), Some(TWIN));
}

#[tokio::test]
async fn who_bears_the_same_number_at_both_places_is_joined_by_itself_and_the_page_says_how() {
    let world = world().await;
    let shared = share(&world, "valley-ehr", "ruth").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &shared.person).await;
    world.settled(&plan).await;
    assert_eq!(read_there(&world, &plan), Some(patient(THERE, "ruth")));
    let sources = browser.get(&plan.at("sources")).await;
    assert!(sources.text.contains("Found there as this person"), "{}", sources.text);
    assert!(sources.text.contains("written differently: given names"), "{}", sources.text);
    assert!(!sources.text.contains("/confirm/"), "{}", sources.text);
}

#[tokio::test]
async fn p9_a_source_that_lies_about_who_somebody_is_joins_nobody() {
    let world = world().await;
    twin(&world, None);
    // The other one of the lies: without this it is Marisol herself, whom they write "Mari".
    let stranger = json!({
        "resourceType": "Patient", "id": patient(THERE, "marisol"), "gender": "female", "birthDate": "1960-01-01",
        "name": [{ "family": "Elsewhere", "given": ["Bo"] }],
    });
    world.sandbox.ehr(THERE).store().load_bundle(&stranger).expect("it is taken in");
    let browser = Browser::new();
    let shared = share(&world, "valley-ehr", "marisol").await;
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    for (lie, told) in [
        ("another-as-certain", "could not be identified there"),
        ("another-in-disguise", "could not be identified there"),
        ("several-certain", "could not be identified there"),
        ("everybody", "could not be identified there"),
        ("not-graded", "could not be identified there"),
        // A word nobody knows is the least that a match can be: a question, and nothing is joined by it.
        ("strange-grade", "somebody there may be this person"),
        ("twice", "could not be identified there"),
        ("not-a-patient", "could not be identified there"),
        ("no-id", "could not be identified there"),
        ("id-path", "could not be identified there"),
        ("nobody", "could not be identified there"),
        ("status-500", "could not be asked who this is there"),
        ("html", "could not be asked who this is there"),
    ] {
        let hostility = format!("match/{lie}").parse().expect("a lie that it knows");
        world.sandbox.ehr(THERE).set_hostility(Some(hostility));
        let plan = open(&browser, &panel, &shared.person).await;
        world.settled(&plan).await;
        assert_eq!(read_there(&world, &plan), None, "{lie}");
        let page = browser.get(&plan.at("sources")).await;
        assert!(page.text.contains(told), "{lie}: {}", page.text);
        assert!(!page.text.contains("Walks to the mailbox"), "{lie}");
        assert_eq!(links(&world, &shared.person).await.len(), 1, "{lie}");
    }
    world.sandbox.ehr(THERE).set_hostility(None);
    let plan = open(&browser, &panel, &shared.person).await;
    world.settled(&plan).await;
    assert_eq!(read_there(&world, &plan).as_deref(), Some(TWIN), "the truth is believed");
}

#[tokio::test]
async fn without_the_operation_a_number_that_one_person_bears_decides() {
    let world = with(false).await;
    let valley = world.sandbox.ehr("valley-ehr").store();
    let valley = valley.resource("Patient", &patient("valley-ehr", "marisol")).expect("she is known there");
    twin(&world, Some(valley["identifier"][0].clone()));
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    assert_eq!(read_there(&world, &plan).as_deref(), Some(TWIN));
    let links = links(&world, &shared.person).await;
    assert!(links.iter().any(|link| matches!(link.how, Proof::Match { grade: MatchGrade::Certain, score: None })));
}

#[tokio::test]
async fn a_patient_who_is_another_persons_is_not_joined_again() {
    let world = world().await;
    twin(&world, None);
    let other = Link {
        at: PatientAt::new(THERE, TWIN),
        how: Proof::Confirmed { question: "somebody took it apart".to_owned() },
        who: None,
        when: now(&world),
    };
    world.server.persons.find_or_create(&tenant(), &other).await.expect("the store answers");
    let browser = Browser::new();
    let (shared, plan) = opened(&world, &browser).await;
    assert_eq!(read_there(&world, &plan), None);
    assert!(browser.get(&plan.at("sources")).await.text.contains("could not be identified there"));
    assert_eq!(links(&world, &shared.person).await.len(), 1);
}

#[tokio::test]
async fn a_person_who_shares_nothing_is_opened_where_the_organisation_itself_is_registered_and_knows_them() {
    let world = world().await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let known = Link {
        at: PatientAt::new(THERE, patient(THERE, "marisol")),
        how: Proof::Match { score: None, grade: MatchGrade::Certain },
        who: None,
        when: now(&world),
    };
    let person = world.server.persons.find_or_create(&tenant(), &known).await.expect("the store answers");
    let plan = open(&browser, &panel, &person).await;
    assert_eq!(plan.status, StatusCode::OK, "{}", plan.text);
    world.settled(&plan).await;
    assert_eq!(read_there(&world, &plan), Some(known.at.patient.clone()));
    assert!(plan.text.contains("VEGA-THORNTON, Mari"), "{}", plan.text);
    let elsewhere = Link { at: PatientAt::new("university", patient("university", "loan")), ..known };
    let unknown = world.server.persons.find_or_create(&tenant(), &elsewhere).await.expect("the store answers");
    assert_eq!(open(&browser, &panel, &unknown).await.status, StatusCode::FORBIDDEN);
}
