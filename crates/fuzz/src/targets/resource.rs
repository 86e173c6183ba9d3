//! One resource, as every view of the house reads it, of each release.
//!
//! Law: a resource keeps the letters it came as; an element that nobody knows and the space around change no view; what is
//! read as another release is still the same resource.

use fhir::{Release, Resource, SourceId};

use super::Target;

pub const TARGET: Target = Target {
    name: "resource",
    words: &[
        "resourceType",
        "id",
        "meta",
        "security",
        "contained",
        "extension",
        "modifierExtension",
        "Goal",
        "CarePlan",
        "Condition",
        "Observation",
        "MedicationRequest",
        "activity",
        "detail",
        "plannedActivityReference",
        "performedActivity",
        "outcomeReference",
        "addresses",
        "target",
        "detailQuantity",
        "value",
        "valueQuantity",
        "valueString",
        "component",
        "code",
        "coding",
        "system",
        "http://loinc.org",
        "urn:oid:2.16.840.1.113883.6.96",
        "status",
        "lifecycleStatus",
        "verificationStatus",
        "entered-in-error",
        "refuted",
        "unknown",
        "subject",
        "reference",
        "Patient/p1",
        "period",
        "start",
        "end",
        "2026-11-21",
        "2026-02-30",
        "note",
        "text",
        "dosageInstruction",
        "doseAndRate",
        "timing",
        "repeat",
        "payload",
        "_birthDate",
        "dataAbsentReason",
        "\u{0}",
    ],
    tries: 700,
    check,
};

/// Reads the resource by each of these views and writes down what they have seen.
macro_rules! seen_by {
    ($resource:expr; $($view:ident)*) => {
        [$(format!("{:?}", $resource.read::<fhir::$view>())),*]
    };
}

fn seen(resource: &Resource) -> [String; 16] {
    seen_by!(resource; Patient Condition Goal CarePlan CareTeam Observation Request Performed AllergyIntolerance
        MedicationRequest MedicationStatement Medication Linkage Practitioner PractitionerRole Organization)
}

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let source = SourceId::new("valley-ehr");
    let resource = match Resource::parse(&source, &text) {
        Ok(resource) => resource,
        Err(error) => return error.to_string().chars().take(12).collect(),
    };
    assert_eq!(resource.raw(), text, "it lost its letters");
    let views = seen(&resource);
    let with_more = text.replacen('{', "\n{ \"zz-nobody-knows\": [{\"reference\": \"Patient/x\"}, -0.0e-9],", 1);
    let more = Resource::parse(&source, &with_more).expect("an element more does no harm");
    assert_eq!(seen(&more), views, "an element that nobody knows changed what is read");
    assert_eq!((more.retraction(), more.version()), (resource.retraction(), resource.version()));
    for release in [Release::Stu3, Release::R5] {
        let read = resource.clone().of_release(release);
        assert_eq!((read.key(), read.raw()), (resource.key(), resource.raw()), "another release made another of it");
        let _ = seen(&read);
    }
    let empty = seen(&Resource::parse(&source, r#"{"resourceType":"X","id":"1"}"#).expect("the least"));
    let told = views.iter().zip(&empty).filter(|(seen, empty)| seen != empty).count();
    format!("{} told {told} views, {:?}", resource.kind().chars().take(3).collect::<String>(), resource.retraction())
}
