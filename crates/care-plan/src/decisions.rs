//! What people settled, as far as consolidation needs to know it. Storing decisions is another room's work.

use std::collections::BTreeSet;

use fhir::ResourceKey;
use serde::{Deserialize, Serialize};

/// Everything that people settled about one person's plan. The order of entries changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Decisions {
    /// Which resources are one item, or are not, whatever the evidence says.
    pub groupings: Vec<Grouping>,
}

/// A resource, or a part of one, as a decision names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberName {
    /// Source, type and id.
    pub key: ResourceKey,
    /// Position within the resource, for an activity that only a CarePlan describes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<usize>,
}

/// A decision about what is one item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Grouping {
    /// These are one.
    Join {
        /// The members.
        members: BTreeSet<MemberName>,
    },
    /// These are not one with any other, whatever evidence there is; among themselves the evidence still counts.
    Split {
        /// The members.
        members: BTreeSet<MemberName>,
    },
}
