//! Laws of persons, consents and standing grants, where two processes are at it at once.

use std::sync::Arc;

use access::person::{Ending, Joining, Linking, WhyEnded};
use access::{Consent, KeptItem, Link, PersonId, Persons, Purpose, Revoked, StandingGrant};
use jiff::ToSpan;
use tokio::task::JoinSet;

use crate::Stores;
use crate::people::{
    at_source, consent, launch, launch_id, link, noon, session, standing_grant, standing_key, tenant, user,
};

/// How often two are tried against each other.
const ROUNDS: u8 = 12;

fn joining() -> Joining {
    Joining { question: "q1".to_owned(), who: user(), when: noon() + 1.hour() }
}

fn wrong() -> Ending {
    Ending { who: Some(user()), when: noon() + 1.hour(), why: WhyEnded::Wrong { reason: "wrong".to_owned() } }
}

fn revoked() -> Revoked {
    Revoked { by: Some(user()), when: noon() }
}

async fn person(stores: &Stores, mark: u8) -> PersonId {
    stores.persons.find_or_create(&tenant(), &link("valley-ehr", mark)).await.unwrap()
}

/// A person who shares with the care team, and the consent.
async fn sharing(stores: &Stores, mark: u8) -> (PersonId, Consent) {
    let person = person(stores, mark).await;
    let given = consent(mark, &person, "valley-ehr", Purpose::CareTeam);
    stores.consents.give(&tenant(), &given).await.unwrap();
    (person, given)
}

/// What went with a consent that was taken back by another process.
async fn revoke(stores: &Stores, given: &Consent) -> access::Erasure {
    stores.consents_elsewhere.revoke(&tenant(), &given.id, &revoked()).await.unwrap().unwrap()
}

pub async fn of_many_who_link_one_patient_one_has_it(stores: Stores) {
    for round in 0..ROUNDS {
        let patient = link("nephrology", round);
        let mut askers = JoinSet::new();
        for asker in 0..4 {
            let person = person(&stores, round * 4 + asker).await;
            let (persons, patient) = (either(&stores, asker), patient.clone());
            askers.spawn(async move { persons.link(&tenant(), &person, &patient).await.unwrap() });
        }
        let answers = askers.join_all().await;
        let whose = stores.persons.lookup(&tenant(), &patient.at).await.unwrap().unwrap();
        assert_eq!(answers.iter().filter(|answer| **answer == Linking::Linked).count(), 1, "{answers:?}");
        let told = |answer: &Linking| matches!(answer, Linking::AnotherPersons(other) if *other == whose);
        assert_eq!(answers.iter().filter(|answer| told(answer)).count(), 3, "{answers:?}");
    }
}

pub async fn two_who_join_each_other_crosswise_become_one(stores: Stores) {
    for round in 0..ROUNDS {
        let (one, other) = (person(&stores, 2 * round).await, person(&stores, 2 * round + 1).await);
        let (tenant, joining) = (tenant(), joining());
        let (here, there) = tokio::join!(
            stores.persons.join(&tenant, &one, &other, &joining),
            stores.persons_elsewhere.join(&tenant, &other, &one, &joining),
        );
        let (here, there) = (here.unwrap(), there.unwrap());
        assert!(here.is_some() != there.is_some(), "round {round}: {here:?} {there:?}");
        let stays = if here.is_some() { &one } else { &other };
        assert_eq!(stores.persons.links(&tenant, stays).await.unwrap().len(), 2);
    }
}

pub async fn who_is_linked_to_somebody_who_is_being_joined_goes_along_or_is_refused(stores: Stores) {
    for round in 0..ROUNDS {
        let (stays, goes) = (person(&stores, 2 * round).await, person(&stores, 2 * round + 1).await);
        let (tenant, joining, patient) = (tenant(), joining(), link("nephrology", round));
        let (joined, linked) = tokio::join!(
            stores.persons.join(&tenant, &stays, &goes, &joining),
            stores.persons_elsewhere.link(&tenant, &goes, &patient),
        );
        let whose = stores.persons.lookup(&tenant, &patient.at).await.unwrap();
        match linked.unwrap() {
            Linking::Linked => assert_eq!(whose, Some(stays)),
            Linking::NoSuchPerson => assert_eq!(whose, None),
            other => panic!("{other:?}"),
        }
        assert!(joined.unwrap().is_some());
        assert_eq!(stores.persons.links(&tenant, &goes).await.unwrap(), []);
    }
}

pub async fn any_joins_and_splits_at_once_leave_each_patient_with_one_person(stores: Stores) {
    let patients: Vec<Link> = (0..6).map(|mark| link("valley-ehr", mark)).collect();
    let mut workers = JoinSet::new();
    for worker in 0..4_u32 {
        let (persons, patients) = (either(&stores, worker as u8), patients.clone());
        workers.spawn(async move {
            let mut seed = worker + 7;
            let mut next = move |most: usize| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 16) as usize % most
            };
            for _ in 0..40 {
                let patient = &patients[next(6)];
                let one = persons.find_or_create(&tenant(), patient).await.unwrap();
                if next(2) == 0 {
                    let home = &patients[next(6)].at;
                    persons.split(&tenant(), &one, &patient.at, home, &wrong()).await.unwrap();
                } else {
                    let other = persons.find_or_create(&tenant(), &patients[next(6)]).await.unwrap();
                    persons.join(&tenant(), &one, &other, &joining()).await.unwrap();
                }
            }
        });
    }
    workers.join_all().await;
    for patient in &patients {
        let whose = stores.persons.lookup(&tenant(), &patient.at).await.unwrap().unwrap();
        assert_eq!(stores.persons.standing(&tenant(), &whose).await.unwrap(), Some(whose.clone()), "not joined");
        let links = stores.persons.links(&tenant(), &whose).await.unwrap();
        assert_eq!(links.iter().filter(|link| link.at == patient.at).count(), 1);
    }
}

