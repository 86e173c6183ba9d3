//! What a part of a plan is about.

use serde::{Deserialize, Serialize};

use crate::{Foreign, Id};

/// A thing that a part of a plan points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A health concern that was entered here.
    Concern(Id<ConcernMark>),
    /// A goal of the same plan.
    Goal(Id<super::Goal>),
    /// An activity of the same plan.
    Activity(Id<super::Activity>),
    /// A resource at a source.
    Foreign(Foreign),
}

/// Stands for a concern in its id, so that the plan need not know what a concern is made of.
#[derive(Debug)]
pub enum ConcernMark {}
