//! Bundles, ids, references, users.

use std::collections::{BTreeMap, BTreeSet};

use fhir::{Resource, SourceId, Target};
use serde_json::Value;

use super::{Held, TODAY, at, everything, references};
use crate::people::{DANGLING, Place, UserKind, bundles, dangling, users, whereabouts};

#[test]
fn every_bundle_is_a_transaction_of_puts_to_the_resources_own_address() {
    for place in Place::ALL {
        for bundle in bundles(place.ehr_id(), TODAY) {
            assert_eq!(bundle["resourceType"], "Bundle");
            assert_eq!(bundle["type"], "transaction");
            for entry in bundle["entry"].as_array().expect("entries") {
                let (kind, id) = (&entry["resource"]["resourceType"], &entry["resource"]["id"]);
                let url = format!("{}/{}", kind.as_str().unwrap(), id.as_str().unwrap());
                assert_eq!(entry["request"]["method"], "PUT");
                assert_eq!(entry["request"]["url"], url);
            }
        }
    }
    assert!(bundles("elsewhere", TODAY).is_empty());
}

#[test]
fn every_resource_is_read_by_the_fhir_crate_and_marked_as_invented() {
    for held in everything(TODAY) {
        let text = held.body.to_string();
        let resource = Resource::parse(&SourceId::new(held.ehr), &text).expect("a resource");
        assert_eq!(resource.id(), held.id());
        assert!(held.says("/meta/tag", "invented"), "{}", held.reference());
    }
}

#[test]
fn ids_are_unique_within_an_ehr() {
    for place in Place::ALL {
        let held = at(place.ehr_id(), TODAY);
        let ids: BTreeSet<String> = held.iter().map(Held::reference).collect();
        assert_eq!(ids.len(), held.len(), "{}", place.ehr_id());
    }
}

#[test]
fn ids_are_the_same_on_every_day() {
    let ids = |day| everything(day).iter().map(Held::reference).collect::<Vec<_>>();
    assert_eq!(ids(TODAY), ids(jiff::civil::date(2028, 2, 29)));
}

#[test]
fn every_relative_reference_resolves_except_the_deliberate_ones() {
    let mut broken = BTreeSet::new();
    for place in Place::ALL {
        let held = at(place.ehr_id(), TODAY);
        let known: BTreeSet<String> = held.iter().map(Held::reference).collect();
        for resource in &held {
            let mut found = Vec::new();
            references(&resource.body, &mut found);
            let relative = found.into_iter().filter(|text| matches!(Target::parse(text), Target::Relative { .. }));
            broken.extend(relative.filter(|text| !known.contains(text)).map(|text| (place.ehr_id(), text)));
        }
    }
    assert_eq!(broken, dangling().into_iter().collect());
    assert_eq!(broken.len(), DANGLING.len());
}

#[test]
fn every_reference_is_relative_contained_or_a_whole_address() {
    for held in everything(TODAY) {
        let mut found = Vec::new();
        references(&held.body, &mut found);
        for text in found {
            assert!(!matches!(Target::parse(&text), Target::Other(_)), "{}: {text}", held.reference());
        }
    }
}

#[test]
fn at_least_four_people_are_known_at_three_places_and_the_lead_person_at_all_four() {
    let people = whereabouts();
    assert!(people.len() >= 5);
    assert!(people.iter().filter(|person| person.patients.len() >= 3).count() >= 4);
    assert_eq!(people[0].patients.len(), 4);
    assert_eq!(people[0].patient_id("elsewhere"), None);
}

#[test]
fn a_person_has_another_id_and_record_number_at_each_place_and_the_lead_person_sorts_first() {
    for place in Place::ALL {
        let held = at(place.ehr_id(), TODAY);
        let mut ids: Vec<&str> = held.iter().filter(|held| held.kind() == "Patient").map(Held::id).collect();
        let lead = ids[0];
        assert_eq!(whereabouts()[0].patient_id(place.ehr_id()), Some(lead));
        ids.sort_unstable();
        assert_eq!(ids[0], lead, "{}", place.ehr_id());
    }
    for person in whereabouts() {
        let ids: BTreeSet<&String> = person.patients.iter().map(|(_, id)| id).collect();
        assert_eq!(ids.len(), person.patients.len());
    }
}

#[test]
fn every_patient_has_record_number_name_gender_birth_date_address_and_telephone() {
    for patient in everything(TODAY).iter().filter(|held| held.kind() == "Patient") {
        assert!(patient.says("/identifier/0/type/coding", "\"MR\""));
        for path in ["/identifier/0/value", "/name/0/family", "/name/0/given/0", "/gender", "/birthDate"] {
            assert!(patient.body.pointer(path).is_some_and(Value::is_string), "{} {path}", patient.reference());
        }
        assert!(patient.body.pointer("/address/0/line/0").is_some());
        assert!(patient.body.pointer("/telecom/0/value").is_some());
    }
}

#[test]
fn every_clinical_resource_is_about_exactly_one_person() {
    for place in Place::ALL {
        let held = at(place.ehr_id(), TODAY);
        for resource in &held {
            let mut found = Vec::new();
            references(&resource.body, &mut found);
            let people: BTreeSet<&String> = found.iter().filter(|text| text.starts_with("Patient/")).collect();
            assert!(people.len() <= 1, "{}", resource.reference());
        }
    }
}

#[test]
fn each_ehr_has_two_clinicians_first_and_its_people_as_users() {
    for place in Place::ALL {
        let users = users(place.ehr_id());
        let count = |kind| users.iter().filter(|user| user.kind == kind).count();
        assert_eq!(users[0].kind, UserKind::Clinician);
        assert_eq!(count(UserKind::Clinician), 2);
        let known = whereabouts().iter().filter(|person| person.patient_id(place.ehr_id()).is_some()).count();
        assert_eq!(count(UserKind::Patient), known);
        assert_eq!(users[0].patients.len(), known);
        let ids: BTreeSet<&str> = users.iter().map(|user| user.id.as_str()).collect();
        assert_eq!(ids.len(), users.len());
    }
    assert!(users("elsewhere").is_empty());
}

#[test]
fn users_are_resources_of_their_ehr() {
    for place in Place::ALL {
        let known: BTreeSet<String> = at(place.ehr_id(), TODAY).iter().map(Held::reference).collect();
        for user in users(place.ehr_id()) {
            assert!(known.contains(&user.fhir_user), "{}", user.fhir_user);
            assert!(user.patients.iter().all(|id| known.contains(&format!("Patient/{id}"))));
        }
    }
}

#[test]
fn coordinators_open_only_those_granted_to_them() {
    for ehr in ["valley-ehr", "nephrology"] {
        let everybody = users(ehr)[0].patients.len();
        let coordinators: Vec<_> = users(ehr).into_iter().filter(|user| user.kind == UserKind::Coordinator).collect();
        assert!((1..=2).contains(&coordinators.len()));
        for coordinator in coordinators {
            assert!(!coordinator.patients.is_empty() && coordinator.patients.len() < everybody);
        }
    }
}

#[test]
fn one_practitioner_at_two_places_has_one_npi() {
    let mut places: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for held in everything(TODAY).iter().filter(|held| held.kind() == "Practitioner") {
        let npi = held.body["identifier"][0]["value"].as_str().expect("an NPI").to_owned();
        assert!(npi.starts_with('9') && npi.len() == 10);
        places.entry(npi).or_default().insert(held.ehr);
    }
    assert_eq!(places.values().filter(|places| places.len() == 2).count(), 3);
}
