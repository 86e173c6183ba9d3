//! The versions of a plan as they are answered.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::plan::Plan;
use shared_plan::ports::{VersionHead, WhyMoved};
use shared_plan::{Id, Version, Who};

/// Who made a version, when and why.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VersionEntry {
    version: Version,
    at: Timestamp,
    by: Who,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Where nothing was written and only settled whose plan it is: why that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<WhyMoved>,
}

impl From<VersionHead> for VersionEntry {
    fn from(head: VersionHead) -> Self {
        Self { version: head.version, at: head.at, by: head.by, reason: head.reason, moved: head.moved }
    }
}

/// The versions of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VersionList {
    /// The plan.
    pub plan: Id<Plan>,
    /// Newest first.
    pub versions: Vec<VersionEntry>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
