//! Laws of `access::Persons`.

use access::person::{EndedLink, Ending, Hung, Joining, Linking, MatchGrade, WhyEnded};
use access::{Link, PersonId, Proof, Purpose, TenantId};
use jiff::{SignedDuration, ToSpan};

use crate::Stores;
use crate::people::{
    at_source, consent, launch, launch_id, link, noon, session, standing_grant, standing_key, tenant, user,
};

fn wrong() -> Ending {
    let why = WhyEnded::Wrong { reason: "reason-canary".to_owned() };
    Ending { who: Some(user()), when: noon() + 1.hour(), why }
}

fn confirmed() -> Joining {
    Joining { question: "q1".to_owned(), who: user(), when: noon() + 1.hour() }
}

/// A person with a consent, a standing grant and a launch that reads by it.
async fn shared(stores: &Stores, source: &str) -> PersonId {
    let person = stores.persons.find_or_create(&tenant(), &link(source, 1)).await.unwrap();
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(7, 1)).await.unwrap();
    stores.consents.give(&tenant(), &consent(1, &person, source, Purpose::CareTeam)).await.unwrap();
    let key = standing_key(&person, source);
    assert!(stores.standing_grants.put(&key, &standing_grant(1), noon()).await.unwrap());
    assert!(stores.standing_grants.lend(&key, &launch_id(7), noon()).await.unwrap());
    person
}

pub async fn a_patient_is_found_as_the_person_it_was_linked_to(stores: Stores) {
    let persons = &stores.persons;
    assert_eq!(persons.lookup(&tenant(), &at_source("valley-ehr", 1)).await.unwrap(), None);
    let person = persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    assert_eq!(persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap(), person);
    assert_eq!(persons.link(&tenant(), &person, &link("nephrology", 2)).await.unwrap(), Linking::Linked);
    assert_eq!(persons.link(&tenant(), &person, &link("nephrology", 2)).await.unwrap(), Linking::AlreadyTheirs);
    assert_eq!(persons.lookup(&tenant(), &at_source("nephrology", 2)).await.unwrap(), Some(person.clone()));
    // The same id at another source is somebody else.
    assert_eq!(persons.lookup(&tenant(), &at_source("nephrology", 1)).await.unwrap(), None);
    let mut links = persons.links(&tenant(), &person).await.unwrap();
    links.sort_by(|a, b| a.at.cmp(&b.at));
    assert_eq!(links, [link("nephrology", 2), link("valley-ehr", 1)]);
}

pub async fn of_many_who_ask_at_once_all_get_one_person(stores: Stores) {
    let mut askers = tokio::task::JoinSet::new();
    for asker in 0..8 {
        let persons = if asker % 2 == 0 { &stores.persons } else { &stores.persons_elsewhere };
        let persons = persons.clone();
        askers.spawn(async move { persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap() });
    }
    let mut found = askers.join_all().await;
    found.dedup();
    assert_eq!(found.len(), 1);
}

pub async fn a_patient_of_another_persons_is_never_taken(stores: Stores) {
    let persons = &stores.persons;
    let one = persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    let other = persons.find_or_create(&tenant(), &link("nephrology", 2)).await.unwrap();
    assert_ne!(one, other);
    let tried = persons.link(&tenant(), &one, &link("nephrology", 2)).await.unwrap();
    assert_eq!(tried, Linking::AnotherPersons(other.clone()));
    assert_eq!(persons.lookup(&tenant(), &at_source("nephrology", 2)).await.unwrap(), Some(other));
}

