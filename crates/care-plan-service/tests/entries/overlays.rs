//! Overlays.

use access::Role;
use care_plan_service::service::Asked;
use shared_plan::overlay::{NewOverlay, OverlayStatus, withdraw};
use shared_plan::ports::Kind;

use crate::world::*;

#[tokio::test]
async fn those_who_may_change_the_goal_keep_an_edit_that_no_source_took() {
    let world = World::new().await;
    let mut said = Vec::new();
    for (at, role) in [(0, Role::Clinician), (1, Role::Patient), (2, Role::Coordinator), (3, Role::Carer)] {
        let on = NewOverlay { target_index: at, ..an_overlay(1) };
        said.push(word(&world.service.lay_overlay(&caller(role), on, &Asked::default()).await));
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
    let own = NewOverlay { target_index: 1, ..an_overlay(1) };
    let own = world.service.lay_overlay(&patient, own, &Asked::default()).await.unwrap().entry;
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

/// Two edits of one target would both have stood beside it.
#[tokio::test]
async fn of_one_target_there_is_one_overlay_which_is_revised_by_whoever_has_seen_it() {
    let world = World::new().await;
    let clinician = caller(Role::Clinician);
    let first = world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await.unwrap().entry;
    let mut other = an_overlay(1);
    other.changes[0].to = Some("8.5".to_owned());
    let blind = world.service.lay_overlay(&clinician, other.clone(), &Asked::default()).await;
    assert_eq!(word(&blind), "it is at version 1 now");
    let over = world.service.lay_overlay(&caller(Role::Patient), other.clone(), &seen(1)).await;
    assert_eq!(word(&over), "refused RoleMayNot(Patient)", "the person does not change what a professional wrote");
    let revised = world.service.lay_overlay(&clinician, other.clone(), &seen(1)).await.unwrap().entry;
    assert_eq!((revised.id, revised.version.0), (first.id, 2));
    let same = world.service.lay_overlay(&clinician, other.clone(), &seen(2)).await.unwrap().entry;
    assert_eq!(same, revised, "the same once more changes nothing");
    world.service.change_overlay(&clinician, first.id, &seen(2), withdraw).await.unwrap();
    let anew = world.service.lay_overlay(&clinician, other, &Asked::default()).await.unwrap().entry;
    assert_eq!((anew.id, anew.version.0, anew.status), (first.id, 4, OverlayStatus::Standing));
}

#[tokio::test]
async fn a_wrong_answer_whose_an_overlay_is_locked_its_target_for_good() {
    let world = World::new().await;
    let clinician = caller(Role::Clinician);
    let gone = world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await.unwrap().entry;
    world.give_to_another(Kind::Overlay, 1, 2).await;
    let laid = world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await.unwrap().entry;
    assert!(laid.id != gone.id && laid.version.0 == 1);
    let again = world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await;
    assert_eq!(word(&again), "it is at version 1 now");
    let theirs: shared_plan::overlay::Overlay = world.service.entry(&clinician, gone.id).await.unwrap();
    assert_eq!((theirs.person, theirs.version.0), (person(2), 2), "one version more: it went");
}
