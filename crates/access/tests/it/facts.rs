//! What is read of a Patient to compare it.

use access::person::likeness::{Facts, Field, Likeness, Name, compare};
use fhir::{Patient, Resource, SourceId};
use serde_json::{Value, json};

fn facts(mut patient: Value) -> Facts {
    patient["resourceType"] = json!("Patient");
    patient["id"] = json!("p");
    let resource = Resource::parse(&SourceId::new("a"), &patient.to_string()).unwrap();
    Facts::of(&resource.read::<Patient>())
}

#[test]
fn every_name_is_read_former_ones_too_and_one_that_hides_somebody_is_not() {
    let facts = facts(json!({
        "name": [
            { "use": "anonymous", "family": "Doe", "given": ["Jane"] },
            { "use": "official", "family": "Ruiz", "given": ["Maria", "Elena"] },
            { "use": "maiden", "family": "Ortega" },
            { "use": "nickname" },
        ],
        "birthDate": "1957-03-02", "gender": "female"
    }));
    let name = |family: &str, given: &[&str]| Name {
        family: Some(family.to_owned()),
        given: given.iter().map(|&given| given.to_owned()).collect(),
    };
    assert_eq!(facts.names, [name("Ruiz", &["Maria", "Elena"]), name("Ortega", &[])]);
    assert_eq!((facts.birth_date.as_deref(), facts.sex.as_deref()), (Some("1957-03-02"), Some("female")));
    assert!(facts.tell_who());
}

#[test]
fn two_names_that_are_only_text_are_compared_by_their_text() {
    let named = |text: &str| facts(json!({ "name": [{ "text": text }], "birthDate": "1957-03-02" }));
    assert_eq!(compare(&named("Maria Ruiz"), &named("Ada Bauer")), Likeness::Different(vec![Field::Family]));
    assert_eq!(compare(&named("Maria Ruiz"), &named("Maria Ruiz")), Likeness::Same);
}

#[test]
fn a_record_without_name_or_birth_date_does_not_tell_who_it_is_about() {
    for patient in [
        json!({}),
        json!({ "birthDate": "1957-03-02" }),
        json!({ "name": [{ "family": "Ruiz" }] }),
        json!({ "name": [{ "given": ["Maria"] }], "birthDate": "1957-03-02" }),
        json!({ "name": [{ "use": "anonymous", "family": "Ruiz" }], "birthDate": "1957-03-02" }),
        json!({ "name": [{ "family": "Ruiz" }], "birthDate": "1957-13-40" }),
    ] {
        assert!(!facts(patient.clone()).tell_who(), "{patient}");
    }
}
