//! Whom is a resource about? (smart-launch P4)

use fhir::{Many, Maybe, Reference, Resource, Target};
use serde::Deserialize;
use url::Url;

/// Whom a resource is about, seen from the launch's person at one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// The person.
    Person,
    /// Nobody in particular: practitioners, organisations, medications.
    Nobody,
    /// Another patient. Never shown.
    OtherPatient,
    /// It must be about a patient by its type, and does not say about whom. Never shown.
    Unsaid,
}

/// The person at one source.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Patient id at the source.
    pub(crate) id: String,
    /// FHIR base of the source.
    pub(crate) base: Url,
}

/// Types that are always about a patient, as far as we take them in: those of the patient compartment
/// (R4 compartmentdefinition-patient.html) without those that serve many people.
const BOUND: &[&str] = &[
    "AdverseEvent",
    "AllergyIntolerance",
    "Appointment",
    "CarePlan",
    "CareTeam",
    "Claim",
    "ClaimResponse",
    "ClinicalImpression",
    "Communication",
    "CommunicationRequest",
    "Composition",
    "Condition",
    "Consent",
    "Coverage",
    "DetectedIssue",
    "DeviceRequest",
    "DeviceUseStatement",
    "DiagnosticReport",
    "DocumentReference",
    "Encounter",
    "EpisodeOfCare",
    "ExplanationOfBenefit",
    "FamilyMemberHistory",
    "Flag",
    "Goal",
    "ImagingStudy",
    "Immunization",
    "ImmunizationEvaluation",
    "ImmunizationRecommendation",
    "Linkage",
    "Media",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationRequest",
    "MedicationStatement",
    "NutritionOrder",
    "Observation",
    "Procedure",
    "QuestionnaireResponse",
    "RelatedPerson",
    "RequestGroup",
    "RiskAssessment",
    "ServiceRequest",
    "Specimen",
    "Task",
    "VisionPrescription",
];

