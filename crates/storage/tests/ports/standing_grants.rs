//! Laws of `access::StandingGrants` and `access::KeptItems`.

use access::{Consent, ConsentId, KeptItem, Launch, PersonId, Purpose, Revoked, StandingGrant, StandingKey};
use jiff::ToSpan;

use crate::Stores;
use crate::people::{
    consent, lake, launch, launch_id, link, noon, session, standing_grant, standing_key, tenant, user,
};

async fn consented(stores: &Stores) -> PersonId {
    let person = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    stores.consents.give(&tenant(), &consent(1, &person, "valley-ehr", Purpose::CareTeam)).await.unwrap();
    person
}

async fn revoke(stores: &Stores, byte: u8) {
    let revoked = Revoked { by: Some(user()), when: noon() };
    let id = ConsentId::from_random([byte; 16]);
    assert!(stores.consents.revoke(&tenant(), &id, &revoked).await.unwrap().is_some());
}

pub async fn a_standing_grant_needs_a_consent_in_force_of_that_person_and_source(stores: Stores) {
    let person = consented(&stores).await;
    let other = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 2)).await.unwrap();
    let put = async |key, consent| stores.standing_grants.put(&key, &standing_grant(consent), noon()).await.unwrap();
    assert!(!put(standing_key(&person, "valley-ehr"), 9).await, "no such consent");
    assert!(!put(standing_key(&person, "nephrology"), 1).await, "for another source");
    assert!(!put(standing_key(&other, "valley-ehr"), 1).await, "of another person");
    let labelled = consent(3, &person, "valley-ehr", Purpose::LabelledItems);
    stores.consents.give(&tenant(), &labelled).await.unwrap();
    assert!(!put(standing_key(&person, "valley-ehr"), 3).await, "for another purpose");
    assert!(put(standing_key(&person, "valley-ehr"), 1).await);
    let found = stores.standing_grants.lookup(&standing_key(&person, "valley-ehr"), noon()).await.unwrap();
    assert_eq!(found, Some(standing_grant(1)));
    assert_eq!(stores.standing_grants.sources_of(&tenant(), &person, noon()).await.unwrap(), ["valley-ehr"]);
    revoke(&stores, 1).await;
    assert!(!put(standing_key(&person, "valley-ehr"), 1).await, "revoked");
}

/// The clock of another process may be ahead.
pub async fn a_grant_for_a_consent_that_another_process_has_ended_was_an_error(stores: Stores) {
    let person = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    let given = consent(1, &person, "valley-ehr", Purpose::CareTeam);
    let until = noon() + 1.minute();
    stores.consents.give(&tenant(), &Consent { until: Some(until), ..given }).await.unwrap();
    assert_eq!(stores.consents.end_due(until).await.unwrap().len(), 1);
    let key = standing_key(&person, "valley-ehr");
    assert!(!stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap());
    let id = ConsentId::from_random([1; 16]);
    let item = KeptItem { consent: id, until, content: b"item-canary".to_vec().into() };
    assert!(!stores.kept_items.put(&key, "Patient", &item, noon()).await.unwrap());
}

