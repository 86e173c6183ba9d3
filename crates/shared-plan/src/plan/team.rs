//! The care team of a plan.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Coded, Period};
use crate::{Foreign, Id, Version};

/// Who carries a plan. Each plan has exactly one team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Team {
    /// Its id, for ever.
    pub id: Id<Team>,
    /// How often the team was changed.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// Its members, and those who were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
}

/// A member of a team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Their id in this plan, for ever.
    pub id: Id<Member>,
    /// Who they are.
    #[serde(flatten)]
    pub content: MemberContent,
}

/// What is said of a member.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberContent {
    /// Their name.
    pub name: String,
    /// Their resource at a source, where they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Foreign>,
    /// What they do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Coded>,
    /// From when to when they belong to the team.
    #[serde(default)]
    pub period: Period,
    /// The organisation for which they act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Foreign>,
}
