//! What becomes of an issue that somebody settled.

use std::collections::BTreeSet;

use care_plan::Decisions;
use care_plan::decisions::{
    Change, Decider, DeciderRole, Decision, Grouping, MemberName, Regrouping, Settled, SettledAs, Signature, Standing,
};
use care_plan::plan::{DetectedIssue, FactValue, IssueCode};
use fhir::{FhirDate, ResourceKey, SourceId};
use serde_json::{Value, json};

use crate::support::*;

fn signed(at: &str) -> Signature {
    let by = Decider {
        id: "Practitioner/9".to_owned(),
        name: "Cora Coordinator".to_owned(),
        role: Some(DeciderRole::Coordinator),
    };
    Signature { by, at: at.parse().expect("an instant"), reason: Some("agreed with the patient".to_owned()) }
}

fn due(id: &str, day: &str) -> Value {
    with(goal(id), json!({ "target": [{ "detailString": "less", "dueDate": day }] }))
}

/// The only issue of this rule, as decided.
fn one(resources: &[Value], code: IssueCode, decisions: &Decisions) -> DetectedIssue {
    let mut issues = decided(vec![record("a", resources)], decisions).issues;
    issues.retain(|issue| issue.code == code);
    assert_eq!(issues.len(), 1, "{issues:?}");
    issues.remove(0)
}

fn settled(resources: &[Value], code: IssueCode, outcome: SettledAs, at: &str) -> Decision {
    Decision::Settled(Settled::about(&one(resources, code, &Decisions::default()), outcome, signed(at)))
}

const NINE: &str = "2026-11-20T09:00:00Z";
const TEN: &str = "2026-11-20T10:00:00Z";

#[test]
fn what_was_settled_stays_listed_as_decided_while_the_records_say_the_same() {
    let before = [due("1", "2026-06-01")];
    let decisions = [settled(&before, IssueCode::OverdueGoal, SettledAs::KeptAsIs, NINE)].into_iter().collect();
    // Saved again, and another title: neither is evidence.
    let after =
        [with(due("1", "2026-06-01"), json!({ "meta": { "versionId": "7" }, "description": { "text": "New words" } }))];
    let issue = one(&after, IssueCode::OverdueGoal, &decisions);
    assert_eq!(issue.standing, Standing::Decided { outcome: SettledAs::KeptAsIs, signature: signed(NINE) });
    assert!(!issue.standing.is_open());
}

