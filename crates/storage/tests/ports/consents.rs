//! Laws of `access::Consents`.

use access::{Consent, KeptItem, PersonId, Purpose, Revoked};
use jiff::ToSpan;

use crate::Stores;
use crate::people::{consent, launch, launch_id, link, noon, session, standing_grant, standing_key, tenant, user};

async fn person(stores: &Stores) -> PersonId {
    stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap()
}

fn revoked() -> Revoked {
    Revoked { by: Some(user()), when: noon() + 1.hour() }
}

fn item(consent: &Consent) -> KeptItem {
    KeptItem { consent: consent.id.clone(), until: noon() + 24.hours(), content: b"item-canary".to_vec().into() }
}

pub async fn a_consent_is_for_one_source_and_one_purpose(stores: Stores) {
    let person = person(&stores).await;
    let given = consent(1, &person, "valley-ehr", Purpose::CareTeam);
    stores.consents.give(&tenant(), &given).await.unwrap();
    assert_eq!(stores.consents.lookup(&tenant(), &given.id).await.unwrap(), Some(given.clone()));
    let in_force = async |source: &str, purpose| {
        stores.consents.in_force(&tenant(), &person, source, purpose, noon()).await.unwrap()
    };
    assert_eq!(in_force("valley-ehr", Purpose::CareTeam).await, Some(given));
    assert_eq!(in_force("nephrology", Purpose::CareTeam).await, None);
    assert_eq!(in_force("valley-ehr", Purpose::OfflineReading).await, None);
    let elsewhere = access::TenantId::new("elsewhere");
    assert_eq!(stores.consents.of_person(&elsewhere, &person).await.unwrap(), []);
}

pub async fn revoking_erases_what_came_from_there_in_one_step(stores: Stores) {
    let person = person(&stores).await;
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(7, 1)).await.unwrap();
    stores.persons.link(&tenant(), &person, &link("nephrology", 1)).await.unwrap();
    let keys = ["valley-ehr", "nephrology"].map(|source| standing_key(&person, source));
    let given = [1, 2].map(|byte| consent(byte, &person, &keys[usize::from(byte) - 1].source, Purpose::CareTeam));
    for (given, key) in given.iter().zip(&keys) {
        stores.consents.give(&tenant(), given).await.unwrap();
        let grant = access::StandingGrant { consent: given.id.clone(), ..standing_grant(1) };
        assert!(stores.standing_grants.put(key, &grant, noon()).await.unwrap());
        assert!(stores.standing_grants.lend(key, &launch_id(7), noon()).await.unwrap());
        assert!(stores.kept_items.put(key, "Patient", &item(given), noon()).await.unwrap());
    }
    let erasure = stores.consents.revoke(&tenant(), &given[0].id, &revoked()).await.unwrap().unwrap();
    assert_eq!((&erasure.person, &*erasure.source), (&person, "valley-ehr"));
    assert_eq!(erasure.grant.unwrap().as_slice(), b"standing-canary");
    assert_eq!((erasure.launches, erasure.items), (vec![launch_id(7)], 1));

    assert_eq!(stores.standing_grants.lookup(&keys[0], noon()).await.unwrap(), None);
    assert_eq!(stores.kept_items.lookup(&keys[0], "Patient", noon()).await.unwrap(), None);
    assert_eq!(stores.standing_grants.lent_to(&tenant(), &launch_id(7), noon()).await.unwrap(), [keys[1].clone()]);
    assert!(stores.kept_items.lookup(&keys[1], "Patient", noon()).await.unwrap().is_some());

    let ended = stores.consents.lookup(&tenant(), &given[0].id).await.unwrap().unwrap();
    assert_eq!(ended.revoked, Some(revoked()));
    assert_eq!(stores.consents.revoke(&tenant(), &given[0].id, &revoked()).await.unwrap(), None);
}

