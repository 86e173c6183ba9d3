//! Where two places disagree.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Held, TODAY, about, everything};

fn of<'a>(held: &'a [Held], ehr: &str, kind: &str, text: &str) -> Vec<&'a Held> {
    held.iter().filter(|one| one.ehr == ehr && one.kind() == kind && one.body.to_string().contains(text)).collect()
}

fn one<'a>(held: &'a [Held], ehr: &str, kind: &str, text: &str) -> &'a Held {
    let found = of(held, ehr, kind, text);
    assert_eq!(found.len(), 1, "{kind} with {text} at {ehr}");
    found[0]
}

#[test]
fn two_places_want_another_hba1c_by_another_day() {
    let marisol = about("Vega-Thornton");
    let valley = one(&marisol, "valley-ehr", "Goal", "4548-4");
    let kidney = one(&marisol, "nephrology", "Goal", "4548-4");
    assert_eq!(valley.body.pointer("/target/0/detailQuantity/value").unwrap().to_string(), "7.0");
    assert_eq!(valley.body.pointer("/target/0/detailQuantity/comparator").unwrap(), "<");
    assert_eq!(kidney.body.pointer("/target/0/detailRange/high/value").unwrap().to_string(), "8.0");
    assert_ne!(valley.body.pointer("/target/0/dueDate"), kidney.body.pointer("/target/0/dueDate"));
}

#[test]
fn the_kidney_disease_is_stage_3b_here_and_4_there() {
    let marisol = about("Vega-Thornton");
    assert!(one(&marisol, "valley-ehr", "Condition", "N18.32").says("/clinicalStatus", "active"));
    assert!(one(&marisol, "nephrology", "Condition", "431857002").says("/clinicalStatus", "active"));
}

#[test]
fn diabetes_began_in_another_year_at_another_place() {
    let loan = about("Nguyễn");
    let onset = |ehr| one(&loan, ehr, "Condition", "44054006").body["onsetDateTime"].as_str().unwrap()[..4].to_owned();
    assert_ne!(onset("valley-ehr"), onset("university"));
}

#[test]
fn metformin_is_active_at_two_strengths_while_the_filtration_is_below_30() {
    let marisol = about("Vega-Thornton");
    for (ehr, code, milligrams) in [("valley-ehr", "861007", "500"), ("university", "861004", "1000")] {
        let request = one(&marisol, ehr, "MedicationRequest", code);
        assert_eq!(request.body["status"], "active");
        let dose = request.body.pointer("/dosageInstruction/0/doseAndRate/0/doseQuantity/value").unwrap();
        assert_eq!(dose.to_string(), milligrams);
    }
    let filtration = of(&marisol, "nephrology", "Observation", "98979-8");
    let last = filtration.iter().max_by_key(|held| held.body["effectiveDateTime"].as_str()).unwrap();
    assert_eq!(last.body["valueQuantity"]["value"].to_string(), "27");
}

#[test]
fn a_drug_is_stopped_here_and_active_there() {
    for (name, code, stopped, active) in [
        ("Vega-Thornton", "197361", "nephrology", "valley-ehr"),
        ("O'Keefe-Brandt", "855332", "university", "valley-ehr"),
        ("Kealoha", "197806", "nephrology", "valley-ehr"),
    ] {
        let held = about(name);
        assert_eq!(one(&held, stopped, "MedicationRequest", code).body["status"], "stopped");
        assert_eq!(one(&held, active, "MedicationRequest", code).body["status"], "active");
    }
}

#[test]
fn a_condition_is_active_here_and_resolved_there() {
    let tobias = about("Achterberg");
    assert!(one(&tobias, "valley-ehr", "Condition", "59621000").says("/clinicalStatus", "resolved"));
    assert!(one(&tobias, "nephrology", "Condition", "59621000").says("/clinicalStatus", "active"));
    let marisol = about("Vega-Thornton");
    assert!(one(&marisol, "valley-ehr", "Condition", "371087003").says("/clinicalStatus", "resolved"));
    assert!(one(&marisol, "homehealth", "Condition", "foot ulcer").says("/clinicalStatus", "active"));
}

#[test]
fn a_drug_is_ordered_where_another_place_records_an_allergy_to_it() {
    for (name, allergic_at, ordered_at, substance) in [
        ("Vega-Thornton", "university", "valley-ehr", "lisinopril"),
        ("O'Keefe-Brandt", "valley-ehr", "university", "sulfamethoxazole"),
        ("Kealoha", "homehealth", "valley-ehr", "buprofen"),
    ] {
        let held = about(name);
        one(&held, allergic_at, "AllergyIntolerance", substance);
        assert_eq!(one(&held, ordered_at, "MedicationRequest", substance).body["status"], "active");
    }
}

#[test]
fn no_known_allergies_here_and_nothing_recorded_there() {
    let marisol = about("Vega-Thornton");
    one(&marisol, "valley-ehr", "AllergyIntolerance", "716186003");
    assert!(of(&marisol, "nephrology", "AllergyIntolerance", "").is_empty());
}

