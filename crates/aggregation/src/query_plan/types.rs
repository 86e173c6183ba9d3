//! The types that a care plan needs, and how each is asked for.

/// A type that is searched for by the person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    /// Resource type.
    pub(crate) name: &'static str,
    /// Search parameters that name the person, the usual one first.
    pub(crate) by: &'static [&'static str],
    /// True where no US Core server must search it so: one that refuses does not have the search.
    pub(crate) optional: bool,
}

const fn by_patient(name: &'static str) -> Type {
    Type { name, by: &["patient", "subject"], optional: false }
}

/// Types of the first wave, the slow ones first.
pub(crate) const TYPES: &[Type] = &[
    // What was measured, asked and scored: the outcomes.
    by_patient("Observation"),
    // Health concerns.
    by_patient("Condition"),
    by_patient("Goal"),
    by_patient("CarePlan"),
    by_patient("CareTeam"),
    // Interventions, planned …
    by_patient("ServiceRequest"),
    by_patient("MedicationRequest"),
    by_patient("MedicationStatement"),
    by_patient("NutritionOrder"),
    by_patient("CommunicationRequest"),
    by_patient("DeviceRequest"),
    by_patient("Task"),
    Type { name: "Appointment", by: &["patient", "actor"], optional: false },
    // … and performed.
    by_patient("Procedure"),
    by_patient("Encounter"),
    by_patient("Immunization"),
    by_patient("DiagnosticReport"),
    by_patient("QuestionnaireResponse"),
    // Safety: shown beside every plan.
    by_patient("AllergyIntolerance"),
    // What a plan rests on.
    by_patient("FamilyMemberHistory"),
    by_patient("RiskAssessment"),
    by_patient("ClinicalImpression"),
    by_patient("EpisodeOfCare"),
    by_patient("DocumentReference"),
    // Who cares at home.
    Type { name: "RelatedPerson", by: &["patient"], optional: true },
];

/// Types that come along because those above refer to them, or are referred to by them.
const REFERRED: &[&str] =
    &["Patient", "Linkage", "Medication", "Organization", "Practitioner", "PractitionerRole", "Provenance"];

/// Every type that a reading asks for: what a grant should cover.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|kind| kind.name).chain(REFERRED.iter().copied())
}

/// What each type may bring along, where the source says so: whoever acts and what is given. Saves the requests of the
/// second wave, and the third: a role that came along leads to its organisation a wave earlier.
pub(crate) const INCLUDES: &[(&str, &[&str])] = &[
    ("Observation", &["Observation:performer"]),
    ("Condition", &["Condition:asserter", "Condition:recorder"]),
    ("ServiceRequest", &["ServiceRequest:requester", "ServiceRequest:performer"]),
    ("Procedure", &["Procedure:performer"]),
    ("Encounter", &["Encounter:participant"]),
    ("Immunization", &["Immunization:performer"]),
    ("DiagnosticReport", &["DiagnosticReport:performer"]),
    ("AllergyIntolerance", &["AllergyIntolerance:asserter", "AllergyIntolerance:recorder"]),
    ("MedicationRequest", &["MedicationRequest:medication", "MedicationRequest:requester"]),
    ("MedicationStatement", &["MedicationStatement:medication"]),
    ("CareTeam", &["CareTeam:participant"]),
    ("PractitionerRole", &["PractitionerRole:practitioner", "PractitionerRole:organization"]),
];
