//! What is told is in the audit log before it is told.

use access::Role;

use crate::world::{World, caller, person};

#[tokio::test]
async fn every_read_is_in_the_log_with_whose_it_was() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    world.plan("north", &person(2), "Heart", 1).await;
    let ada = person(1).to_string();
    for (path, people) in [
        (format!("/CarePlan/{}", plan.id), vec![ada.clone()]),
        (format!("/Goal/{}/_history", plan.goals[0].id), vec![ada.clone()]),
        (format!("/Goal/{}/_history/1", plan.goals[0].id), vec![ada.clone()]),
        (format!("/Provenance/Goal.{}.1", plan.goals[0].id), vec![ada.clone()]),
        (format!("/Goal?patient={ada}"), vec![ada.clone()]),
        (format!("/Patient/{ada}"), vec![ada.clone()]),
        (format!("/Goal/{}", crate::world::nobody()), vec![]),
        ("/Goal".to_owned(), vec![ada.clone(), person(2).to_string()]),
    ] {
        world.log.written();
        world.get(&path).await;
        let events = world.log.written();
        assert!(!events.is_empty(), "{path}");
        let mut about: Vec<String> =
            events.iter().filter_map(|event| event.patient.as_ref()).map(|at| at.patient.clone()).collect();
        about.sort();
        about.dedup();
        assert_eq!(about, people, "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_into_the_log_is_not_told() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    world.log.fill_up();
    for path in [
        format!("/CarePlan/{}", plan.id),
        "/Goal".into(),
        format!("/Goal?patient={}", person(1)),
        format!("/Goal/{}/_history", plan.goals[0].id),
    ] {
        let got = world.get(&path).await;
        got.refused(503);
        assert!(!got.text.contains("Diabetes"), "{}", got.text);
    }
}

#[tokio::test]
async fn where_the_store_is_away_that_is_said_and_nothing_of_why() {
    let world = World::new().await;
    world.store.go_away();
    world.door.give("one", caller("north", Role::Patient, Some(person(1))), "patient/*.rs");
    for path in ["/Goal", &format!("/CarePlan/{}", crate::world::nobody())] {
        let got = world.get_as("one", path).await;
        assert_eq!(got.refused(503)["code"], "transient");
        assert!(!got.text.contains("secret"), "{}", got.text);
    }
}
