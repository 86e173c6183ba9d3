//! What a part of a plan is about.

use serde::{Deserialize, Serialize};

use crate::concern::Concern;
use crate::{Foreign, Id};

/// A thing that a part of a plan points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A health concern that was entered here.
    Concern(Id<Concern>),
    /// A goal of the same plan.
    Goal(Id<super::Goal>),
    /// An activity of the same plan.
    Activity(Id<super::Activity>),
    /// A resource at a source.
    Foreign(Foreign),
}
