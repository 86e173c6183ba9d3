//! What lies at a source.

use serde::{Deserialize, Serialize};

/// A resource at a source, as the shared plan points at it. Its content stays there; the display is what people saw when
/// they chose it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Foreign {
    /// The source.
    pub source: String,
    /// Resource type.
    pub kind: String,
    /// Logical id there.
    pub id: String,
    /// `meta.versionId` that was seen, where it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What it was called on the screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}
