//! The four states of an allergy list.

use care_plan::plan::AllergyState;
use care_plan::snapshot::{Reason, Record, Status};
use serde_json::{Value, json};

use crate::support::{plan, read, record};

fn state(record: Record) -> AllergyState {
    plan(vec![record]).allergies.remove(0).state
}

fn no_known(code: &str) -> Value {
    json!({ "resourceType": "AllergyIntolerance", "id": "none", "code": { "coding": [
        { "system": "http://snomed.info/sct", "code": code, "display": "No known allergy" }] } })
}

fn penicillin() -> Value {
    json!({ "resourceType": "AllergyIntolerance", "id": "pen", "code": { "text": "Penicillin" },
        "reaction": [{ "manifestation": [{ "text": "Hives" }, { "text": "Wheeze" }] }] })
}

#[test]
fn a_source_that_was_asked_and_has_none_is_not_recorded() {
    assert_eq!(state(record("a", &[])), AllergyState::NotRecorded);
}

#[test]
fn a_source_that_states_there_are_none_says_so() {
    assert_eq!(state(record("a", &[no_known("716186003")])), AllergyState::NoneKnown);
}

#[test]
fn no_known_drug_allergy_is_said_in_its_own_words_and_not_as_none_at_all() {
    let known = vec![("No known allergy".to_owned(), None)];
    assert_eq!(state(record("a", &[no_known("409137002")])), AllergyState::Known(known));
}

#[test]
fn a_known_allergy_is_listed_with_its_reactions_even_beside_a_denial() {
    let known = vec![("Penicillin".to_owned(), Some("Hives, Wheeze".to_owned()))];
    assert_eq!(state(record("a", &[no_known("716186003"), penicillin()])), AllergyState::Known(known));
}

#[test]
fn an_allergy_that_was_taken_back_is_not_listed_but_kept() {
    let mut wrong = penicillin();
    wrong["verificationStatus"] = json!({ "coding": [{ "code": "entered-in-error" }] });
    let lists = plan(vec![record("a", &[wrong])]).allergies;
    assert_eq!((&lists[0].state, lists[0].keys.len()), (&AllergyState::NotRecorded, 1));
}

#[test]
fn a_resolved_allergy_says_that_it_is() {
    let mut old = penicillin();
    old["clinicalStatus"] = json!({ "coding": [{ "code": "resolved" }] });
    let AllergyState::Known(known) = state(record("a", &[old])) else { panic!("not known") };
    assert_eq!(known[0].0, "Penicillin (resolved)");
}

#[test]
fn a_source_that_could_not_be_asked_never_looks_like_one_without_allergies() {
    let statuses = [
        Status::Pending,
        Status::Failed(Reason::TimedOut),
        Status::NotPermitted(Reason::NoScope),
        Status::NotSupported,
        Status::Partial(Reason::Truncated),
    ];
    for status in statuses {
        let mut asked = record("a", &[]);
        asked.reads = vec![read("AllergyIntolerance", status.clone())];
        assert_eq!(state(asked), AllergyState::Unavailable, "{status:?}");
    }
    let mut closed = record("a", &[]);
    closed.reads.clear();
    closed.state = Some(Status::NotConnected);
    assert_eq!(state(closed), AllergyState::Unavailable);
    let mut never_asked = record("a", &[]);
    never_asked.reads = vec![read("Goal", Status::Complete)];
    assert_eq!(state(never_asked), AllergyState::Unavailable);
}
