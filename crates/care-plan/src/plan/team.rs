//! The care team.

use fhir::{FhirDate, ResourceKey, SourceId};
use serde::Serialize;

use super::{Evidence, ItemId};

/// An organisation for which somebody acts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ActsFor {
    /// Its resource, where the record names one.
    pub key: Option<ResourceKey>,
    /// What it is called; `None` where nothing says so.
    pub name: Option<String>,
}

/// A participant of one CareTeam.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TeamMember {
    /// The source.
    pub source: SourceId,
    /// The CareTeam.
    pub key: ResourceKey,
    /// Who they are over all teams and sources: entries with the same name here are the same person or organisation.
    pub who: ItemId,
    /// Why this entry and others are the same person or organisation; empty where there is only this one.
    pub because: Vec<Evidence>,
    /// Who, in words.
    pub name: String,
    /// Roles in words.
    pub roles: Vec<String>,
    /// Codes of the roles (SNOMED CT and others), for rules.
    pub role_codes: Vec<String>,
    /// Type of the resource that the participant is, such as `Practitioner`; `None` where only words say.
    pub kind: Option<String>,
    /// Their own resource, whether it was read or not: of a role, whoever has it, where that is known.
    pub resource: Option<ResourceKey>,
    /// The organisation for which they act: as the team says, else as their role says.
    pub on_behalf_of: Option<ActsFor>,
    /// Phone or other contact.
    pub contact: Option<String>,
    /// Name of the team.
    pub team: Option<String>,
    /// Status code of the CareTeam.
    pub status: Option<String>,
    /// Until when, where it says.
    pub until: Option<FhirDate>,
    /// True where their time in the team is over, or the team's.
    pub former: bool,
}
