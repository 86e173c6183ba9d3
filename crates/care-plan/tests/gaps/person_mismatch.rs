//! Sources that describe different people.

use care_plan::plan::IssueCode::PersonMismatch;
use care_plan::plan::{DetectedIssue, Settlement, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

fn patient(family: &str, birth: &str, gender: &str) -> Value {
    json!({ "resourceType": "Patient", "id": "p", "name": [{ "family": family }], "birthDate": birth, "gender": gender })
}

fn mismatch(one: Value, other: Value) -> Vec<DetectedIssue> {
    found_in(vec![record("a", &[one]), record("b", &[other])], PersonMismatch)
}

#[test]
fn p9_two_birth_dates_are_the_gravest_issue_with_both_side_by_side() {
    let issues = mismatch(patient("Noelle", "1954-03-02", "female"), patient("Noelle", "1954-02-03", "female"));
    assert_eq!(issues.len(), 1);
    assert_eq!((issues[0].severity, issues[0].element.as_str()), (Severity::High, "Patient.birthDate"));
    assert_eq!(facts(&issues[0], "birthDate"), ["1954-03-02", "1954-02-03"]);
    assert!(matches!(&issues[0].settle[0], Settlement::JoinOrSplit { of } if of.len() == 2), "never joined by itself");
}

#[test]
fn p9_family_name_and_gender_are_compared_each_on_its_own() {
    let issues = mismatch(patient("Noelle", "1954-03-02", "female"), patient("Carter", "1954-03-02", "male"));
    let elements: Vec<&str> = issues.iter().map(|issue| issue.element.as_str()).collect();
    assert_eq!(
        elements,
        ["Patient.gender", "Patient.name.family"].map(str::to_owned).iter().map(String::as_str).collect::<Vec<_>>()
    );
}

#[test]
fn what_only_one_record_says_or_says_less_exactly_is_no_difference() {
    let base = || patient("Müller", "1954-03-02", "female");
    for other in [
        patient("MUELLER", "1954", "unknown"),
        patient("Muller", "1954-03", "female"),
        json!({ "resourceType": "Patient", "id": "p" }),
        json!({ "resourceType": "Patient", "id": "p", "name": [{ "family": "Carter" }, { "use": "maiden", "family": "Müller" }] }),
        with(
            patient("Carter", "1999-01-01", "male"),
            json!({ "link": [{ "type": "replaced-by", "other": to("Patient/q") }] }),
        ),
    ] {
        assert!(mismatch(base(), other.clone()).is_empty(), "{other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn records_that_say_the_same_never_differ_and_order_changes_nothing(
        one in 0..3_u8, other in 0..3_u8, day in 1..28_u8, another in 1..28_u8,
    ) {
        let said = |which: u8, day: u8| patient(["Noelle", "Carter", "noelle-carter"][usize::from(which)], &format!("1954-03-{day:02}"), "female");
        prop_assert!(mismatch(said(one, day), said(one, day)).is_empty());
        let there: Vec<String> = mismatch(said(one, day), said(other, another)).into_iter().map(|issue| issue.element).collect();
        let back: Vec<String> = mismatch(said(other, another), said(one, day)).into_iter().map(|issue| issue.element).collect();
        prop_assert_eq!(&there, &back);
        prop_assert_eq!(there.contains(&"Patient.birthDate".to_owned()), day != another);
    }
}
