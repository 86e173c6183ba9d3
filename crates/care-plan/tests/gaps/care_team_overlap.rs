//! Two primary care providers at once.

use care_plan::plan::IssueCode::CareTeamOverlap;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

fn doctor(id: &str, name: &str) -> Value {
    json!({ "resourceType": "Practitioner", "id": id, "name": [{ "text": name }] })
}

fn team(id: &str, role: &str, member: &str) -> Value {
    json!({ "resourceType": "CareTeam", "id": id, "status": "active", "participant": [{
        "role": [{ "coding": [{ "system": "http://snomed.info/sct", "code": role }] }], "member": to(member) }] })
}

const PRIMARY: &str = "446050000";

#[test]
fn two_primary_care_providers_are_found_with_both_names() {
    let here = record("a", &[doctor("1", "Dr. Ada Wong"), team("t", PRIMARY, "Practitioner/1")]);
    let there = record("b", &[doctor("1", "Ben Stone, MD"), team("t", "453231000124104", "Practitioner/1")]);
    let issues = found_in(vec![here, there], CareTeamOverlap);
    assert_eq!(
        issues.iter().map(|issue| facts(issue, "member")).collect::<Vec<_>>(),
        [["Dr. Ada Wong", "Ben Stone, MD"]]
    );
}

#[test]
fn a_general_practitioner_of_the_patient_counts_and_an_organisation_does_not() {
    let practice = json!({ "resourceType": "Organization", "id": "o", "name": "Valley Practice" });
    let patient = |of: &str| json!({ "resourceType": "Patient", "id": "p", "generalPractitioner": [to(of)] });
    let rest = [doctor("1", "Ada Wong"), doctor("2", "Ben Stone"), practice, team("t", PRIMARY, "Practitioner/1")];
    let with_patient = |of: &str| [rest.to_vec(), vec![patient(of)]].concat();
    assert_eq!(found(&with_patient("Practitioner/2"), CareTeamOverlap).len(), 1);
    assert!(found(&with_patient("Organization/o"), CareTeamOverlap).is_empty());
    assert!(found(&with_patient("Practitioner/1"), CareTeamOverlap).is_empty());
}

#[test]
fn one_person_in_two_records_and_a_specialist_beside_stay_silent() {
    let here = record("a", &[doctor("1", "Dr. Ada Wong"), team("t", PRIMARY, "Practitioner/1")]);
    let same = record("b", &[doctor("9", "WONG, Ada L., MD"), team("t", PRIMARY, "Practitioner/9")]);
    assert!(found_in(vec![here.clone(), same], CareTeamOverlap).is_empty());
    let specialist = record("b", &[doctor("1", "Ben Stone"), team("t", "11911009", "Practitioner/1")]);
    assert!(found_in(vec![here.clone(), specialist], CareTeamOverlap).is_empty());
    let former = with(team("t", PRIMARY, "Practitioner/1"), json!({ "status": "inactive" }));
    assert!(found_in(vec![here, record("b", &[doctor("1", "Ben Stone"), former])], CareTeamOverlap).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn titles_and_order_of_a_name_make_no_second_person(
        title in "(Dr\\. |Prof\\. |)", end in "(, MD|, DO| PhD|)", turned in any::<bool>(),
    ) {
        let name = if turned { format!("Wong, {title}Ada{end}") } else { format!("{title}Ada Wong{end}") };
        let here = record("a", &[doctor("1", "Ada Wong"), team("t", PRIMARY, "Practitioner/1")]);
        let there = record("b", &[doctor("1", &name), team("t", PRIMARY, "Practitioner/1")]);
        prop_assert!(found_in(vec![here, there], CareTeamOverlap).is_empty());
    }
}