pub async fn a_confirmation_takes_the_place_of_a_grant_and_history_keeps_both(stores: Stores) {
    let persons = &stores.persons;
    let person = persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    persons.link(&tenant(), &person, &link("nephrology", 2)).await.unwrap();
    let by = |question: &str| Link {
        how: Proof::Confirmed { question: question.to_owned() },
        when: noon() + 1.hour(),
        ..link("nephrology", 2)
    };
    for confirmed in [by("q1"), by("q2"), link("nephrology", 2)] {
        let linking = persons.link(&tenant(), &person, &confirmed).await.unwrap();
        assert_eq!(linking, Linking::AlreadyTheirs);
        // The first confirmation stays, and nothing less takes its place.
        assert_eq!(persons.links(&tenant(), &person).await.unwrap(), [link("valley-ehr", 1), by("q1")]);
    }
    let history = persons.history(&tenant(), &person).await.unwrap();
    let ended: Vec<_> = history.into_iter().filter_map(|held| Some((held.link, held.ended?.why))).collect();
    assert_eq!(ended, [(link("nephrology", 2), WhyEnded::Confirmed { question: "q1".to_owned() })]);
    // Taken apart, it is known whose launch had read by the grant.
    let at = at_source("nephrology", 2);
    let home = at_source("valley-ehr", 1);
    let split = persons.split(&tenant(), &person, &at, &home, &wrong()).await.unwrap().unwrap();
    assert!(matches!(&split.hung[..], [Hung::Launch { source, .. }] if source == "nephrology"), "{:?}", split.hung);
    assert_eq!(persons.lookup(&tenant(), &at).await.unwrap(), Some(split.own));
}

pub async fn what_is_not_proven_is_not_linked(stores: Stores) {
    let person = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    let by = |how| Link { how, ..link("nephrology", 2) };
    for grade in [MatchGrade::Probable, MatchGrade::Possible] {
        let tried = stores.persons.link(&tenant(), &person, &by(Proof::Match { score: None, grade })).await.unwrap();
        assert_eq!(tried, Linking::NotProven);
    }
    let certain = by(Proof::Match { score: None, grade: MatchGrade::Certain });
    assert_eq!(stores.persons.link(&tenant(), &person, &certain).await.unwrap(), Linking::Linked);
    let nobody = PersonId::from_random([5; 16]);
    assert_eq!(stores.persons.link(&tenant(), &nobody, &certain).await.unwrap(), Linking::NoSuchPerson);
}

pub async fn two_tenants_never_share_a_person(stores: Stores) {
    let elsewhere = TenantId::new("elsewhere");
    let one = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    assert_eq!(stores.persons.lookup(&elsewhere, &at_source("valley-ehr", 1)).await.unwrap(), None);
    assert_ne!(stores.persons.find_or_create(&elsewhere, &link("valley-ehr", 1)).await.unwrap(), one);
    assert_eq!(stores.persons.links(&elsewhere, &one).await.unwrap(), []);
    assert_eq!(stores.persons.link(&elsewhere, &one, &link("b", 2)).await.unwrap(), Linking::NoSuchPerson);
}

pub async fn joining_needs_a_question_and_ends_what_hung_on_the_other(stores: Stores) {
    let other = shared(&stores, "nephrology").await;
    let person = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 2)).await.unwrap();
    let joined = stores.persons.join(&tenant(), &person, &other, &confirmed()).await.unwrap().unwrap();
    assert_eq!(joined.came, [at_source("nephrology", 1)]);
    assert_eq!(joined.hung.len(), 3);
    assert_eq!(stores.persons.lookup(&tenant(), &at_source("nephrology", 1)).await.unwrap(), Some(person.clone()));
    let links = stores.persons.links(&tenant(), &person).await.unwrap();
    assert_eq!(links[1].how, Proof::Confirmed { question: "q1".to_owned() });
    let history = stores.persons.history(&tenant(), &other).await.unwrap();
    assert_eq!(history[0].ended.as_ref().unwrap().why, WhyEnded::Joined { into: person.clone() });
    let key = standing_key(&other, "nephrology");
    assert_eq!(stores.standing_grants.lookup(&key, noon()).await.unwrap(), None);
    // Neither again, nor with oneself, nor onto one that is no more.
    for (one, two) in [(&person, &other), (&person, &person), (&other, &person)] {
        assert_eq!(stores.persons.join(&tenant(), one, two, &confirmed()).await.unwrap(), None);
    }
    assert_eq!(stores.persons.link(&tenant(), &other, &link("b", 3)).await.unwrap(), Linking::NoSuchPerson);
}

