//! A source that is missing, partial or old.

use care_plan::plan::IssueCode::MissingSource;
use care_plan::plan::{Settlement, Severity};
use care_plan::snapshot::{Reason, Record, Status};
use fhir::SourceId;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::*;

#[test]
fn no_medications_from_a_source_that_failed_is_not_no_medications() {
    let failed = but(record("b", &[]), "MedicationRequest", Status::Failed(Reason::TimedOut));
    let issues = found_in(vec![record("a", &[]), failed], MissingSource);
    assert_eq!((issues.len(), issues[0].severity, issues[0].title.as_str()), (1, Severity::High, "B"));
    assert_eq!(
        (facts(&issues[0], "failed"), facts(&issues[0], "reason")),
        (vec!["MedicationRequest".to_owned()], vec!["no answer in time".to_owned()])
    );
    assert_eq!(issues[0].source, Some(SourceId::new("b")));
    assert_eq!(issues[0].settle[0], Settlement::ReadAgain { source: SourceId::new("b") });
}

#[test]
fn one_source_is_one_issue_with_each_type_and_how_it_is_hidden() {
    let mut hidden = but(record("a", &[]), "Goal", Status::NotPermitted(Reason::NoScope));
    hidden = but(hidden, "Condition", Status::Partial(Reason::TooManyPages));
    hidden = but(hidden, "CarePlan", Status::NotSupported);
    let issues = found_in(vec![hidden], MissingSource);
    assert_eq!((issues.len(), issues[0].severity), (1, Severity::Moderate));
    let told = ["notPermitted", "partial", "notSupported"].map(|name| facts(&issues[0], name));
    assert_eq!(told, [["Goal"], ["Condition"], ["CarePlan"]]);
}

#[test]
fn a_source_that_answered_or_that_nobody_asked_stays_silent() {
    let rare = but(record("a", &[]), "NutritionOrder", Status::NotSupported);
    let stranger = Record { state: Some(Status::NotConnected), reads: Vec::new(), ..record("b", &[]) };
    let waiting = but(record("c", &[]), "Goal", Status::Pending);
    assert!(found_in(vec![rare, stranger, waiting], MissingSource).is_empty());
}

#[test]
fn a_source_whose_sign_in_has_ended_hides_everything() {
    let ended = Record { state: Some(Status::Failed(Reason::SignInExpired)), reads: Vec::new(), ..record("a", &[]) };
    let issues = found_in(vec![ended], MissingSource);
    assert_eq!((issues[0].severity, facts(&issues[0], "failed")), (Severity::High, vec!["everything".to_owned()]));
}

#[test]
fn a_source_read_last_week_is_old_and_one_read_yesterday_is_not() {
    let read_at = |at: &str| Record { as_of: Some(at.parse().expect("an instant")), ..record("a", &[]) };
    let issues = found_in(vec![read_at("2026-11-14T08:00:00Z")], MissingSource);
    assert_eq!(issues.iter().map(|issue| facts(issue, "asOf")).collect::<Vec<_>>(), [["2026-11-14"]]);
    assert!(found_in(vec![read_at("2026-11-20T00:00:00Z")], MissingSource).is_empty());
}

#[test]
fn two_sources_of_one_name_are_two_issues() {
    let failed = |id: &str| {
        let mut record = but(record(id, &[]), "Goal", Status::Failed(Reason::Unreachable));
        record.source.name = "Clinic".to_owned();
        record
    };
    let issues = found_in(vec![failed("a"), failed("b")], MissingSource);
    assert_eq!(issues.len(), 2);
    assert_ne!(issues[0].id, issues[1].id);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn exactly_the_types_that_failed_are_told_whatever_the_order(
        which in prop::collection::btree_set(select(ASKED.to_vec()), 0..6), busy in 1..600_u64,
    ) {
        let mut hidden = record("a", &[]);
        for kind in &which {
            hidden = but(hidden, kind, Status::Failed(Reason::Busy(busy)));
        }
        hidden.reads.reverse();
        let issues = found_in(vec![hidden], MissingSource);
        let told: Vec<String> = issues.iter().flat_map(|issue| facts(issue, "failed")).collect();
        prop_assert_eq!(told, which.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>());
        let reasons: Vec<String> = issues.iter().flat_map(|issue| facts(issue, "reason")).collect();
        prop_assert!(reasons.iter().all(|reason| !reason.contains(char::is_numeric)), "{:?} would open it again each time", reasons);
    }
}
