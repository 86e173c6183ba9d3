//! The peer: what a care plan application reads that asks one request after the other (its list is in
//! `partners/sources.mjs`).

/// The types that the peer's 24 requests read.
pub const KINDS: &[&str] = &[
    "Patient",
    "Practitioner",
    "CarePlan",
    "CareTeam",
    "Goal",
    "Condition",
    "Procedure",
    "DiagnosticReport",
    "Immunization",
    "Observation",
    "MedicationRequest",
    "ServiceRequest",
];

/// Requests that the peer makes at each source.
pub const REQUESTS: usize = 24;
