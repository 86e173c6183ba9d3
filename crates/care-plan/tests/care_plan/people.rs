//! The person and the care team.

use care_plan::plan::Deceased;
use fhir::FhirDate;
use serde_json::json;

use crate::support::{plan, plan_of, record};

#[test]
fn each_source_describes_the_person_in_its_own_way() {
    let one = json!({ "resourceType": "Patient", "id": "1", "birthDate": "1957-11", "gender": "female",
        "name": [{ "use": "maiden", "family": "Old" }, { "use": "official", "family": "Roe", "given": ["Pat", "A"] }],
        "identifier": [{ "value": "ssn" }, { "type": { "coding": [{ "code": "MR" }] }, "value": "4711" }] });
    let other = json!({ "resourceType": "Patient", "id": "2", "name": [{ "text": "PAT ROE" }], "deceasedDateTime": "2026-01-02",
        "identifier": [{ "value": "x1" }] });
    let people = plan(vec![record("b", &[other]), record("a", &[one])]).people;
    assert_eq!((people[0].family.as_deref(), people[0].record_number.as_deref()), (Some("Roe"), Some("4711")));
    assert_eq!(
        (people[0].given.join(" ").as_str(), people[0].birth_date.as_ref()),
        ("Pat A", Some(&FhirDate::Month(1957, 11)))
    );
    assert_eq!((people[1].name_text.as_deref(), people[1].record_number.as_deref()), (Some("PAT ROE"), Some("x1")));
    assert_eq!(people[1].deceased, FhirDate::parse("2026-01-02").map(Deceased::On));
}

#[test]
fn members_of_a_team_have_names_roles_and_a_way_to_reach_them() {
    let plan = plan_of(&[
        json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "name": "Kidney team", "participant": [
            { "role": [{ "text": "Nephrologist" }], "member": { "reference": "PractitionerRole/r" } },
            { "role": [{ "text": "Daughter" }], "member": { "display": "Ann" }, "period": { "end": "2025-12" } },
            { "role": [{ "text": "Dietitian" }] }] }),
        json!({ "resourceType": "PractitionerRole", "id": "r", "practitioner": { "reference": "Practitioner/d" },
            "telecom": [{ "system": "email", "value": "d@example.org" }, { "system": "phone", "value": "555" }] }),
        json!({ "resourceType": "Practitioner", "id": "d", "name": [{ "prefix": ["Dr."], "given": ["Deb"], "family": "Lee" }] }),
    ]);
    let told: Vec<_> =
        plan.team.iter().map(|member| (member.name.as_str(), member.roles[0].as_str(), member.former)).collect();
    assert_eq!(
        told,
        [("Dr. Deb Lee", "Nephrologist", false), ("Ann", "Daughter", true), ("Unnamed member", "Dietitian", false)]
    );
    assert_eq!(plan.team[0].contact.as_deref(), Some("555"));
    assert_eq!(plan.aside.len(), 2);
}

#[test]
fn roles_that_name_each_other_end_the_walk() {
    let role = |id: &str, other: &str| json!({ "resourceType": "PractitionerRole", "id": id, "practitioner": { "reference": other } });
    let plan = plan_of(&[
        json!({ "resourceType": "CareTeam", "id": "t", "participant": [{ "member": { "reference": "PractitionerRole/1" } }] }),
        role("1", "PractitionerRole/2"),
        role("2", "PractitionerRole/1"),
    ]);
    assert_eq!(plan.team[0].name, "Unnamed member");
}

#[test]
fn a_team_without_participants_is_not_lost() {
    let plan = plan_of(&[json!({ "resourceType": "CareTeam", "id": "t", "status": "active" })]);
    assert_eq!((plan.team.len(), plan.aside.len()), (0, 1));
}

#[test]
fn p12_a_patient_that_was_merged_into_another_says_so() {
    let patient = |id: &str, kind: &str| {
        json!({ "resourceType": "Patient", "id": id,
        "link": [{ "other": { "reference": "Patient/9" }, "type": kind }] })
    };
    let people =
        plan(vec![record("a", &[patient("1", "replaced-by")]), record("b", &[patient("2", "seealso")])]).people;
    assert_eq!(people.iter().map(|person| person.replaced).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_clinician_with_a_role_in_each_of_two_teams_is_one_person() {
    let role = |id: &str| json!({ "resourceType": "PractitionerRole", "id": id, "practitioner": { "reference": "Practitioner/d" } });
    let team = |id: &str, role: &str| {
        json!({ "resourceType": "CareTeam", "id": id, "status": "active",
            "participant": [{ "member": { "reference": format!("PractitionerRole/{role}") } }] })
    };
    let doctor = json!({ "resourceType": "Practitioner", "id": "d", "name": [{ "text": "Dr. Lee" }] });
    let plan = plan_of(&[team("1", "heart"), team("2", "kidney"), role("heart"), role("kidney"), doctor]);
    assert_eq!((plan.team.len(), plan.team[0].who == plan.team[1].who), (2, true));
}

#[test]
fn a_member_is_in_the_team_until_the_end_of_the_last_day() {
    let former = |end: &str| {
        let participant = json!([{ "member": { "display": "Ann" }, "period": { "end": end } }]);
        plan_of(&[json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "participant": participant })])
            .team[0]
            .former
    };
    let days = ["2026-11-20", "2026-11-21", "2026-11", "2026-11-22"];
    assert_eq!(days.map(former), [true, false, false, false], "today is 2026-11-21");
}

/// Whoever took somebody over from a team had nothing but the team to point at.
#[test]
fn a_member_of_a_team_had_no_resource_and_no_organisation_of_their_own() {
    let plan = plan_of(&[
        json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "participant": [
            { "member": { "reference": "PractitionerRole/r" } },
            { "member": { "reference": "Practitioner/e" },
              "onBehalfOf": { "reference": "Organization/o", "display": "Kidney Centre" } },
            { "member": { "reference": "PractitionerRole/never-read" } },
            { "member": { "display": "Ann" }, "onBehalfOf": { "display": "Her family" } },
            { "role": [{ "text": "Dietitian" }] }] }),
        json!({ "resourceType": "PractitionerRole", "id": "r", "practitioner": { "reference": "Practitioner/d" },
            "organization": { "reference": "Organization/o" } }),
        json!({ "resourceType": "Practitioner", "id": "e", "name": [{ "text": "Dr. Ode" }] }),
        json!({ "resourceType": "Organization", "id": "o", "name": "The Kidney Centre" }),
    ]);
    let told: Vec<_> = (plan.team.iter())
        .map(|member| {
            let resource = member.resource.as_ref().map(|key| format!("{}/{}", key.kind, key.id));
            let behalf = member.on_behalf_of.as_ref();
            let key = behalf.and_then(|one| one.key.as_ref()).map(|key| format!("{}/{}", key.kind, key.id));
            (resource, key, behalf.and_then(|one| one.name.clone()))
        })
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        told,
        [
            (text("Practitioner/d"), text("Organization/o"), text("The Kidney Centre")),
            (text("Practitioner/e"), text("Organization/o"), text("Kidney Centre")),
            (text("PractitionerRole/never-read"), None, None),
            (None, None, text("Her family")),
            (None, None, None),
        ]
    );
}
