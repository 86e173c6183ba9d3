//! Resources that are in no item, with the reason. Nothing read is lost.

use std::collections::HashSet;

use fhir::ResourceKey;

use super::records::Records;
use crate::plan::{Aside, AsideReason, ConsolidatedPlan};

/// What stands nowhere else in the plan, sorted by key.
pub(super) fn rest(records: &Records<'_>, plan: &ConsolidatedPlan) -> Vec<Aside> {
    let placed: HashSet<&ResourceKey> = plan.placed().collect();
    let loose = records.all().iter().map(|resource| resource.key()).filter(|key| !placed.contains(key));
    loose.map(|key| Aside { key: key.clone(), because: because(&key.kind) }).collect()
}

fn because(kind: &str) -> AsideReason {
    match kind {
        "Practitioner" | "PractitionerRole" | "Organization" | "Location" | "HealthcareService" | "RelatedPerson"
        | "Device" | "Patient" | "Person" | "Group" => AsideReason::NamesSomeone,
        "Medication" | "Questionnaire" | "Provenance" | "Substance" | "Specimen" | "List" | "Binary" => {
            AsideReason::DescribesAnother
        }
        "CareTeam" => AsideReason::EmptyTeam,
        "Linkage" => AsideReason::InactiveLinkage,
        "Account" | "Claim" | "ClaimResponse" | "Coverage" | "ExplanationOfBenefit" | "Invoice" => {
            AsideReason::Administration
        }
        "DocumentReference"
        | "EpisodeOfCare"
        | "ImagingStudy"
        | "Media"
        | "FamilyMemberHistory"
        | "RiskAssessment"
        | "ClinicalImpression"
        | "SupplyDelivery"
        | "SupplyRequest" => AsideReason::BackgroundOnly,
        _ => AsideReason::OtherType,
    }
}
