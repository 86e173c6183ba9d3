//! Resources that are in no item, with the reason. Nothing read is lost.

use super::records::Records;
use crate::plan::{Aside, AsideReason, ConsolidatedPlan};

/// What stands nowhere else in the plan, sorted by key.
pub(super) fn rest(records: &Records<'_>, plan: &ConsolidatedPlan) -> Vec<Aside> {
    let mut placed = vec![false; records.all().len()];
    for at in plan.placed().filter_map(|key| records.position(key)) {
        placed[at] = true;
    }
    let loose = records.all().iter().zip(placed).filter(|(_, placed)| !placed).map(|(resource, _)| resource.key());
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
        "DocumentReference" | "EpisodeOfCare" | "ImagingStudy" | "Media" | "SupplyDelivery" | "SupplyRequest" => {
            AsideReason::BackgroundOnly
        }
        "ClinicalImpression" | "FamilyMemberHistory" | "RiskAssessment" => AsideReason::Assessment,
        _ => AsideReason::OtherType,
    }
}
