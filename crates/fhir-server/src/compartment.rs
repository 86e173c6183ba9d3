//! Which person a resource is about, and so which token may see it.
//!
//! Narrower than R4's patient compartment (compartmentdefinition-patient.html): being the performer or the author
//! does not make a record one's own here, being its subject does.

use std::sync::Arc;

use serde_json::Value;

use crate::{Base, each};

/// How a resource type is tied to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// It is the person: type Patient.
    Person,
    /// Always about a person, named at one of these paths. One that names nobody belongs to nobody and is hidden.
    Bound(&'static [&'static str]),
    /// May be about a person; one that names nobody is common property.
    Loose(&'static [&'static str]),
    /// About whoever the resources at these paths are about: Provenance.
    ByTarget(&'static [&'static str]),
    /// Never about a person: directories and definitions.
    Shared,
}

const SUBJECT: Binding = Binding::Bound(&["subject"]);
const PATIENT: Binding = Binding::Bound(&["patient"]);
/// Of a type we have no row for, anything that could name a person.
const UNKNOWN: Binding = Binding::Loose(&[
    "subject",
    "patient",
    "beneficiary",
    "individual",
    "for",
    "candidate",
    "member.entity",
    "participant.actor",
]);

/// How resources of a type are tied to a person.
pub fn binding(kind: &str) -> Binding {
    match kind {
        "Patient" => Binding::Person,
        "CarePlan"
        | "CareTeam"
        | "Goal"
        | "Condition"
        | "ServiceRequest"
        | "MedicationRequest"
        | "MedicationStatement"
        | "MedicationDispense"
        | "MedicationAdministration"
        | "Procedure"
        | "Observation"
        | "Encounter"
        | "DocumentReference"
        | "DiagnosticReport"
        | "RequestGroup"
        | "RiskAssessment"
        | "ClinicalImpression"
        | "DeviceRequest"
        | "Composition"
        | "Media"
        | "Specimen"
        | "ImagingStudy"
        | "Flag"
        | "AdverseEvent"
        | "Account"
        | "ChargeItem"
        | "Invoice"
        | "DocumentManifest"
        | "DeviceUseStatement"
        | "GuidanceResponse" => SUBJECT,
        "AllergyIntolerance"
        | "Immunization"
        | "NutritionOrder"
        | "FamilyMemberHistory"
        | "EpisodeOfCare"
        | "RelatedPerson"
        | "Claim"
        | "ClaimResponse"
        | "ExplanationOfBenefit"
        | "Consent"
        | "DetectedIssue"
        | "ImmunizationEvaluation"
        | "ImmunizationRecommendation"
        | "SupplyDelivery"
        | "VisionPrescription"
        | "BodyStructure"
        | "CoverageEligibilityRequest"
        | "CoverageEligibilityResponse"
        | "MolecularSequence" => PATIENT,
        "QuestionnaireResponse" => Binding::Bound(&["subject", "source"]),
        "Communication" | "CommunicationRequest" => Binding::Bound(&["subject", "sender", "recipient"]),
        "Task" => Binding::Bound(&["for"]),
        "Appointment" => Binding::Bound(&["participant.actor"]),
        "AppointmentResponse" => Binding::Bound(&["actor"]),
        "Coverage" => Binding::Bound(&["beneficiary", "subscriber"]),
        "Binary" => Binding::Bound(&["securityContext"]),
        "AuditEvent" => Binding::Bound(&["agent.who", "entity.what"]),
        "ResearchSubject" => Binding::Bound(&["individual"]),
        "Person" => Binding::Bound(&["link.target"]),
        "Group" => Binding::Bound(&["member.entity"]),
        "MeasureReport" | "List" | "Basic" => Binding::Loose(&["subject"]),
        "Device" => Binding::Loose(&["patient"]),
        "Linkage" => Binding::Loose(&["item.resource"]),
        "Provenance" => Binding::ByTarget(&["target"]),
        "Bundle" | "Parameters" => Binding::Bound(&[]),
        "Practitioner"
        | "PractitionerRole"
        | "Organization"
        | "OrganizationAffiliation"
        | "Location"
        | "Medication"
        | "HealthcareService"
        | "Endpoint"
        | "Substance"
        | "PlanDefinition"
        | "ActivityDefinition"
        | "Questionnaire"
        | "ValueSet"
        | "CodeSystem"
        | "ConceptMap"
        | "StructureDefinition"
        | "SearchParameter"
        | "CapabilityStatement"
        | "OperationDefinition"
        | "Library"
        | "Measure"
        | "ImplementationGuide"
        | "NamingSystem" => Binding::Shared,
        _ => UNKNOWN,
    }
}