pub async fn of_two_consents_for_one_purpose_at_once_one_is_in_force(stores: Stores) {
    for round in 0..ROUNDS {
        let person = person(&stores, round).await;
        let given = [2 * round, 2 * round + 1].map(|byte| consent(byte, &person, "valley-ehr", Purpose::CareTeam));
        let tenant = tenant();
        let (here, there) =
            tokio::join!(stores.consents.give(&tenant, &given[0]), stores.consents_elsewhere.give(&tenant, &given[1]),);
        here.and(there).unwrap();
        let all = stores.consents.of_person(&tenant, &person).await.unwrap();
        assert_eq!(all.iter().filter(|consent| consent.is_in_force(noon())).count(), 1, "{all:?}");
        assert_eq!(all.len(), 2);
    }
}

pub async fn a_grant_that_comes_while_its_consent_is_taken_back_is_handed_over_or_refused(stores: Stores) {
    for round in 0..ROUNDS {
        let (person, given) = sharing(&stores, round).await;
        let (key, grant) = (standing_key(&person, "valley-ehr"), standing_grant(round));
        let (put, erasure) = tokio::join!(stores.standing_grants.put(&key, &grant, noon()), revoke(&stores, &given));
        assert_eq!(erasure.grant.is_some(), put.unwrap(), "round {round}");
        assert_eq!(stores.standing_grants.lookup(&key, noon()).await.unwrap(), None);
    }
}

pub async fn a_grant_that_is_refreshed_while_its_consent_is_taken_back_is_handed_over_as_it_is(stores: Stores) {
    for round in 0..ROUNDS {
        let (person, given) = sharing(&stores, round).await;
        let key = standing_key(&person, "valley-ehr");
        assert!(stores.standing_grants.put(&key, &standing_grant(round), noon()).await.unwrap());
        let turn = noon() + 1.minute();
        assert!(stores.standing_grants.begin_refresh(&key, noon(), turn).await.unwrap());
        let (replaced, erasure) =
            tokio::join!(stores.standing_grants.replace(&key, turn, b"fresh"), revoke(&stores, &given));
        let expected: &[u8] = if replaced.unwrap() { b"fresh" } else { b"standing-canary" };
        assert_eq!(erasure.grant.as_deref().map(Vec::as_slice), Some(expected), "round {round}");
        assert_eq!(stores.standing_grants.lookup(&key, noon()).await.unwrap(), None);
    }
}

pub async fn what_is_lent_or_kept_while_sharing_ends_is_told_or_refused(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    for round in 0..ROUNDS {
        let (person, given) = sharing(&stores, round).await;
        let key = standing_key(&person, "valley-ehr");
        stores.launches.put(launch(round, 1)).await.unwrap();
        assert!(stores.standing_grants.put(&key, &standing_grant(round), noon()).await.unwrap());
        let item =
            KeptItem { consent: given.id.clone(), until: noon() + 1.hour(), content: b"item-canary".to_vec().into() };
        let launch = launch_id(round);
        let (lent, kept, erasure) = tokio::join!(
            stores.standing_grants.lend(&key, &launch, noon()),
            stores.kept_items.put(&key, "Patient", &item, noon()),
            revoke(&stores, &given),
        );
        assert_eq!(erasure.launches, if lent.unwrap() { vec![launch.clone()] } else { vec![] }, "round {round}");
        assert_eq!(erasure.items, u64::from(kept.unwrap()), "round {round}");
        assert_eq!(stores.standing_grants.lent_to(&tenant(), &launch, noon()).await.unwrap(), []);
        assert_eq!(stores.kept_items.lookup(&key, "Patient", noon()).await.unwrap(), None);
    }
}

pub async fn whose_record_is_split_off_while_they_agree_to_share_it_shares_nothing_unseen(stores: Stores) {
    for round in 0..ROUNDS {
        let (person, given) = sharing(&stores, round).await;
        let (tenant, at, wrong) = (tenant(), at_source("valley-ehr", round), wrong());
        let home = link("nephrology", round);
        stores.persons.link(&tenant, &person, &home).await.unwrap();
        let key = standing_key(&person, "valley-ehr");
        let grant = StandingGrant { consent: given.id.clone(), ..standing_grant(round) };
        let (put, split) = tokio::join!(
            stores.standing_grants.put(&key, &grant, noon()),
            stores.persons_elsewhere.split(&tenant, &person, &at, &home.at, &wrong),
        );
        let hung = split.unwrap().unwrap().hung;
        let handed_over = hung.iter().any(|hung| matches!(hung, access::person::Hung::StandingGrant { .. }));
        assert_eq!(handed_over, put.unwrap(), "round {round}");
        assert_eq!(stores.standing_grants.lookup(&key, noon()).await.unwrap(), None);
    }
}

/// The one process or the other.
fn either(stores: &Stores, number: u8) -> Arc<dyn Persons> {
    if number.is_multiple_of(2) { stores.persons.clone() } else { stores.persons_elsewhere.clone() }
}
