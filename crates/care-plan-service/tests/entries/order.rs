//! What is asked first.

use access::{Role, TenantId};
use care_plan_service::Caller;
use care_plan_service::service::Asked;
use shared_plan::Id;
use shared_plan::commands::Act;
use shared_plan::concern::{Concern, ConcernStatus, move_to};

use crate::world::*;

#[tokio::test]
async fn without_the_licence_nothing_is_looked_up_and_nothing_is_said_of_the_role() {
    let world = World::new().await;
    let elsewhere = Caller { tenant: TenantId::new("south"), ..caller(Role::Carer) };
    let nobody: Id<Concern> = Id::from_random([9; 16]);
    let said = [
        word(&world.service.add_concern(&elsewhere, a_concern(1), &Asked::default()).await),
        word(&world.service.lay_overlay(&elsewhere, an_overlay(1), &Asked::default()).await),
        word(&world.service.decide(&elsewhere, a_decision(1), &Asked::default()).await),
        word(&world.service.change_concern(&elsewhere, nobody, &Asked::default(), |_, _| panic!("asked")).await),
    ];
    assert!(said.iter().all(|said| said == "the module is not licensed"), "{said:?}");
    assert!(world.logged().is_empty());
}

#[tokio::test]
async fn what_is_of_another_person_is_what_never_was() {
    let world = World::new().await;
    let patient = caller(Role::Patient);
    let added = world.service.add_concern(&caller(Role::Clinician), a_concern(2), &Asked::default()).await.unwrap();
    let over = |concern: &Concern, act: &Act<'_>| move_to(concern, ConcernStatus::Resolved, act);
    let said = [
        word(&world.service.add_concern(&patient, a_concern(2), &Asked::default()).await),
        word(&world.service.change_concern(&patient, added.entry.id, &seen(1), over).await),
        word(&world.service.change_concern(&patient, Id::from_random([9; 16]), &seen(1), over).await),
        word(&world.service.entry(&patient, added.entry.id).await),
    ];
    assert!(said.iter().all(|said| said == "not found"), "{said:?}");
}

#[tokio::test]
async fn a_change_needs_the_version_of_now() {
    let world = World::new().await;
    let patient = caller(Role::Patient);
    let own = world.service.add_concern(&patient, a_concern(1), &Asked::default()).await.unwrap().entry;
    let over = |concern: &Concern, act: &Act<'_>| move_to(concern, ConcernStatus::Resolved, act);
    let none = Asked { seen: None, ..seen(1) };
    let missing = world.service.change_concern(&patient, own.id, &none, over).await;
    assert_eq!(word(&missing), "the version that was seen is missing");
    let stale = world.service.change_concern(&patient, own.id, &seen(7), over).await;
    assert_eq!(word(&stale), "it is at version 1 now");
    assert_eq!(word(&world.service.change_concern(&patient, own.id, &seen(1), over).await), "done");
}

#[tokio::test]
async fn what_cannot_be_written_into_the_log_is_not_done() {
    let world = World::new().await;
    let patient = caller(Role::Patient);
    let own = world.service.add_concern(&patient, a_concern(1), &Asked::default()).await.unwrap().entry;
    world.fill_the_log();
    let added = world.service.add_concern(&patient, a_concern(1), &Asked::default()).await;
    assert_eq!(word(&added), "the audit event could not be written");
    let over = |concern: &Concern, act: &Act<'_>| move_to(concern, ConcernStatus::Resolved, act);
    let moved = world.service.change_concern(&patient, own.id, &seen(1), over).await;
    assert_eq!(word(&moved), "the audit event could not be written");
    assert_eq!(world.told().await, ["concern-added"]);
}