pub async fn a_revoked_grant_does_not_come_back_by_a_late_refresh(stores: Stores) {
    let person = consented(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    let turn = noon() + 1.minute();
    assert!(stores.standing_grants.begin_refresh(&key, noon(), turn).await.unwrap());
    assert!(stores.standing_grants.replace(&key, turn, b"fresh").await.unwrap());
    let fresh = StandingGrant { content: b"fresh".to_vec().into(), ..standing_grant(1) };
    assert_eq!(stores.standing_grants.lookup(&key, noon()).await.unwrap(), Some(fresh));
    revoke(&stores, 1).await;
    assert!(!stores.standing_grants.replace(&key, turn, b"late").await.unwrap());
    assert!(!stores.standing_grants.forget(&key, turn).await.unwrap());
    assert_eq!(stores.standing_grants.lookup(&key, noon()).await.unwrap(), None);
}

pub async fn a_late_refresh_of_an_old_grant_took_the_place_of_a_newer_one(stores: Stores) {
    let person = consented(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    let grants = &stores.standing_grants;
    let content = async || grants.lookup(&key, noon()).await.unwrap().map(|grant| grant.content.to_vec());
    let of = |content: &[u8]| StandingGrant { content: content.to_vec().into(), ..standing_grant(1) };
    grants.put(&key, &of(b"old"), noon()).await.unwrap();
    let late = noon() + 1.minute();
    assert!(grants.begin_refresh(&key, noon(), late).await.unwrap());
    // The person has signed in there once more meanwhile.
    grants.put(&key, &of(b"new"), noon()).await.unwrap();
    assert!(!grants.replace(&key, late, b"late").await.unwrap());
    assert!(!grants.forget(&key, late).await.unwrap());
    assert_eq!(content().await.as_deref(), Some(&b"new"[..]));
    // Or the turn has ended, and somebody else has refreshed in theirs.
    let next = late + 1.minute();
    assert!(grants.begin_refresh(&key, noon(), late).await.unwrap());
    assert!(grants.begin_refresh(&key, late, next).await.unwrap());
    assert!(grants.replace(&key, next, b"newer").await.unwrap());
    assert!(!grants.replace(&key, late, b"late").await.unwrap());
    assert!(!grants.forget(&key, late).await.unwrap());
    grants.end_refresh(&key, next).await.unwrap();
    assert!(!grants.replace(&key, next, b"after its turn").await.unwrap());
    assert_eq!(content().await.as_deref(), Some(&b"newer"[..]));
}

pub async fn launches_that_read_by_a_grant_are_known(stores: Stores) {
    let person = consented(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    assert!(!stores.standing_grants.lend(&key, &launch_id(1), noon()).await.unwrap(), "no grant yet");
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    for _ in 0..2 {
        assert!(stores.standing_grants.lend(&key, &launch_id(1), noon()).await.unwrap());
    }
    assert_eq!(
        stores.standing_grants.lent_to(&tenant(), &launch_id(1), noon()).await.unwrap(),
        std::slice::from_ref(&key)
    );
    stores.sessions.end(session(1).hash).await.unwrap();
    assert_eq!(stores.standing_grants.lent_to(&tenant(), &launch_id(1), noon()).await.unwrap(), []);
    assert!(stores.standing_grants.lookup(&key, noon()).await.unwrap().is_some(), "it outlives the launch");
}

/// A person who shares, and a launch that reads by it.
async fn lent(stores: &Stores) -> StandingKey {
    let key = standing_key(&consented(stores).await, "valley-ehr");
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    assert!(stores.standing_grants.lend(&key, &launch_id(1), noon()).await.unwrap());
    key
}

pub async fn what_is_lent_at_one_tenant_is_to_another_as_what_is_not_there(stores: Stores) {
    let key = lent(&stores).await;
    assert_eq!(stores.standing_grants.lent_to(&lake(), &launch_id(1), noon()).await.unwrap(), []);
    let elsewhere = Launch { tenant: lake(), ..launch(2, 1) };
    stores.launches.put(elsewhere).await.unwrap();
    // A launch of another tenant, and one that nobody has.
    for launch in [2, 9] {
        let refused = stores.standing_grants.lend(&key, &launch_id(launch), noon()).await.unwrap_err();
        let why = std::error::Error::source(&refused).map(ToString::to_string);
        assert_eq!(why.as_deref(), Some("a grant lent to a launch that is not there"));
    }
    let theirs = StandingKey { tenant: lake(), ..key.clone() };
    assert!(!stores.standing_grants.lend(&theirs, &launch_id(2), noon()).await.unwrap());
    assert_eq!(stores.standing_grants.lent_to(&tenant(), &launch_id(1), noon()).await.unwrap(), [key]);
}

pub async fn a_use_ends_with_its_launch_however_that_ends(stores: Stores) {
    let key = lent(&stores).await;
    let lend = async || {
        stores.launches.put(launch(1, 1)).await.unwrap();
        assert!(stores.standing_grants.lend(&key, &launch_id(1), noon()).await.unwrap());
    };
    let lent_to = async || stores.standing_grants.lent_to(&tenant(), &launch_id(1), noon()).await.unwrap();
    assert!(stores.launches.end(&launch_id(1), session(1).hash).await.unwrap());
    assert_eq!(lent_to().await, []);
    lend().await;
    stores.launches.end_launches_of_other_users(session(1).hash, None).await.unwrap();
    assert_eq!(lent_to().await, []);
    lend().await;
    stores.sessions.end(session(1).hash).await.unwrap();
    assert_eq!(lent_to().await, []);
    stores.sessions.put(session(1)).await.unwrap();
    lend().await;
    assert_eq!(lent_to().await, std::slice::from_ref(&key));
    assert_eq!(stores.database.purge(noon() + 24.hours()).await.unwrap().sessions, 1);
    let revoked = Revoked { by: None, when: noon() };
    let erasure = stores.consents.revoke(&tenant(), &ConsentId::from_random([1; 16]), &revoked).await.unwrap();
    assert_eq!(erasure.unwrap().launches, [], "no launch is left to be told");
}

/// Whatever took the grant away, a launch that read by it reads by the next one only when that is lent to it.
pub async fn a_new_grant_brings_no_former_use_back(stores: Stores) {
    let key = lent(&stores).await;
    let (person, until) = (key.person.clone(), noon() + 1.hour());
    let lent_to = async || stores.standing_grants.lent_to(&tenant(), &launch_id(1), noon()).await.unwrap();
    let again = async |byte: u8, until| {
        let given = consent(byte, &person, "valley-ehr", Purpose::CareTeam);
        stores.consents.give(&tenant(), &Consent { until, ..given }).await.unwrap();
        assert!(stores.standing_grants.put(&key, &standing_grant(byte), noon()).await.unwrap());
        assert_eq!(lent_to().await, []);
        assert!(stores.standing_grants.lend(&key, &launch_id(1), noon()).await.unwrap());
        assert_eq!(lent_to().await, std::slice::from_ref(&key));
    };
    // Its source has ended it.
    assert!(stores.standing_grants.begin_refresh(&key, noon(), until).await.unwrap());
    assert!(stores.standing_grants.forget(&key, until).await.unwrap());
    assert_eq!(lent_to().await, []);
    again(2, None).await;
    revoke(&stores, 2).await;
    again(3, Some(until)).await;
    assert_eq!(stores.consents.end_due(until).await.unwrap().len(), 1);
    again(4, Some(until)).await;
    // Its day has come, and nobody has ended it before the next one is given.
    let given = consent(5, &person, "valley-ehr", Purpose::CareTeam);
    stores.consents.give(&tenant(), &Consent { given: until, ..given }).await.unwrap();
    assert_eq!(lent_to().await, []);
    assert!(stores.standing_grants.put(&key, &standing_grant(5), until).await.unwrap());
    assert_eq!(stores.standing_grants.lent_to(&tenant(), &launch_id(1), until).await.unwrap(), []);
}

pub async fn of_two_who_would_refresh_one_has_the_turn(stores: Stores) {
    let person = consented(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    let begin = async |now| stores.standing_grants.begin_refresh(&key, now, now + 1.minute()).await.unwrap();
    assert!(!begin(noon()).await, "no grant");
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    assert!(begin(noon()).await);
    assert!(!begin(noon() + 59.seconds()).await);
    assert!(begin(noon() + 1.minute()).await);
    stores.standing_grants.end_refresh(&key, noon() + 1.minute()).await.unwrap();
    assert!(!begin(noon() + 61.seconds()).await, "the turn of somebody else stays theirs");
    stores.standing_grants.end_refresh(&key, noon() + 2.minutes()).await.unwrap();
    assert!(begin(noon() + 61.seconds()).await);
}

pub async fn kept_items_end_with_their_time_and_their_consent(stores: Stores) {
    let person = consented(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    let item = |content: &[u8]| KeptItem {
        consent: ConsentId::from_random([1; 16]),
        until: noon() + 1.hour(),
        content: content.to_vec().into(),
    };
    let lookup = async |name: &str, now| stores.kept_items.lookup(&key, name, now).await.unwrap();
    for content in [b"one", b"two"] {
        assert!(stores.kept_items.put(&key, "a", &item(content), noon()).await.unwrap());
    }
    assert_eq!(lookup("a", noon()).await, Some(item(b"two")));
    assert_eq!(lookup("b", noon()).await, None);
    assert_eq!(lookup("a", noon() + 1.hour()).await, None);
    assert_eq!(stores.database.purge(noon() + 1.hour()).await.unwrap().kept_items, 1);
    stores.kept_items.put(&key, "a", &item(b"one"), noon()).await.unwrap();
    revoke(&stores, 1).await;
    assert_eq!(lookup("a", noon()).await, None);
    assert!(!stores.kept_items.put(&key, "a", &item(b"one"), noon()).await.unwrap());
}
