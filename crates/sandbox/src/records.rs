//! What the pages of an EHR read of its store.

use serde_json::Value;

/// One version of a resource.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    /// Its `meta.versionId`.
    pub number: String,
    /// The resource; `None` where this version is its deletion.
    pub resource: Option<Value>,
}

/// Reads an EHR's records without asking who reads: the sandbox has no secrets from the person at the machine.
pub(crate) trait Records: Send + Sync {
    /// Resource types with the number of resources of each, in alphabetical order.
    fn kinds(&self) -> Vec<(String, usize)>;
    /// The present resources of a type, in a steady order.
    fn list(&self, kind: &str) -> Vec<Value>;
    /// All versions of a resource, newest first; empty where there never was one.
    fn versions(&self, kind: &str, id: &str) -> Vec<Version>;
}
