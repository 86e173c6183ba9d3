//! Concerns.

use access::Role;
use care_plan_service::service::Asked;
use shared_plan::commands::Act;
use shared_plan::concern::{Concern, ConcernStatus, change, move_to};

use crate::world::*;

#[tokio::test]
async fn everybody_says_what_concerns_the_person_and_the_team_is_told_what_the_person_says() {
    let world = World::new().await;
    for role in [Role::Clinician, Role::Patient, Role::Coordinator, Role::Carer] {
        let saved = world.service.add_concern(&caller(role), a_concern(1), &Asked::default()).await.unwrap();
        let read = world.service.entry(&caller(Role::Patient), saved.entry.id).await.unwrap();
        assert_eq!(read, saved.entry);
    }
    assert_eq!(world.told().await, ["concern-added", "concern-added"]);
}

#[tokio::test]
async fn what_a_clinician_entered_is_not_changed_by_the_person_and_the_other_way_round_it_is() {
    let world = World::new().await;
    let (clinician, patient) = (caller(Role::Clinician), caller(Role::Patient));
    let theirs = world.service.add_concern(&clinician, a_concern(1), &Asked::default()).await.unwrap().entry;
    let own = world.service.add_concern(&patient, a_concern(1), &Asked::default()).await.unwrap().entry;
    let edit = |concern: &Concern, act: &Act<'_>| change(concern, content("Sore knees"), act);
    let refused = world.service.change_concern(&patient, theirs.id, &seen(1), edit).await;
    assert_eq!(word(&refused), "refused RoleMayNot(Patient)");
    let changed = world.service.change_concern(&patient, own.id, &seen(1), edit).await.unwrap();
    assert_eq!(changed.entry.version.0, 2);
    let over = |concern: &Concern, act: &Act<'_>| move_to(concern, ConcernStatus::Resolved, act);
    assert_eq!(word(&world.service.change_concern(&clinician, own.id, &seen(2), over).await), "done");
    assert_eq!(word(&world.service.change_concern(&clinician, theirs.id, &seen(1), over).await), "done");
}

#[tokio::test]
async fn what_would_change_nothing_is_no_version() {
    let world = World::new().await;
    let patient = caller(Role::Patient);
    let own = world.service.add_concern(&patient, a_concern(1), &Asked::default()).await.unwrap().entry;
    let same = |concern: &Concern, act: &Act<'_>| change(concern, content("Sore feet"), act);
    let saved = world.service.change_concern(&patient, own.id, &seen(1), same).await.unwrap();
    assert_eq!(saved.entry.version.0, 1);
}
