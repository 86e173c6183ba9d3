//! The source that owns a resource, as far as a write needs it.

use async_trait::async_trait;
use fhir_client::FhirError;

/// A source that reads and updates. Tests stand in with one that is as unreliable as real ones.
#[async_trait]
pub trait Owner: Send + Sync {
    /// FHIR base URL, by which absolute references to its own resources are known.
    fn base(&self) -> Option<String>;

    /// Reads a resource as it is now; an answer from a cache would defeat the comparison.
    async fn read(&self, kind: &str, id: &str) -> Result<Owned, FhirError>;

    /// Replaces a resource: `PUT` with `If-Match: W/"{version}"` where a version is given and `Prefer:
    /// return=representation`. Sent once. A 409 and a 412 are both [`FhirError::Stale`].
    async fn update(&self, kind: &str, id: &str, body: &str, version: Option<&str>) -> Result<Written, FhirError>;
}

/// A resource as its owner has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// The JSON as it came.
    pub raw: String,
    /// Version of the `ETag` header, without `W/` and quotes; `None` where there is none.
    pub version: Option<String>,
}

/// What the owner said to an update.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The new version, where it says one.
    pub version: Option<String>,
}