/// The elements that name the patient; which of them a type has is R4's matter.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Names {
    subject: Maybe<Reference>,
    patient: Maybe<Reference>,
    r#for: Maybe<Reference>,
    beneficiary: Maybe<Reference>,
    participant: Many<Participant>,
    item: Many<Item>,
    target: Many<Reference>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Participant {
    actor: Maybe<Reference>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item {
    resource: Maybe<Reference>,
}

impl Person {
    /// Whom the resource is about.
    ///
    /// An appointment or a linkage ties several people together: it is about the person where the person is one of them.
    pub(crate) fn of(&self, resource: &Resource) -> About {
        let kind = resource.kind();
        if kind == "Patient" {
            return if resource.id() == self.id { About::Person } else { About::OtherPatient };
        }
        let names: Names = resource.read();
        let mut named: Vec<&Reference> = Vec::new();
        match kind {
            "Appointment" => {
                named.extend(names.participant.iter().filter_map(|participant| participant.actor.as_ref()))
            }
            // About what it points at; a patient among that must be the person.
            "Provenance" => named.extend(names.target.iter()),
            "Linkage" => named.extend(names.item.iter().filter_map(|item| item.resource.as_ref())),
            _ => named.extend(
                [&names.subject, &names.patient, &names.r#for, &names.beneficiary]
                    .into_iter()
                    .filter_map(|name| name.as_ref()),
            ),
        }
        let patients: Vec<bool> = named.into_iter().filter_map(|reference| self.is_meant(reference)).collect();
        let several = matches!(kind, "Appointment" | "Linkage");
        match (patients.iter().any(|meant| *meant), patients.iter().all(|meant| *meant)) {
            (true, all) if several || all => About::Person,
            (true, _) => About::OtherPatient,
            (false, false) => About::OtherPatient,
            (false, true) if BOUND.contains(&kind) => About::Unsaid,
            (false, true) => About::Nobody,
        }
    }

    /// Whether a reference means the person; `None` where it does not name a patient.
    fn is_meant(&self, reference: &Reference) -> Option<bool> {
        match reference.target()? {
            Target::Relative { kind, id, .. } if kind == "Patient" => Some(id == self.id),
            Target::Absolute { base, kind, id, .. } if kind == "Patient" => {
                Some(id == self.id && is_same_base(&self.base, &base))
            }
            _ => None,
        }
    }
}

/// True where the text is the base, whatever its last slash.
pub(crate) fn is_same_base(base: &Url, text: &str) -> bool {
    let bare = |url: &Url| url.as_str().trim_end_matches('/').to_owned();
    Url::parse(text).is_ok_and(|other| bare(&other) == bare(base))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn about(json: &str) -> About {
        let person = Person { id: "p1".into(), base: "https://ehr.example/fhir".parse().unwrap() };
        person.of(&Resource::parse(&fhir::SourceId::new("a"), json).unwrap())
    }

    fn with(kind: &str, rest: &str) -> About {
        about(&format!(r#"{{"resourceType":"{kind}","id":"1"{rest}}}"#))
    }

    #[test]
    fn each_type_names_the_person_in_its_own_element() {
        for (kind, element) in
            [("Goal", "subject"), ("Immunization", "patient"), ("Task", "for"), ("Coverage", "beneficiary")]
        {
            assert_eq!(with(kind, &format!(r#","{element}":{{"reference":"Patient/p1"}}"#)), About::Person, "{kind}");
            assert_eq!(
                with(kind, &format!(r#","{element}":{{"reference":"Patient/p2"}}"#)),
                About::OtherPatient,
                "{kind}"
            );
            assert_eq!(with(kind, ""), About::Unsaid, "{kind}");
        }
    }

    #[test]
    fn a_whole_address_means_the_person_only_under_the_same_base() {
        let subject = |text: &str| with("Goal", &format!(r#","subject":{{"reference":"{text}"}}"#));
        assert_eq!(subject("https://ehr.example/fhir/Patient/p1"), About::Person);
        assert_eq!(subject("https://EHR.example:443/fhir/Patient/p1/_history/3"), About::Person);
        assert_eq!(subject("https://ehr.example/fhir-2/Patient/p1"), About::OtherPatient);
        assert_eq!(subject("https://evil.example/fhir/Patient/p1"), About::OtherPatient);
    }

    #[test]
    fn what_names_no_patient_is_not_taken_for_the_persons() {
        for subject in [r##"{"reference":"#p1"}"##, r#"{"reference":"Group/1"}"#, r#"{"display":"p1"}"#, "17", "[]"] {
            assert_eq!(with("Goal", &format!(r#","subject":{subject}"#)), About::Unsaid, "{subject}");
        }
        let twice = r#","subject":{"reference":"Patient/p2"},"subject":{"reference":"Patient/p1"}"#;
        assert_eq!(with("Goal", twice), About::Unsaid, "a key that stands there twice says nothing");
    }

    #[test]
    fn a_patient_is_the_person_by_id_alone() {
        assert_eq!(about(r#"{"resourceType":"Patient","id":"p1"}"#), About::Person);
        assert_eq!(about(r#"{"resourceType":"Patient","id":"p2"}"#), About::OtherPatient);
    }

    #[test]
    fn an_appointment_or_a_linkage_is_about_each_of_its_people() {
        let actors = r#","participant":[{"actor":{"reference":"Patient/p2"}},{"actor":{"reference":"Patient/p1"}}]"#;
        assert_eq!(with("Appointment", actors), About::Person);
        let items = r#","item":[{"resource":{"reference":"https://other.example/Patient/x"}},{"resource":{"reference":"Patient/p1"}}]"#;
        assert_eq!(with("Linkage", items), About::Person);
        assert_eq!(with("Linkage", r#","item":[{"resource":{"reference":"Patient/p2"}}]"#), About::OtherPatient);
        assert_eq!(with("Linkage", ""), About::Unsaid);
    }

    #[test]
    fn what_supports_a_plan_is_about_nobody_unless_it_says_so() {
        assert_eq!(with("Practitioner", ""), About::Nobody);
        assert_eq!(with("Device", r#","patient":{"reference":"Patient/p2"}"#), About::OtherPatient);
    }

    #[test]
    fn two_elements_that_disagree_are_about_another_patient() {
        let both = r#","subject":{"reference":"Patient/p1"},"patient":{"reference":"Patient/p2"}"#;
        assert_eq!(with("Goal", both), About::OtherPatient);
    }
}
