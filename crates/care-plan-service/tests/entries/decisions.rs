//! Decisions.

use access::Role;
use care_plan_service::service::Asked;
use shared_plan::decision::{Chosen, DecisionStatus, NewDecision, withdraw};
use shared_plan::ports::Kind;

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

/// Two who settled one issue, each without the other's decision on the screen, would both have been in force.
#[tokio::test]
async fn of_two_who_settle_one_issue_the_second_is_told_that_the_first_was_there() {
    let world = World::new().await;
    let (clinician, coordinator) = (caller(Role::Clinician), caller(Role::Coordinator));
    let first = world.service.decide(&clinician, a_decision(1), &Asked::default()).await.unwrap().entry;
    let mut same = a_decision(1);
    same.issue.subject = " { } ".to_owned();
    let second = world.service.decide(&coordinator, same.clone(), &Asked::default()).await;
    assert_eq!(word(&second), "it is at version 1 now");
    let seen_it = world.service.decide(&coordinator, NewDecision { chosen: Chosen::AskedTeam, ..same }, &seen(1)).await;
    let anew = seen_it.unwrap().entry;
    assert_eq!((anew.id, anew.version.0, &anew.chosen), (first.id, 2, &Chosen::AskedTeam));
    assert_eq!(world.told().await, ["decision-made"], "the next waits for the one before it");
    let elsewhere = world.service.decide(&coordinator, a_decision(2), &Asked::default()).await.unwrap().entry;
    assert_ne!(elsewhere.id, first.id, "another person's issue is another issue");
}

#[tokio::test]
async fn what_was_taken_back_is_settled_anew_without_a_version() {
    let world = World::new().await;
    let clinician = caller(Role::Clinician);
    let made = world.service.decide(&clinician, a_decision(1), &Asked::default()).await.unwrap().entry;
    world.service.change_decision(&clinician, made.id, &seen(1), withdraw).await.unwrap();
    let anew = world.service.decide(&clinician, a_decision(1), &Asked::default()).await.unwrap().entry;
    assert_eq!((anew.id, anew.version.0, anew.status), (made.id, 3, DecisionStatus::InForce));
}

#[tokio::test]
async fn a_patient_settles_but_does_not_take_back_what_a_professional_settled() {
    let world = World::new().await;
    let (clinician, patient) = (caller(Role::Clinician), caller(Role::Patient));
    let made = world.service.decide(&clinician, a_decision(1), &Asked::default()).await.unwrap().entry;
    let back = world.service.change_decision(&patient, made.id, &seen(1), withdraw).await;
    assert_eq!(word(&back), "refused RoleMayNot(Patient)");
    let over = world.service.decide(&patient, a_decision(1), &seen(1)).await;
    assert_eq!(word(&over), "refused RoleMayNot(Patient)");
    world.service.change_decision(&clinician, made.id, &seen(1), withdraw).await.unwrap();
    assert_eq!(word(&world.service.decide(&patient, a_decision(1), &Asked::default()).await), "done");
}

#[tokio::test]
async fn of_many_who_settle_one_issue_at_the_same_time_one_is_accepted_and_one_decision_is_in_force() {
    let world = World::new().await;
    let coordinator = caller(Role::Coordinator);
    for round in 1..=5_u64 {
        let asked = Asked::default();
        let all = (0..16).map(|_| world.service.decide(&coordinator, a_decision(1), &asked));
        let said: Vec<String> = futures::future::join_all(all).await.iter().map(word).collect();
        assert_eq!(said.iter().filter(|said| *said == "done").count(), 1, "{said:?}");
        assert!(said.iter().all(|said| said == "done" || said.starts_with("it is at version")), "{said:?}");
        let kept = world.decisions(&coordinator).await;
        assert_eq!((kept.len(), kept[0].status, kept[0].version.0), (1, DecisionStatus::InForce, round * 2 - 1));
        let back = world.service.change_decision(&coordinator, kept[0].id, &seen(round * 2 - 1), withdraw).await;
        assert_eq!(word(&back), "done");
    }
}

/// The decision had taken its id along to somebody else, so nobody could settle the issue any more: "it is at version 1".
#[tokio::test]
async fn a_wrong_answer_whose_a_decision_is_locked_the_issue_for_good() {
    let world = World::new().await;
    let coordinator = caller(Role::Coordinator);
    let gone = world.service.decide(&coordinator, a_decision(1), &Asked::default()).await.unwrap().entry;
    world.give_to_another(Kind::Decision, 1, 2).await;
    // Two at once still meet.
    let asked = Asked::default();
    let all = (0..8).map(|_| world.service.decide(&coordinator, a_decision(1), &asked));
    let said: Vec<String> = futures::future::join_all(all).await.iter().map(word).collect();
    assert_eq!(said.iter().filter(|said| *said == "done").count(), 1, "{said:?}");
    assert!(said.iter().all(|said| said == "done" || said == "it is at version 1 now"), "{said:?}");
    let kept = world.decisions(&coordinator).await;
    let of = |number: u8| kept.iter().find(|decision| decision.person == person(number)).unwrap();
    assert_eq!((kept.len(), of(2).id, of(2).version.0), (2, gone.id, 2), "one version more: it went");
    // From then on it is a decision like any other.
    let anew = world.service.decide(&coordinator, a_decision(1), &seen(1)).await.unwrap().entry;
    assert_eq!((anew.id, anew.version.0), (of(1).id, 2));
    let back = world.service.change_decision(&coordinator, anew.id, &seen(2), withdraw).await;
    assert_eq!(word(&back), "done");
    // The one to whom it went settles theirs once more, and a second mistake locks nothing either.
    let theirs = world.service.decide(&coordinator, a_decision(2), &seen(2)).await.unwrap().entry;
    assert_eq!((theirs.id, theirs.version.0), (gone.id, 3));
    world.give_to_another(Kind::Decision, 1, 3).await;
    let third = world.service.decide(&coordinator, a_decision(1), &Asked::default()).await.unwrap().entry;
    assert!(third.id != gone.id && third.id != anew.id);
}
