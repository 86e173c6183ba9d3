//! What was joined wrongly is split again, on every open screen.

use std::sync::Arc;

use access::person::WhyEnded;
use access::policy::Operation;
use access::{Outcome, PersonId};
use axum::http::StatusCode;

use super::stage::{HOME, OTHER, Scene, at, is_connected, launch_of, patient, posted, tenant};
use crate::support::browser::Browser;

#[tokio::test]
async fn a_split_needs_a_reason_and_takes_the_record_from_every_open_screen_of_the_person() {
    let scene = Scene::open().await;
    let (world, browser) = (&scene.world, &scene.browser);
    world.connect(browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    // The same person at another desk, and in a launch of the second EHR that has joined the first.
    let (desk, there) = (Browser::new(), Browser::new());
    let desk_plan = world.open(&desk, HOME, "whitfield", &patient(0, HOME)).await;
    world.connect(&desk, &desk_plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let there_plan = world.open(&there, OTHER, "solberg", &patient(0, OTHER)).await;
    world.connect(&there, &there_plan, HOME, "castellanos", &patient(0, HOME)).await;
    assert!(is_connected(world, &desk_plan, OTHER) && is_connected(world, &there_plan, HOME));

    let page = browser.get(&scene.plan.at(&format!("split/{OTHER}"))).await;
    assert!(page.text.contains("from every other open plan of this person"), "{}", page.text);
    let mut split = posted(&page, &format!("split/{OTHER}"));
    split.set("reason", "  ");
    let refused = browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(refused.text.contains("Say why."), "{}", refused.text);
    split.set("reason", &"x".repeat(2001));
    let long = browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(long.text.contains("too long") && long.text.contains("xxxx"), "what was typed is kept");
    assert!(scene.is_connected(OTHER), "nothing has changed yet");

    split.set("reason", "Two people share this name; the nurse asked.");
    let told = browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(told.text.contains("was taken out: it is not this person"), "{} {}", told.url, told.text);
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert!(!is_connected(world, &desk_plan, OTHER), "the other desk has lost it too");
    assert!(is_connected(world, &there_plan, OTHER), "its own launch keeps it");
    assert!(!is_connected(world, &there_plan, HOME), "and loses the rest");
    let plan = browser.get(&scene.plan.at("plan.json")).await;
    assert!(!plan.text.contains("below 8.0 %"), "its items are gone");

    let (mine, theirs) = (scene.whose(&at(0, HOME)).await, scene.whose(&at(0, OTHER)).await);
    assert!(mine.is_some() && theirs.is_some() && mine != theirs);
    let history = world.server.persons.history(&tenant(), &mine.expect("known")).await.expect("the store answers");
    let ended = history.iter().find_map(|held| held.ended.as_ref()).expect("the link has ended");
    let reason = "Two people share this name; the nurse asked.".to_owned();
    assert_eq!(ended.why, WhyEnded::Wrong { reason: reason.clone() });
    let events = scene.events(&at(0, OTHER), Operation::SplitPerson).await;
    assert_eq!(events.iter().map(|event| event.reason.clone()).collect::<Vec<_>>(), [Some(reason)]);
    // What was split is never joined again without a question.
    let question = scene.choose(0).await;
    assert!(question.url.path().contains("/confirm/"), "{}", question.url);
}

#[tokio::test]
async fn a_launch_that_was_not_open_when_its_record_was_split_does_not_read_it_when_it_comes_back() {
    let scene = Scene::open().await;
    let (world, desk) = (&scene.world, Browser::new());
    world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let desk_plan = world.open(&desk, HOME, "whitfield", &patient(0, HOME)).await;
    world.connect(&desk, &desk_plan, OTHER, "solberg", &patient(0, OTHER)).await;
    world.server.rooms.close_launches(&[launch_of(&desk_plan)]);
    let page = scene.browser.get(&scene.plan.at(&format!("split/{OTHER}"))).await;
    let mut split = posted(&page, &format!("split/{OTHER}"));
    split.set("reason", "another person");
    scene.browser.post(&page.url, &split.action, &split.pairs()).await;
    let back = desk.get(&desk_plan.url).await;
    assert_eq!(back.status, StatusCode::OK);
    assert!(!is_connected(world, &desk_plan, OTHER));
    let kept = world.server.grants.lookup(&tenant(), &launch_of(&desk_plan), OTHER).await.expect("the store answers");
    assert!(kept.is_none(), "its grant is forgotten");
}

#[tokio::test]
async fn a_split_ends_what_was_shared_from_there() {
    let scene = Scene::open().await;
    scene.world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let server: &Arc<server::Server> = &scene.world.server;
    let person = scene.whose(&at(0, OTHER)).await.expect("known");
    let now = access::Clock::now(&*scene.world.clock);
    let grant =
        server.grants.lookup(&tenant(), &scene.launch(), OTHER).await.expect("the store answers").expect("a grant");
    let consent = share(server, &person, now).await;
    let key = access::StandingKey { tenant: tenant(), person: person.clone(), source: OTHER.to_owned() };
    let standing = access::StandingGrant { consent, content: grant.to_bytes() };
    assert!(server.standing.put(&key, &standing, now).await.expect("the store answers"));
    let page = scene.browser.get(&scene.plan.at(&format!("split/{OTHER}"))).await;
    let mut split = posted(&page, &format!("split/{OTHER}"));
    split.set("reason", "another person");
    scene.browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(server.standing.lookup(&key, now).await.expect("the store answers").is_none());
}

#[tokio::test]
async fn p3_a_screen_that_showed_another_record_changes_nothing() {
    let scene = Scene::open().await;
    scene.world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    for (path, operation) in [("split", Operation::SplitPerson), ("disconnect", Operation::DisconnectSource)] {
        let fields = [("record", "m0000000000000000"), ("reason", "x")];
        let url = scene.plan.at(&format!("{path}/{OTHER}"));
        let page = scene.browser.post(&scene.plan.url, &url, &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}: {}", page.text);
        let events = scene.events(&at(0, OTHER), operation).await;
        assert_eq!(events.last().expect("an event").outcome, Outcome::PatientMismatch);
    }
    assert!(scene.is_connected(OTHER));
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
}

#[tokio::test]
async fn the_plans_own_record_is_neither_split_off_nor_disconnected_from_inside() {
    let scene = Scene::open().await;
    for path in ["split/valley-ehr", "disconnect/valley-ehr"] {
        let page = scene.browser.post(&scene.plan.url, &scene.plan.at(path), &[("reason", "x")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}");
        assert!(page.text.contains("sign out: that ends this plan"), "{}", page.text);
    }
    assert_eq!(scene.browser.get(&scene.plan.at("split/valley-ehr")).await.status, StatusCode::CONFLICT);
    assert!(scene.is_connected(HOME));
}

async fn share(server: &server::Server, person: &PersonId, now: jiff::Timestamp) -> access::ConsentId {
    let id = access::ConsentId::from_random([9; 16]);
    let consent = access::Consent {
        id: id.clone(),
        person: person.clone(),
        source: OTHER.to_owned(),
        purpose: access::Purpose::CareTeam,
        by: access::UserKey { issuer: "i".into(), subject: "s".into() },
        role: access::Role::Patient,
        given: now,
        until: None,
        revoked: None,
    };
    server.consents.give(&tenant(), &consent).await.expect("the store answers");
    id
}
