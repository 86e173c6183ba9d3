//! Decisions.

use access::Role;
use care_plan_service::service::Asked;
use shared_plan::decision::{DecisionStatus, withdraw};

use crate::world::*;

#[tokio::test]
async fn an_issue_is_settled_once_however_often_it_is_sent() {
    let world = World::new().await;
    let coordinator = caller(Role::Coordinator);
    let first = world.service.decide(&coordinator, a_decision(1), &once("k")).await.unwrap();
    let second = world.service.decide(&coordinator, a_decision(1), &once("k")).await.unwrap();
    assert_eq!((first.repeated, second.repeated), (false, true));
    assert_eq!(first.entry, second.entry);
    assert_eq!(world.told().await, ["decision-made"]);
    let mut other = once("k");
    other.once.as_mut().unwrap().asked = [2; 32];
    let reused = world.service.decide(&coordinator, a_decision(1), &other).await;
    assert_eq!(word(&reused), "the idempotency key was used for something else");
}

/// A key that made a decision would have been answered with a concern that cannot be read.
#[tokio::test]
async fn a_key_that_made_something_of_another_kind_is_reused() {
    let world = World::new().await;
    let coordinator = caller(Role::Coordinator);
    world.service.decide(&coordinator, a_decision(1), &once("k")).await.unwrap();
    let reused = world.service.add_concern(&coordinator, a_concern(1), &once("k")).await;
    assert_eq!(word(&reused), "the idempotency key was used for something else");
}

#[tokio::test]
async fn a_carer_settles_nothing_and_a_decision_is_taken_back_with_a_reason() {
    let world = World::new().await;
    let refused = world.service.decide(&caller(Role::Carer), a_decision(1), &Asked::default()).await;
    assert_eq!(word(&refused), "refused RoleMayNot(Carer)");
    let patient = caller(Role::Patient);
    let made = world.service.decide(&patient, a_decision(1), &Asked::default()).await.unwrap().entry;
    let no_reason = Asked { reason: None, ..seen(1) };
    let refused = world.service.change_decision(&patient, made.id, &no_reason, withdraw).await;
    assert_eq!(word(&refused), "1 of the fields cannot stand as they are");
    let back = world.service.change_decision(&patient, made.id, &seen(1), withdraw).await.unwrap();
    assert_eq!(back.entry.status, DecisionStatus::Withdrawn);
}