/// The ids of this server's patients that a resource is about, Provenance's targets left aside.
pub fn people_of(resource: &Value, base: &Base) -> Vec<String> {
    let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    match binding(kind) {
        Binding::Person => resource.get("id").and_then(Value::as_str).map(str::to_owned).into_iter().collect(),
        Binding::Bound(paths) | Binding::Loose(paths) | Binding::ByTarget(paths) => {
            let targets = paths.iter().flat_map(|path| referenced(resource, path, base));
            targets.filter(|target| target.kind == "Patient").map(|target| target.id).collect()
        }
        Binding::Shared => Vec::new(),
    }
}

/// True where someone who may see one patient may see this resource.
///
/// `lookup` finds another resource of the server; only Provenance needs it. A Provenance is shown only where all
/// its targets are: half of a statement about two people is a statement about the other one.
pub fn is_about(
    resource: &Value,
    patient: &str,
    base: &Base,
    lookup: &dyn Fn(&str, &str) -> Option<Arc<Value>>,
) -> bool {
    let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    match binding(kind) {
        Binding::Shared => true,
        Binding::Person | Binding::Bound(_) => people_of(resource, base).iter().any(|id| id == patient),
        Binding::Loose(_) => {
            let people = people_of(resource, base);
            people.is_empty() || people.iter().any(|id| id == patient)
        }
        Binding::ByTarget(paths) => {
            let targets: Vec<_> = paths.iter().flat_map(|path| referenced(resource, path, base)).collect();
            !targets.is_empty()
                && targets.iter().all(|target| {
                    if target.kind == "Patient" {
                        return target.id == patient;
                    }
                    let found = lookup(&target.kind, &target.id);
                    target.kind != "Provenance" && found.is_some_and(|found| is_about(&found, patient, base, lookup))
                })
        }
    }
}

fn referenced(resource: &Value, path: &str, base: &Base) -> Vec<crate::Local> {
    let mut found = Vec::new();
    each(resource, path, &mut |element| {
        let reference = element.get("reference").and_then(Value::as_str);
        found.extend(reference.and_then(|reference| base.local(reference)));
    });
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seen_by_ada(resource: Value) -> bool {
        let base = Base::new("http://127.0.0.1/fhir");
        let goal = |id: &str| {
            Arc::new(json!({"resourceType": "Goal", "id": id, "subject": {"reference": format!("Patient/{id}")}}))
        };
        is_about(&resource, "ada", &base, &|kind, id| (kind == "Goal").then(|| goal(id)))
    }

    #[test]
    fn a_record_without_a_subject_belongs_to_nobody() {
        assert!(seen_by_ada(json!({"resourceType": "Goal", "subject": {"reference": "Patient/ada"}})));
        assert!(!seen_by_ada(json!({"resourceType": "Goal", "subject": {"reference": "Patient/ben"}})));
        assert!(!seen_by_ada(json!({"resourceType": "Goal"})));
        assert!(!seen_by_ada(
            json!({"resourceType": "Goal", "subject": {"reference": "http://elsewhere.test/fhir/Patient/ada"}})
        ));
        assert!(!seen_by_ada(json!({"resourceType": "Patient", "id": "ben"})));
    }

    #[test]
    fn directories_are_common_property_and_a_linkage_of_others_is_not() {
        assert!(seen_by_ada(json!({"resourceType": "Practitioner"})));
        assert!(seen_by_ada(json!({"resourceType": "Linkage"})));
        assert!(seen_by_ada(json!({"resourceType": "Linkage", "item": [{"resource": {"reference": "Patient/ada"}}]})));
        assert!(!seen_by_ada(json!({"resourceType": "Linkage", "item": [{"resource": {"reference": "Patient/ben"}}]})));
    }

    #[test]
    fn a_provenance_is_shown_where_all_its_targets_are() {
        assert!(seen_by_ada(json!({"resourceType": "Provenance", "target": [{"reference": "Goal/ada/_history/2"}]})));
        let mixed = json!([{"reference": "Goal/ada"}, {"reference": "Goal/ben"}]);
        assert!(!seen_by_ada(json!({"resourceType": "Provenance", "target": mixed})));
        assert!(!seen_by_ada(json!({"resourceType": "Provenance"})));
    }
}
