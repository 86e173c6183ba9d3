//! Plans, concerns, overlays and decisions are written in one way. Each of these was otherwise for one of them, without a
//! reason.

use access::Role;
use care_plan_service::service::Asked;
use shared_plan::overlay::{NewOverlay, withdraw};

use crate::world::*;

#[tokio::test]
async fn a_key_that_had_made_a_concern_was_answered_with_a_plan_that_could_not_be_read() {
    let world = World::new().await;
    let clinician = caller(Role::Clinician);
    world.service.add_concern(&clinician, a_concern(1), &once("k")).await.unwrap();
    let reused = world.service.start(&clinician, a_plan(1), &once("k")).await;
    assert_eq!(word(&reused), "the idempotency key was used for something else");
    let first = world.service.start(&clinician, a_plan(1), &once("l")).await.unwrap();
    let again = world.service.start(&clinician, a_plan(1), &once("l")).await.unwrap();
    assert_eq!((again.repeated, again.plan), (true, first.plan));
}

#[tokio::test]
async fn an_overlay_that_was_laid_once_more_as_it_stood_was_told_without_its_name_in_the_log() {
    let world = World::new().await;
    let clinician = caller(Role::Clinician);
    let laid = world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await.unwrap().entry;
    let same = world.service.lay_overlay(&clinician, an_overlay(1), &seen(1)).await.unwrap().entry;
    assert_eq!(same, laid);
    let name = format!("Basic/{}", laid.id);
    assert_eq!(world.named(), [format!("write-shared-plan {name}"), format!("read-shared-plan {name}")]);
}

#[tokio::test]
async fn a_withdrawal_that_was_kept_was_refused_when_it_came_again_after_a_clinician_had_laid_the_edit_anew() {
    let world = World::new().await;
    let (clinician, patient) = (caller(Role::Clinician), caller(Role::Patient));
    let laid = world.service.lay_overlay(&patient, an_overlay(1), &Asked::default()).await.unwrap().entry;
    let asked = Asked { once: once("k").once, ..seen(1) };
    let back = world.service.change_overlay(&patient, laid.id, &asked, withdraw).await.unwrap();
    world.service.lay_overlay(&clinician, an_overlay(1), &Asked::default()).await.unwrap();
    let again = world.service.change_overlay(&patient, laid.id, &asked, withdraw).await.unwrap();
    assert_eq!((again.repeated, &again.entry), (true, &back.entry), "as it was made then");
    let anew = Asked { once: once("l").once, ..seen(3) };
    let refused = world.service.change_overlay(&patient, laid.id, &anew, withdraw).await;
    assert_eq!(word(&refused), "refused RoleMayNot(Patient)", "what stands there now is not theirs");
}

/// Both doors to an overlay say the same: whose it is, is said of what they have seen.
#[tokio::test]
async fn who_had_not_seen_that_a_clinician_had_revised_their_edit_was_told_of_their_role_and_not_of_the_version() {
    let world = World::new().await;
    let (clinician, patient) = (caller(Role::Clinician), caller(Role::Patient));
    let own = world.service.lay_overlay(&patient, an_overlay(1), &Asked::default()).await.unwrap().entry;
    let mut other = an_overlay(1);
    other.changes[0].to = Some("8.5".to_owned());
    world.service.lay_overlay(&clinician, other, &seen(1)).await.unwrap();
    let mut said = Vec::new();
    for version in [1, 2] {
        let new = NewOverlay { note: Some("Mine".to_owned()), ..an_overlay(1) };
        said.push(word(&world.service.lay_overlay(&patient, new, &seen(version)).await));
        said.push(word(&world.service.change_overlay(&patient, own.id, &seen(version), withdraw).await));
    }
    let (stale, refused) = ("it is at version 2 now", "refused RoleMayNot(Patient)");
    assert_eq!(said, [stale, stale, refused, refused]);
}