pub async fn who_was_joined_is_whoever_has_their_patients_now(stores: Stores) {
    let persons = &stores.persons;
    let person = persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    let middle = persons.find_or_create(&tenant(), &link("nephrology", 2)).await.unwrap();
    let last = persons.find_or_create(&tenant(), &link("cardiology", 3)).await.unwrap();
    assert_eq!(persons.standing(&tenant(), &last).await.unwrap(), Some(last.clone()));
    persons.join(&tenant(), &middle, &last, &confirmed()).await.unwrap().unwrap();
    persons.join(&tenant(), &person, &middle, &confirmed()).await.unwrap().unwrap();
    for one in [&person, &middle, &last] {
        assert_eq!(persons.standing(&tenant(), one).await.unwrap(), Some(person.clone()));
    }
    let mut both = vec![middle.clone(), last.clone()];
    both.sort();
    assert_eq!(persons.joined_into_it(&tenant(), &person).await.unwrap(), both);
    assert_eq!(persons.joined_into_it(&tenant(), &middle).await.unwrap(), []);
    assert_eq!(persons.joined(&tenant()).await.unwrap(), both);

    // The last one is taken out again: that is who they are, and who was in the middle is known to be nobody alone.
    let (at, home) = (at_source("cardiology", 3), at_source("valley-ehr", 1));
    let split = persons.split(&tenant(), &person, &at, &home, &wrong()).await.unwrap().unwrap();
    assert_eq!(persons.standing(&tenant(), &last).await.unwrap(), Some(split.own.clone()));
    assert_eq!(persons.standing(&tenant(), &middle).await.unwrap(), None);
    assert_eq!(persons.joined_into_it(&tenant(), &split.own).await.unwrap(), [last]);
    assert_eq!(persons.joined_into_it(&tenant(), &person).await.unwrap(), []);
    let nobody = PersonId::from_random([9; 16]);
    assert_eq!(persons.standing(&tenant(), &nobody).await.unwrap(), None);
}

pub async fn splitting_undoes_what_hung_on_the_link_and_keeps_history(stores: Stores) {
    let person = shared(&stores, "valley-ehr").await;
    stores.persons.link(&tenant(), &person, &link("nephrology", 2)).await.unwrap();
    stores.consents.give(&tenant(), &consent(2, &person, "nephrology", Purpose::CareTeam)).await.unwrap();

    let at = at_source("valley-ehr", 1);
    let home = at_source("nephrology", 2);
    let split = stores.persons.split(&tenant(), &person, &at, &home, &wrong()).await.unwrap().unwrap();
    assert_eq!(stores.persons.lookup(&tenant(), &at).await.unwrap(), Some(split.own.clone()));
    let source = "valley-ehr".to_owned();
    let hung = [
        Hung::Launch { launch: launch_id(7), source: source.clone() },
        Hung::StandingGrant { source: source.clone(), content: b"standing-canary".to_vec().into() },
        Hung::Consent(consent(1, &person, "valley-ehr", Purpose::CareTeam).id),
        Hung::Launch { launch: launch_id(1), source },
    ];
    assert_eq!(split.hung, hung);
    assert_eq!(stores.standing_grants.lookup(&standing_key(&person, "valley-ehr"), noon()).await.unwrap(), None);
    // What hung on the other source stays; nothing hangs on the one who was split off.
    let other = stores.consents.in_force(&tenant(), &person, "nephrology", Purpose::CareTeam, noon()).await.unwrap();
    assert!(other.is_some());
    assert_eq!(stores.consents.of_person(&tenant(), &split.own).await.unwrap(), []);

    assert_eq!(stores.persons.links(&tenant(), &person).await.unwrap(), [link("nephrology", 2)]);
    let history = stores.persons.history(&tenant(), &person).await.unwrap();
    assert_eq!(history.iter().filter_map(|held| held.ended.clone()).collect::<Vec<_>>(), [wrong()]);
    assert_eq!(stores.persons.split(&tenant(), &person, &at, &home, &wrong()).await.unwrap(), None);
}

