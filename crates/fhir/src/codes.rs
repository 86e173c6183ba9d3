//! Names of the code systems, extensions and codes that the house looks for.

/// LOINC.
pub const LOINC: &str = "http://loinc.org";
/// SNOMED CT.
pub const SNOMED: &str = "http://snomed.info/sct";
/// ICD-10-CM.
pub const ICD10CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
/// RxNorm.
pub const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
/// UCUM.
pub const UCUM: &str = "http://unitsofmeasure.org";
/// Goal achievement (R4 `goal-achievement`).
pub const GOAL_ACHIEVEMENT: &str = "http://terminology.hl7.org/CodeSystem/goal-achievement";
/// Condition category (R4).
pub const CONDITION_CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/condition-category";
/// Condition category of US Core, which has `health-concern`.
pub const US_CORE_CONDITION_CATEGORY: &str = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
/// Observation category (R4).
pub const OBSERVATION_CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// Extension on an activity's target that names its goal (mcc-digest section 3, rule 1).
pub const PERTAINS_TO_GOAL: &str = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal";
/// Extension on Condition: what it is due to.
pub const CONDITION_DUE_TO: &str = "http://hl7.org/fhir/StructureDefinition/condition-dueTo";
/// Extension on Goal: who accepted it.
pub const GOAL_ACCEPTANCE: &str = "http://hl7.org/fhir/StructureDefinition/goal-acceptance";

/// The code system that a URI or OID names: records write `urn:oid:2.16.840.1.113883.6.96` for SNOMED CT and more of the kind.
pub fn canonical_system(system: &str) -> &str {
    match system.trim_end_matches('/') {
        "urn:oid:2.16.840.1.113883.6.96" => SNOMED,
        "urn:oid:2.16.840.1.113883.6.90" => ICD10CM,
        "urn:oid:2.16.840.1.113883.6.1" => LOINC,
        "urn:oid:2.16.840.1.113883.6.88" => RXNORM,
        other => other,
    }
}
