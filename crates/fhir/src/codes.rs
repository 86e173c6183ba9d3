//! Names of the code systems, extensions and codes that the house looks for.

/// LOINC.
pub const LOINC: &str = "http://loinc.org";
/// SNOMED CT.
pub const SNOMED: &str = "http://snomed.info/sct";
/// ICD-10-CM.
pub const ICD10CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
/// RxNorm.
pub const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
/// ICD-9-CM.
pub const ICD9CM: &str = "http://hl7.org/fhir/sid/icd-9-cm";
/// ICD-10, the international edition.
pub const ICD10: &str = "http://hl7.org/fhir/sid/icd-10";
/// ICD-10-PCS.
pub const ICD10PCS: &str = "http://www.cms.gov/Medicare/Coding/ICD10";
/// Vaccines (CVX).
pub const CVX: &str = "http://hl7.org/fhir/sid/cvx";
/// National Drug Codes.
pub const NDC: &str = "http://hl7.org/fhir/sid/ndc";
/// Procedures (CPT).
pub const CPT: &str = "http://www.ama-assn.org/go/cpt";
/// Procedures and supplies (HCPCS level II).
pub const HCPCS: &str = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
/// Substances (UNII).
pub const UNII: &str = "http://fdasis.nlm.nih.gov";
/// Medication reference terminology (MED-RT, once NDF-RT).
pub const MED_RT: &str = "http://va.gov/terminology/medrt";
/// Medicines by their action (ATC).
pub const ATC: &str = "http://www.whocc.no/atc";
/// Provider taxonomy (NUCC).
pub const NUCC: &str = "http://nucc.org/provider-taxonomy";
/// National provider identifiers.
pub const NPI: &str = "http://hl7.org/fhir/sid/us-npi";
/// Social security numbers.
pub const SSN: &str = "http://hl7.org/fhir/sid/us-ssn";
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

/// Code systems by the other names that records give them: the OIDs of HL7's registry, addresses of older releases, and
/// addresses that are nearly right. Lower case, without a slash at the end; `urn:oid:` is left out.
///
/// Source: terminology.hl7.org, NamingSystem of each.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("2.16.840.1.113883.6.96", SNOMED),
    ("2.16.840.1.113883.6.1", LOINC),
    ("2.16.840.1.113883.6.88", RXNORM),
    ("2.16.840.1.113883.6.90", ICD10CM),
    ("2.16.840.1.113883.6.3", ICD10),
    ("2.16.840.1.113883.6.4", ICD10PCS),
    ("2.16.840.1.113883.6.103", ICD9CM),
    ("2.16.840.1.113883.6.42", ICD9CM),
    ("2.16.840.1.113883.12.292", CVX),
    ("2.16.840.1.113883.6.59", CVX),
    ("2.16.840.1.113883.6.69", NDC),
    ("2.16.840.1.113883.6.12", CPT),
    ("2.16.840.1.113883.6.285", HCPCS),
    ("2.16.840.1.113883.6.8", UCUM),
    ("2.16.840.1.113883.4.9", UNII),
    ("2.16.840.1.113883.6.345", MED_RT),
    ("2.16.840.1.113883.6.73", ATC),
    ("2.16.840.1.113883.6.101", NUCC),
    ("2.16.840.1.113883.4.6", NPI),
    ("2.16.840.1.113883.4.1", SSN),
    ("http://www.icd10data.com/icd10cm", ICD10CM),
    ("http://hl7.org/fhir/sid/icd-10-us", ICD10CM),
    ("http://hl7.org/fhir/sid/icd-9-cm/diagnosis", ICD9CM),
    ("https://loinc.org", LOINC),
    ("http://www.loinc.org", LOINC),
    ("https://snomed.info/sct", SNOMED),
    ("http://www.snomed.org/sct", SNOMED),
    ("http://snomed.info/sct/731000124108", SNOMED),
    ("http://snomed.info/sct/900000000000207008", SNOMED),
    ("https://www.nlm.nih.gov/research/umls/rxnorm", RXNORM),
    ("http://rxnorm.info", RXNORM),
    ("https://unitsofmeasure.org", UCUM),
    ("http://unitsofmeasure.org/ucum.html", UCUM),
    ("https://www.ama-assn.org/go/cpt", CPT),
    ("http://terminology.hl7.org/codesystem/hcpcs-all-codes", HCPCS),
];

/// The code system that a URI or OID names: records write `urn:oid:2.16.840.1.113883.6.96` for SNOMED CT, leave out the
/// `urn:oid:` or add a slash. A system that is not known comes back as it is, without blanks and slash.
pub fn canonical_system(system: &str) -> &str {
    let system = system.trim().trim_end_matches('/');
    let bare = match system.get(..8) {
        Some(start) if start.eq_ignore_ascii_case("urn:oid:") => &system[8..],
        _ => system,
    };
    let known = OTHER_NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(bare));
    known.map_or(system, |(_, canonical)| canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_system_is_known_by_its_oid_and_by_addresses_that_are_nearly_right() {
        for (written, canonical) in [
            ("urn:oid:2.16.840.1.113883.6.96", SNOMED),
            ("URN:OID:2.16.840.1.113883.6.90", ICD10CM),
            ("2.16.840.1.113883.6.103", ICD9CM),
            (" http://loinc.org/ ", LOINC),
            ("https://loinc.org", LOINC),
            ("http://unitsofmeasure.org/", UCUM),
            ("urn:oid:2.16.840.1.113883.12.292", CVX),
            ("urn:oid:2.16.840.1.113883.6.69", NDC),
            ("urn:oid:2.16.840.1.113883.6.12", CPT),
            ("urn:oid:2.16.840.1.113883.6.285", HCPCS),
            ("urn:oid:2.16.840.1.113883.6.88", RXNORM),
            ("http://snomed.info/sct", SNOMED),
        ] {
            assert_eq!(canonical_system(written), canonical, "{written}");
        }
    }

    #[test]
    fn a_local_system_stays_what_it_is() {
        for own in
            ["urn:oid:1.2.840.114350.1.13.135", "urn:local", "http://lab.example/codes", "", "urn:oid:", "ü:oid:ö2"]
        {
            assert_eq!(canonical_system(own), own);
        }
        assert_eq!(canonical_system("http://lab.example/codes/"), "http://lab.example/codes");
    }

    #[test]
    fn no_canonical_name_is_taken_for_another() {
        for (_, canonical) in OTHER_NAMES {
            assert_eq!(canonical_system(canonical), *canonical);
        }
    }
}
