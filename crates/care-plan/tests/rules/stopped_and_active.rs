//! Stopped here and active there.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{fact, issues, one, order, record, rxnorm, silent, told, two};

const CODE: IssueCode = IssueCode::StoppedAndActive;

fn lisinopril(id: &str, strength: u8, status: &str, authored: &str) -> Value {
    let name = format!("lisinopril {strength} MG Oral Tablet");
    order(id, &name, json!({ "status": status, "authoredOn": authored }))
}

#[test]
fn an_ingredient_that_one_source_stopped_and_another_has_active_is_told_whatever_its_strength() {
    let issue =
        one(CODE, two(lisinopril("m1", 10, "stopped", "2026-05-01"), lisinopril("m2", 20, "active", "2026-02-01")));
    assert_eq!(told(&issue), "moderate\na/MedicationRequest/m1: stopped\nb/MedicationRequest/m2: active");
    assert_eq!(fact(&issue, "ingredient").as_deref(), Some("lisinopril"));
}

#[test]
fn what_the_person_has_ended_speaks_against_an_older_order_of_the_same_source() {
    let ended = |end: &str| {
        json!({ "resourceType": "MedicationStatement", "id": "m1", "status": "stopped",
        "medicationCodeableConcept": rxnorm("1", "lisinopril"), "effectivePeriod": { "start": "2020", "end": end } })
    };
    one(CODE, vec![record("a", &[ended("2026-05"), lisinopril("m2", 20, "active", "2026-02-01")])]);
    silent(CODE, vec![record("a", &[ended("2021"), lisinopril("m2", 20, "active", "2026-02-01")])]);
}

#[test]
fn a_stop_that_is_older_than_the_order_is_history() {
    silent(CODE, two(lisinopril("m1", 10, "stopped", "2024-05-01"), lisinopril("m2", 20, "active", "2026-02-01")));
}

#[test]
fn a_source_that_changed_the_strength_has_it_active_and_what_ended_as_planned_was_not_stopped() {
    let changed = [lisinopril("m1", 10, "stopped", "2026-05-01"), lisinopril("m3", 20, "active", "2026-05-01")];
    silent(CODE, vec![record("a", &changed), record("b", &[lisinopril("m2", 20, "active", "2026-02-01")])]);
    for status in ["completed", "entered-in-error", "on-hold"] {
        silent(CODE, two(lisinopril("m1", 10, status, "2026-05-01"), lisinopril("m2", 20, "active", "2026-02-01")));
    }
}

#[test]
fn only_the_newest_word_of_a_source_counts() {
    let own = [lisinopril("m1", 10, "stopped", "2026-05-01"), lisinopril("m3", 20, "completed", "2026-08-01")];
    silent(CODE, vec![record("a", &own), record("b", &[lisinopril("m2", 20, "active", "2026-02-01")])]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn one_issue_an_ingredient_where_both_words_are_there(stopped in prop::collection::vec(any::<bool>(), 1..5)) {
        let at = |(at, stopped): (usize, &bool)| {
            let status = if *stopped { "stopped" } else { "active" };
            record(&format!("s{at}"), &[lisinopril(&format!("m{at}"), 10, status, "2026-02-01")])
        };
        let records: Vec<_> = stopped.iter().enumerate().map(at).collect();
        let found = issues(CODE, records.clone());
        prop_assert_eq!(found.len(), usize::from(stopped.iter().any(|one| *one != stopped[0])));
        prop_assert_eq!(issues(CODE, records.into_iter().rev().collect()), found);
    }
}
