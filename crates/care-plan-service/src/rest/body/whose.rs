//! Whose something is.

use schemars::JsonSchema;
use serde::Deserialize;

/// A Patient at a source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PatientBody {
    /// The source, as the configuration calls it.
    pub source: String,
    /// The logical id of the Patient there.
    pub id: String,
}