/// "Not relevant" of the person took a medication against an allergy off the cards, the count and the safety filter of all
/// who treat them.
#[test]
fn the_word_of_a_patient_settled_a_matter_of_safety_for_the_care_team() {
    let rxnorm = |code: &str, text: &str| json!({ "text": text, "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code, "display": text }] });
    let allergy = json!({ "resourceType": "AllergyIntolerance", "id": "x", "code": rxnorm("723", "amoxicillin") });
    let order = json!({ "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "medicationCodeableConcept": rxnorm("308182", "amoxicillin 500 MG Oral Capsule") });
    let (resources, code) = ([allergy, order], IssueCode::MedicationAgainstAllergy);
    let said = |role, outcome, at| {
        let Decision::Settled(mut settled) = settled(&resources, code, outcome, at) else { panic!("settled") };
        settled.signature.by.role = role;
        Decision::Settled(settled)
    };
    let standing = |log: Vec<Decision>| one(&resources, code, &log.into_iter().collect()).standing;
    for role in [Some(DeciderRole::Patient), Some(DeciderRole::Carer), None] {
        for outcome in [SettledAs::NotAnIssue, SettledAs::KeptAsIs, SettledAs::AskedPrescriber] {
            let standing = standing(vec![said(role, outcome.clone(), NINE)]);
            assert!(standing.is_open(), "{standing:?}");
            let Standing::Voiced { outcome: told, signature } = standing else { panic!("{standing:?}") };
            assert_eq!((told, signature.by.role), (outcome, role));
        }
    }
    let patient = || said(Some(DeciderRole::Patient), SettledAs::NotAnIssue, NINE);
    let team = said(Some(DeciderRole::Clinician), SettledAs::KeptAsIs, TEN);
    assert!(!standing(vec![patient(), team]).is_open(), "a professional settles it");
}

#[test]
fn the_person_settles_what_is_no_matter_of_safety() {
    let resources = [due("1", "2026-06-01")];
    let Decision::Settled(mut settled) = settled(&resources, IssueCode::OverdueGoal, SettledAs::NotAnIssue, NINE)
    else {
        panic!("settled")
    };
    settled.signature.by.role = Some(DeciderRole::Patient);
    let decisions = [Decision::Settled(settled)].into_iter().collect();
    assert!(!one(&resources, IssueCode::OverdueGoal, &decisions).standing.is_open());
}

#[test]
fn a_new_due_date_opens_it_again_and_says_from_what_to_what() {
    let decisions =
        [settled(&[due("1", "2026-06-01")], IssueCode::OverdueGoal, SettledAs::KeptAsIs, NINE)].into_iter().collect();
    let issue = one(&[due("1", "2026-07-01")], IssueCode::OverdueGoal, &decisions);
    let Standing::Reopened { changes, .. } = &issue.standing else { panic!("{:?}", issue.standing) };
    let day = |text: &str| vec![FactValue::Date(FhirDate::parse(text).expect("a date"))];
    let key = ResourceKey { source: SourceId::new("a"), kind: "Goal".to_owned(), id: "1".to_owned() };
    let expected =
        Change::Differs { of: Some(key), name: "due".to_owned(), was: day("2026-06-01"), now: day("2026-07-01") };
    assert_eq!(changes, &[expected]);
    assert!(issue.standing.is_open());
}

#[test]
fn a_record_that_comes_or_goes_opens_it_again_and_is_named() {
    let same = |source: &str| {
        record(
            source,
            &[with(due("1", "2026-06-01"), json!({ "identifier": [{ "system": "urn:hie", "value": "7" }] }))],
        )
    };
    let find = |records, decisions: &Decisions| {
        let issues = decided(records, decisions).issues;
        issues.into_iter().find(|issue| issue.code == IssueCode::OverdueGoal).expect("an overdue goal")
    };
    let alone = find(vec![same("a")], &Decisions::default());
    let both = find(vec![same("a"), same("b")], &Decisions::default());
    let changes = |issue: DetectedIssue| match issue.standing {
        Standing::Reopened { changes, .. } => changes,
        other => panic!("{other:?}"),
    };
    let decide = |issue: &DetectedIssue| {
        Decisions::from_iter([Decision::Settled(Settled::about(issue, SettledAs::KeptAsIs, signed(NINE)))])
    };
    assert!(matches!(&changes(find(vec![same("a"), same("b")], &decide(&alone)))[..],
        [Change::SideAdded { record, .. }] if record.key.source == SourceId::new("b")));
    assert!(matches!(&changes(find(vec![same("a")], &decide(&both)))[..],
        [Change::SideRemoved { record, .. }] if record.key.source == SourceId::new("b")));
}

#[test]
fn the_newer_of_two_decisions_counts_and_one_taken_back_settles_nothing() {
    let resources = [due("1", "2026-06-01")];
    let first = settled(&resources, IssueCode::OverdueGoal, SettledAs::KeptAsIs, NINE);
    let second = settled(&resources, IssueCode::OverdueGoal, SettledAs::AskedTeam, TEN);
    for log in [vec![first.clone(), second.clone()], vec![second.clone(), first.clone()]] {
        let issue = one(&resources, IssueCode::OverdueGoal, &log.into_iter().collect());
        assert_eq!(issue.standing, Standing::Decided { outcome: SettledAs::AskedTeam, signature: signed(TEN) });
    }
    let back = settled(&resources, IssueCode::OverdueGoal, SettledAs::TakenBack, TEN);
    assert_eq!(one(&resources, IssueCode::OverdueGoal, &[back, first].into_iter().collect()).standing, Standing::Open);
}

#[test]
fn a_decision_says_nothing_of_another_issue_on_the_same_record() {
    let resources = [due("1", "2026-06-01")];
    let decisions: Decisions =
        [settled(&resources, IssueCode::OverdueGoal, SettledAs::NotAnIssue, NINE)].into_iter().collect();
    let issues = decided(vec![record("a", &resources)], &decisions).issues;
    assert!(issues.len() > 1);
    for issue in issues {
        assert_eq!(issue.standing.is_open(), issue.code != IssueCode::OverdueGoal, "{issue:?}");
    }
}

#[test]
fn a_decision_survives_being_written_and_read() {
    let log = vec![
        settled(&[due("1", "2026-06-01")], IssueCode::OverdueGoal, SettledAs::KeptAsIs, NINE),
        regrouped(Grouping::Join { members: members(&["1", "2"]) }, TEN),
    ];
    let text = serde_json::to_string(&log).expect("JSON");
    assert_eq!(serde_json::from_str::<Vec<Decision>>(&text).expect("a log"), log);
}

fn members(ids: &[&str]) -> BTreeSet<MemberName> {
    let key = |id: &&str| ResourceKey { source: SourceId::new("a"), kind: "Goal".to_owned(), id: (*id).to_owned() };
    ids.iter().map(|id| MemberName { key: key(id), part: None }).collect()
}

fn regrouped(grouping: Grouping, at: &str) -> Decision {
    Decision::Regrouped(Regrouping { grouping, signature: signed(at) })
}

#[test]
fn joining_and_splitting_by_hand_regroup_and_the_newer_counts() {
    let goals = || vec![record("a", &[goal("1"), goal("2")])];
    let count = |log: &[Decision]| decided(goals(), &log.iter().cloned().collect()).goals.len();
    let join = |at| regrouped(Grouping::Join { members: members(&["1", "2"]) }, at);
    let split = |at| regrouped(Grouping::Split { members: members(&["2"]) }, at);
    assert_eq!((count(&[]), count(&[join(NINE)]), count(&[split(NINE)])), (2, 1, 2));
    assert_eq!((count(&[join(NINE), split(TEN)]), count(&[split(TEN), join(NINE)])), (2, 2), "split after joining");
    assert_eq!((count(&[split(NINE), join(TEN)]), count(&[join(TEN), split(NINE)])), (1, 1), "joined after splitting");
}

#[test]
fn a_split_parts_a_join_of_many_into_those_it_names_and_the_others() {
    let goals = vec![record("a", &[goal("1"), goal("2"), goal("3"), goal("4")])];
    let log = [
        regrouped(Grouping::Join { members: members(&["1", "2", "3", "4"]) }, NINE),
        regrouped(Grouping::Split { members: members(&["1", "2"]) }, TEN),
    ];
    let plan = decided(goals, &log.into_iter().collect());
    let sizes: Vec<usize> = plan.goals.iter().map(|goal| goal.item.members.len()).collect();
    assert_eq!(sizes, [2, 2]);
}

#[test]
fn an_issue_of_two_joined_goals_comes_back_when_they_are_split() {
    let resources = [due("1", "2026-06-01"), due("2", "2026-07-01")];
    let join = regrouped(Grouping::Join { members: members(&["1", "2"]) }, NINE);
    let joined = one(&resources, IssueCode::OverdueGoal, &[join.clone()].into_iter().collect());
    assert_eq!(joined.sides.len(), 2);
    let settled = Decision::Settled(Settled::about(&joined, SettledAs::KeptAsIs, signed(NINE)));
    let split = regrouped(Grouping::Split { members: members(&["2"]) }, TEN);
    let issues = decided(vec![record("a", &resources)], &[join, settled, split].into_iter().collect()).issues;
    let overdue: Vec<&DetectedIssue> = issues.iter().filter(|issue| issue.code == IssueCode::OverdueGoal).collect();
    assert_eq!(overdue.len(), 2);
    assert!(overdue.iter().all(|issue| matches!(issue.standing, Standing::Reopened { .. })), "{overdue:?}");
}