pub async fn revoking_the_carrying_of_labelled_items_leaves_the_grant(stores: Stores) {
    let person = person(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    for (byte, purpose) in [(1, Purpose::CareTeam), (2, Purpose::LabelledItems)] {
        stores.consents.give(&tenant(), &consent(byte, &person, "valley-ehr", purpose)).await.unwrap();
    }
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    let labelled = consent(2, &person, "valley-ehr", Purpose::LabelledItems);
    let erasure = stores.consents.revoke(&tenant(), &labelled.id, &revoked()).await.unwrap().unwrap();
    assert_eq!(erasure.grant, None);
    assert!(stores.standing_grants.lookup(&key, noon()).await.unwrap().is_some());
}

pub async fn a_new_consent_takes_over_what_rests_on_the_former(stores: Stores) {
    let person = person(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    stores.consents.give(&tenant(), &consent(1, &person, "valley-ehr", Purpose::CareTeam)).await.unwrap();
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    let new = Consent { given: noon() + 1.hour(), ..consent(2, &person, "valley-ehr", Purpose::CareTeam) };
    stores.consents.give(&tenant(), &new).await.unwrap();
    let found = stores.standing_grants.lookup(&key, noon() + 1.hour()).await.unwrap().unwrap();
    assert_eq!(found.consent, new.id);
    let all = stores.consents.of_person(&tenant(), &person).await.unwrap();
    assert_eq!(all.iter().map(|consent| consent.revoked.is_some()).collect::<Vec<_>>(), [true, false]);
}

pub async fn a_consent_ends_by_its_date(stores: Stores) {
    let person = person(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    let until = noon() + 1.hour();
    let given = Consent { until: Some(until), ..consent(1, &person, "valley-ehr", Purpose::CareTeam) };
    stores.consents.give(&tenant(), &given).await.unwrap();
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    let in_force = async |now| {
        let (source, purpose) = ("valley-ehr", Purpose::CareTeam);
        stores.consents.in_force(&tenant(), &person, source, purpose, now).await.unwrap().is_some()
    };
    assert!(in_force(until - 1.second()).await);
    assert!(!in_force(until).await);
    assert_eq!(stores.standing_grants.lookup(&key, until).await.unwrap(), None, "also before the purge");
    assert_eq!(stores.standing_grants.sources_of(&tenant(), &person, until).await.unwrap(), Vec::<String>::new());
    // Nor by a new consent before the purge.
    let purged = Consent { given: until, ..consent(2, &person, "valley-ehr", Purpose::CareTeam) };
    stores.consents.give(&tenant(), &purged).await.unwrap();
    assert_eq!(stores.standing_grants.lookup(&key, until).await.unwrap(), None);
    let ends = Consent { until: Some(until), ..consent(3, &person, "valley-ehr", Purpose::OfflineReading) };
    stores.consents.give(&tenant(), &ends).await.unwrap();
    let grant = access::StandingGrant { consent: ends.id.clone(), ..standing_grant(3) };
    stores.standing_grants.put(&key, &grant, noon()).await.unwrap();
    assert_eq!(stores.database.purge(until).await.unwrap().consents, 1);
    assert!(!stores.standing_grants.replace(&key, until, b"late").await.unwrap(), "purged with its consent");
    assert_eq!(stores.consents.lookup(&tenant(), &given.id).await.unwrap(), Some(given));
}

pub async fn of_two_who_revoke_at_once_one_erases(stores: Stores) {
    let person = person(&stores).await;
    let given = consent(1, &person, "valley-ehr", Purpose::CareTeam);
    stores.consents.give(&tenant(), &given).await.unwrap();
    let mut askers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (consents, id) = (stores.consents.clone(), given.id.clone());
        askers.spawn(async move { consents.revoke(&tenant(), &id, &revoked()).await.unwrap() });
    }
    assert_eq!(askers.join_all().await.into_iter().flatten().count(), 1);
}

pub async fn all_who_share_are_listed_and_nobody_else(stores: Stores) {
    let (here, elsewhere) = (tenant(), access::TenantId::new("elsewhere"));
    let one = person(&stores).await;
    let two = stores.persons.find_or_create(&here, &link("valley-ehr", 2)).await.unwrap();
    for source in ["nephrology", "university"] {
        stores.persons.link(&here, &two, &link(source, 2)).await.unwrap();
    }
    let foreign = stores.persons.find_or_create(&elsewhere, &link("valley-ehr", 1)).await.unwrap();
    let shares = consent(1, &one, "valley-ehr", Purpose::CareTeam);
    let also = Consent { given: noon() + 1.minute(), ..consent(2, &two, "nephrology", Purpose::CareTeam) };
    let ends = Consent { until: Some(noon() + 1.hour()), ..consent(3, &two, "university", Purpose::CareTeam) };
    let other = consent(4, &one, "valley-ehr", Purpose::LabelledItems);
    for given in [&shares, &also, &ends, &other] {
        stores.consents.give(&here, given).await.unwrap();
    }
    stores.consents.give(&elsewhere, &consent(5, &foreign, "valley-ehr", Purpose::CareTeam)).await.unwrap();
    let listed = async |now| {
        let found = stores.consents.all_in_force(&here, Purpose::CareTeam, now).await.unwrap();
        found.into_iter().map(|consent| consent.id).collect::<Vec<_>>()
    };
    let ids = |all: &[&Consent]| all.iter().map(|consent| consent.id.clone()).collect::<Vec<_>>();
    assert_eq!(listed(noon() + 2.minutes()).await, ids(&[&shares, &ends, &also]));
    assert_eq!(listed(noon() + 1.hour()).await, ids(&[&shares, &also]), "one has ended by its date");
    stores.consents.revoke(&here, &shares.id, &revoked()).await.unwrap();
    assert_eq!(listed(noon() + 1.hour()).await, ids(&[&also]));
}

/// A person whose grant at one source carries both purposes, lent to a launch, with an item of each purpose.
async fn of_both_purposes(stores: &Stores) -> (PersonId, access::StandingKey) {
    let person = person(stores).await;
    let key = standing_key(&person, "valley-ehr");
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(7, 1)).await.unwrap();
    for (byte, purpose) in [(1, Purpose::CareTeam), (2, Purpose::OfflineReading)] {
        let given = consent(byte, &person, "valley-ehr", purpose);
        stores.consents.give(&tenant(), &given).await.unwrap();
        assert!(stores.kept_items.put(&key, purpose.code(), &item(&given), noon()).await.unwrap());
    }
    assert!(stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap());
    assert!(stores.standing_grants.lend(&key, &launch_id(7), noon()).await.unwrap());
    (person, key)
}

async fn revoke(stores: &Stores, byte: u8) -> access::Erasure {
    let id = access::ConsentId::from_random([byte; 16]);
    stores.consents.revoke(&tenant(), &id, &revoked()).await.unwrap().unwrap()
}

pub async fn the_care_team_loses_sight_although_another_purpose_keeps_the_grant(stores: Stores) {
    let (_, key) = of_both_purposes(&stores).await;
    let erasure = revoke(&stores, 1).await;
    assert_eq!((erasure.grant, erasure.launches, erasure.items), (None, vec![launch_id(7)], 1));
    let found = stores.standing_grants.lookup(&key, noon()).await.unwrap().unwrap();
    assert_eq!(found.consent, access::ConsentId::from_random([2; 16]), "it rests on the other purpose now");
    assert_eq!(stores.standing_grants.lent_to(&tenant(), &launch_id(7), noon()).await.unwrap(), []);
    assert!(!stores.standing_grants.lend(&key, &launch_id(7), noon()).await.unwrap());
    assert_eq!(stores.kept_items.lookup(&key, Purpose::CareTeam.code(), noon()).await.unwrap(), None);
    assert!(stores.kept_items.lookup(&key, Purpose::OfflineReading.code(), noon()).await.unwrap().is_some());
    assert!(revoke(&stores, 2).await.grant.is_some(), "the last purpose takes the grant");
}

pub async fn the_care_team_goes_on_reading_when_another_purpose_ends(stores: Stores) {
    let (_, key) = of_both_purposes(&stores).await;
    let erasure = revoke(&stores, 2).await;
    assert_eq!((erasure.grant, erasure.launches, erasure.items), (None, Vec::new(), 1));
    assert_eq!(
        stores.standing_grants.lent_to(&tenant(), &launch_id(7), noon()).await.unwrap(),
        std::slice::from_ref(&key)
    );
    assert!(stores.kept_items.lookup(&key, Purpose::CareTeam.code(), noon()).await.unwrap().is_some());
    let erasure = revoke(&stores, 1).await;
    assert_eq!((erasure.grant.is_some(), erasure.launches), (true, vec![launch_id(7)]));
}

pub async fn revoking_the_carrying_of_labelled_items_keeps_what_the_care_team_has(stores: Stores) {
    let person = person(&stores).await;
    let key = standing_key(&person, "valley-ehr");
    for (byte, purpose) in [(1, Purpose::CareTeam), (2, Purpose::LabelledItems)] {
        stores.consents.give(&tenant(), &consent(byte, &person, "valley-ehr", purpose)).await.unwrap();
    }
    let care_team = consent(1, &person, "valley-ehr", Purpose::CareTeam);
    assert!(stores.kept_items.put(&key, "summary", &item(&care_team), noon()).await.unwrap());
    assert_eq!(revoke(&stores, 2).await.items, 0);
    assert!(stores.kept_items.lookup(&key, "summary", noon()).await.unwrap().is_some());
}

pub async fn what_ends_by_its_date_is_handed_over_once_as_what_is_revoked(stores: Stores) {
    let person = person(&stores).await;
    let (key, until) = (standing_key(&person, "valley-ehr"), noon() + 1.hour());
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(7, 1)).await.unwrap();
    let given = Consent { until: Some(until), ..consent(1, &person, "valley-ehr", Purpose::CareTeam) };
    stores.consents.give(&tenant(), &given).await.unwrap();
    stores.consents.give(&tenant(), &consent(2, &person, "valley-ehr", Purpose::LabelledItems)).await.unwrap();
    stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap();
    stores.standing_grants.lend(&key, &launch_id(7), noon()).await.unwrap();
    stores.kept_items.put(&key, "summary", &item(&given), noon()).await.unwrap();
    let before = stores.consents.end_due(until - 1.second()).await.unwrap();
    assert_eq!(before, []);
    let ended = stores.consents.end_due(until).await.unwrap();
    assert_eq!(ended.len(), 1);
    assert!(ended[0].grant.is_some(), "to be revoked at its source");
    assert_eq!((&*ended[0].launches, ended[0].items), (&[launch_id(7)][..], 1));
    assert_eq!(stores.consents.end_due(until).await.unwrap(), []);
    assert_eq!(stores.consents.lookup(&tenant(), &given.id).await.unwrap(), Some(given), "it was not revoked");
    assert!(!stores.standing_grants.replace(&key, until, b"late").await.unwrap());
}
