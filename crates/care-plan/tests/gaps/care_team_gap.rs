//! A plan that nobody is responsible for.

use care_plan::plan::IssueCode::CareTeamGap;
use care_plan::snapshot::{Reason, Status};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::*;

fn team(participants: &[Value]) -> Value {
    json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "participant": participants })
}

fn nurse() -> Value {
    json!({ "resourceType": "Practitioner", "id": "n", "name": [{ "text": "Nora Nurse" }] })
}

#[test]
fn a_plan_without_anybody_is_found_and_no_plan_is_nobodys() {
    assert_eq!(found(&[goal("1")], CareTeamGap).len(), 1);
    assert!(found(&[condition("1")], CareTeamGap).is_empty());
}

#[test]
fn patient_and_carer_alone_are_not_responsible() {
    let carer = json!({ "role": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "133932002" }] }],
        "member": { "reference": "RelatedPerson/r", "display": "Cara" } });
    let issues = found(
        &[goal("1"), team(&[carer, json!({ "member": { "reference": "Patient/p", "display": "Pat" } })])],
        CareTeamGap,
    );
    assert_eq!(issues.iter().map(|issue| facts(issue, "member")).collect::<Vec<_>>(), [["Cara", "Pat"]]);
}

#[test]
fn whoever_may_be_responsible_fills_the_gap() {
    for member in [to("Practitioner/n"), to("Organization/o"), json!({ "display": "Dr. Only Words" })] {
        let team = team(&[json!({ "member": member })]);
        assert!(found(&[goal("1"), nurse(), team], CareTeamGap).is_empty(), "{member}");
    }
    let patient = json!({ "resourceType": "Patient", "id": "p", "generalPractitioner": [to("Practitioner/n")] });
    assert!(found(&[goal("1"), patient], CareTeamGap).is_empty());
}

#[test]
fn whoever_has_left_is_named_with_the_day() {
    let former = json!({ "member": to("Practitioner/n"), "period": { "end": "2026-05-31" } });
    let issues = found(&[goal("1"), nurse(), team(&[former])], CareTeamGap);
    assert_eq!(
        (facts(&issues[0], "former"), facts(&issues[0], "until")),
        (vec!["Nora Nurse".to_owned()], vec!["2026-05-31".to_owned()])
    );
}

proptest! {
    #[test]
    fn where_teams_could_not_be_read_nobody_is_missed(
        status in select(vec![Status::Failed(Reason::TimedOut), Status::NotPermitted(Reason::NoScope), Status::Partial(Reason::TooLarge), Status::Pending]),
    ) {
        let other = but(record("b", &[]), "CareTeam", status);
        prop_assert!(found_in(vec![record("a", &[goal("1")]), other], CareTeamGap).is_empty());
    }
}