pub async fn a_link_that_ended_is_told_to_whoever_looks_since_then_in_its_own_tenant(stores: Stores) {
    let persons = &stores.persons;
    let person = persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    persons.link(&tenant(), &person, &link("nephrology", 2)).await.unwrap();
    assert_eq!(persons.ended_since(&tenant(), noon()).await.unwrap(), [], "what stands has not ended");
    let (home, out) = (at_source("valley-ehr", 1), at_source("nephrology", 2));
    persons.split(&tenant(), &person, &out, &home, &wrong()).await.unwrap().unwrap();

    let when = wrong().when;
    let ended = [EndedLink { person, at: out, when }];
    assert_eq!(stores.persons_elsewhere.ended_since(&tenant(), when).await.unwrap(), ended);
    assert_eq!(persons.ended_since(&tenant(), noon()).await.unwrap(), ended);
    assert_eq!(persons.ended_since(&tenant(), when + 1.second()).await.unwrap(), []);
    assert_eq!(persons.ended_since(&TenantId::new("elsewhere"), noon()).await.unwrap(), []);
}

pub async fn any_links_and_splits_leave_each_patient_with_one_person(stores: Stores) {
    let persons = &stores.persons;
    let mut seed: u32 = 7;
    let mut next = |most: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % most
    };
    let patients: Vec<_> = (0..6).map(|mark| link(["a", "b"][mark % 2], u8::try_from(mark).unwrap())).collect();
    let mut known = Vec::new();
    for _ in 0..120 {
        let patient = &patients[next(6) as usize];
        match next(4) {
            0 => known.push(persons.find_or_create(&tenant(), patient).await.unwrap()),
            _ if known.is_empty() => {}
            1 => {
                let person = known[next(known.len() as u32) as usize].clone();
                persons.link(&tenant(), &person, patient).await.unwrap();
            }
            2 => {
                let person = known[next(known.len() as u32) as usize].clone();
                let home = &patients[next(6) as usize].at;
                let split = persons.split(&tenant(), &person, &patient.at, home, &wrong()).await.unwrap();
                known.extend(split.map(|split| split.own));
            }
            _ => {
                let one = known[next(known.len() as u32) as usize].clone();
                let two = known[next(known.len() as u32) as usize].clone();
                persons.join(&tenant(), &one, &two, &confirmed()).await.unwrap();
            }
        }
    }
    known.sort();
    known.dedup();
    for patient in &patients {
        let mut holders = Vec::new();
        for person in &known {
            let links = persons.links(&tenant(), person).await.unwrap();
            holders.extend(links.iter().filter(|link| link.at == patient.at).map(|_| person.clone()));
        }
        let whose = persons.lookup(&tenant(), &patient.at).await.unwrap();
        assert_eq!(holders, whose.into_iter().collect::<Vec<_>>());
    }
}

pub async fn purging_removes_what_ended_long_ago(stores: Stores) {
    let person = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    let other = stores.persons.find_or_create(&tenant(), &link("nephrology", 2)).await.unwrap();
    stores.persons.join(&tenant(), &person, &other, &confirmed()).await.unwrap().unwrap();
    let years = |years: i64| noon() + SignedDuration::from_hours(24 * 366 * years);
    assert_eq!(stores.database.purge(years(5)).await.unwrap().persons, 0);
    assert_eq!(stores.database.purge(years(7)).await.unwrap().persons, 2, "the ended link and its person");
    assert!(stores.persons.lookup(&tenant(), &at_source("valley-ehr", 1)).await.unwrap().is_some());
}