#[test]
fn the_same_service_is_asked_for_at_two_places() {
    let marisol = about("Vega-Thornton");
    for ehr in ["valley-ehr", "nephrology"] {
        assert_eq!(one(&marisol, ehr, "ServiceRequest", "103699006").body["status"], "active");
    }
    assert_eq!(one(&marisol, "valley-ehr", "ServiceRequest", "390735007").body["status"], "active");
    assert_eq!(one(&marisol, "university", "ServiceRequest", "390735007").body["status"], "completed");
}

#[test]
fn exactly_one_order_and_one_person_bear_the_same_identifier_at_two_places() {
    let mut places: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for held in everything(TODAY).iter().filter(|held| held.kind() != "Practitioner") {
        for identifier in held.body["identifier"].as_array().into_iter().flatten() {
            let text = format!("{} {} {}", held.kind(), identifier["system"], identifier["value"]);
            places.entry(text).or_default().insert(held.ehr);
        }
    }
    let shared: Vec<_> = places.into_iter().filter(|(_, places)| places.len() > 1).collect();
    let [(person, person_at), (order, order_at)] = &shared[..] else { panic!("{shared:?}") };
    assert!(order.starts_with("ServiceRequest"), "{order}");
    assert_eq!(*order_at, BTreeSet::from(["university", "valley-ehr"]));
    assert!(person.starts_with("Patient") && person.contains("VPC-098-5530"), "{person}");
    assert_eq!(*person_at, BTreeSet::from(["homehealth", "valley-ehr"]));
    // The number is Valley's, and the person is the one who bears it there.
    let ruth = about("Kealoha");
    for ehr in person_at {
        let patient = one(&ruth, ehr, "Patient", "VPC-098-5530");
        assert!(patient.says("/identifier", "https://valley.example/mrn"), "{ehr}");
    }
}

#[test]
fn names_are_spelled_in_several_ways_and_one_birth_date_differs() {
    for name in ["Vega-Thornton", "O'Keefe-Brandt", "Nguyễn", "Kealoha", "Achterberg"] {
        let held = about(name);
        let patients = || held.iter().filter(|held| held.kind() == "Patient");
        let names: BTreeSet<String> = patients().map(|held| held.body["name"].to_string()).collect();
        assert_eq!(names.len(), patients().count(), "{name}");
        let births: BTreeSet<&str> = patients().filter_map(|held| held.body["birthDate"].as_str()).collect();
        assert_eq!(births.len(), if name.contains("Brandt") { 2 } else { 1 }, "{name}");
    }
}

#[test]
fn given_names_are_swapped_and_a_middle_name_is_missing() {
    let given = |name, ehr| {
        let patient = about(name).into_iter().find(|held| held.kind() == "Patient" && held.ehr == ehr).unwrap();
        patient.body.pointer("/name/0/given").unwrap().to_string()
    };
    assert_eq!(given("Kealoha", "valley-ehr"), r#"["Ruth","Leilani"]"#);
    assert_eq!(given("Kealoha", "nephrology"), r#"["Ruth"]"#);
    assert_eq!(given("Kealoha", "homehealth"), r#"["Leilani","Ruth"]"#);
}

#[test]
fn care_teams_overlap_and_one_has_a_role_without_a_member() {
    let npi = |held: &[Held], ehr: &str| -> BTreeSet<String> {
        let practitioners: BTreeMap<String, String> = everything(TODAY)
            .iter()
            .filter(|held| held.ehr == ehr && held.kind() == "Practitioner")
            .map(|held| (held.reference(), held.body["identifier"][0]["value"].to_string()))
            .collect();
        let teams = of(held, ehr, "CareTeam", "");
        let participants = teams.iter().flat_map(|team| team.body["participant"].as_array().unwrap());
        participants.filter_map(|one| practitioners.get(one["member"]["reference"].as_str()?).cloned()).collect()
    };
    let marisol = about("Vega-Thornton");
    assert_eq!(npi(&marisol, "valley-ehr").intersection(&npi(&marisol, "nephrology")).count(), 1);
    let loan = about("Nguyễn");
    let team = one(&loan, "nephrology", "CareTeam", "");
    assert!(team.body["participant"].as_array().unwrap().iter().any(|one| one.get("member").is_none()));
}

#[test]
fn one_measurement_stands_at_two_places_without_proof_that_it_is_one() {
    let marisol = about("Vega-Thornton");
    let copies: Vec<(&str, Date)> = marisol
        .iter()
        .filter(|held| held.kind() == "Observation" && held.says("/code", "4548-4"))
        .filter(|held| held.says("/valueQuantity/value", "8.6"))
        .map(|held| (held.ehr, held.body["effectiveDateTime"].as_str().unwrap()[..10].parse().unwrap()))
        .collect();
    assert_eq!(copies.iter().map(|(ehr, _)| *ehr).collect::<Vec<_>>(), ["valley-ehr", "university"]);
    assert_eq!(copies[0].1, copies[1].1);
}
