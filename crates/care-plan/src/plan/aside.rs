//! What was read and is no part of the plan, and why.

use fhir::ResourceKey;
use serde::Serialize;

/// A resource that is no part of the plan. Nothing read is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Aside {
    /// Source, type and id.
    pub key: ResourceKey,
    /// Why it is no part of the plan.
    pub because: AsideReason,
}

/// Why a resource is no part of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum AsideReason {
    /// It says who or where: a practitioner, an organisation, a place, a device. Its name stands in other items.
    NamesSomeone,
    /// It describes another resource: a medication, a questionnaire, Provenance.
    DescribesAnother,
    /// A care team without a member.
    EmptyTeam,
    /// A Linkage that its source calls inactive.
    InactiveLinkage,
    /// Payment and administration: claims, coverage, accounts.
    Administration,
    /// A document or a visit that no plan names.
    BackgroundOnly,
    /// What weighs a concern and is no word on its status: a risk, an impression, a history of the family.
    Assessment,
    /// A type that a care plan has no place for.
    OtherType,
}
