//! Overlays.

use access::Role;
use care_plan_service::service::Asked;
use shared_plan::overlay::{OverlayStatus, withdraw};

use crate::world::*;

#[tokio::test]
async fn those_who_may_change_the_goal_keep_an_edit_that_no_source_took() {
    let world = World::new().await;
    let mut said = Vec::new();
    for role in [Role::Clinician, Role::Patient, Role::Coordinator, Role::Carer] {
        said.push(word(&world.service.lay_overlay(&caller(role), an_overlay(1), &Asked::default()).await));
    }
    assert_eq!(said, ["done", "done", "done", "refused RoleMayNot(Carer)"]);
    let logged = world.logged();
    assert!(logged[0].starts_with("write-shared-plan ") && logged[1].starts_with("answer-goal "), "{logged:?}");
}

#[tokio::test]
async fn the_person_takes_back_their_own_edit_and_nobody_elses() {
    let world = World::new().await;
    let (clinician, patient) = (caller(Role::Clinician), caller(Role::Patient));
    let theirs = world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await.unwrap().entry;
    let own = world.service.lay_overlay(&patient, an_overlay(1), &Asked::default()).await.unwrap().entry;
    let refused = world.service.change_overlay(&patient, theirs.id, &seen(1), withdraw).await;
    assert_eq!(word(&refused), "refused RoleMayNot(Patient)");
    assert_eq!(word(&world.service.change_overlay(&patient, own.id, &seen(1), withdraw).await), "done");
}

#[tokio::test]
async fn that_a_source_has_taken_an_edit_is_noted_by_whoever_reads_it() {
    let world = World::new().await;
    let clinician = caller(Role::Clinician);
    let theirs = world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await.unwrap().entry;
    let taken = world.service.overlay_taken(&caller(Role::Carer), theirs.id, &seen(1)).await.unwrap();
    assert_eq!(taken.entry.status, OverlayStatus::Taken);
    let again = world.service.overlay_taken(&clinician, theirs.id, &seen(2)).await;
    assert_eq!(word(&again), "an overlay that is taken may not become taken");
}
