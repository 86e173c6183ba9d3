//! One resource with the bytes it came as, and who it is.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::lenient::{Many, Maybe};
use crate::types::{Identifier, Meta};

/// Name of a FHIR server as the tenant's configuration calls it, such as `valley-ehr`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub Arc<str>);

impl SourceId {
    /// Makes the id from its text.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Identity of a resource: source, type and logical id, never the id alone.
///
/// Two servers use the same ids freely, so an id without its source says nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceKey {
    /// Server that holds it.
    pub source: SourceId,
    /// FHIR resource type, such as `Goal`.
    pub kind: String,
    /// Logical id at that server.
    pub id: String,
}

impl fmt::Display for ResourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.source, self.kind, self.id)
    }
}

/// Why a piece of JSON is not a resource.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Not JSON, not an object, or nested deeper than 128 levels.
    #[error("not a JSON object: {0}")]
    NotJson(String),
    /// No `resourceType`.
    #[error("no resourceType")]
    NoType,
    /// No `id`, or one that FHIR does not allow (R4 datatypes, `id`).
    #[error("{kind} without a usable id")]
    NoId {
        /// The type it says it is.
        kind: String,
    },
}

/// One FHIR resource of one source, with the bytes it came as.
#[derive(Debug, Clone)]
pub struct Resource {
    key: ResourceKey,
    meta: Meta,
    identifiers: Vec<Identifier>,
    raw: Arc<str>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Head {
    resource_type: Maybe<String>,
    id: Maybe<String>,
    meta: Maybe<Meta>,
    identifier: Many<Identifier>,
}

impl Resource {
    /// Reads type, id and meta; keeps the rest as it is.
    pub fn parse(source: &SourceId, raw: &str) -> Result<Self, ParseError> {
        let head: Head = serde_json::from_str(raw).map_err(|error| ParseError::NotJson(error.to_string()))?;
        let kind = head.resource_type.0.filter(|kind| !kind.is_empty()).ok_or(ParseError::NoType)?;
        let Some(id) = head.id.0.filter(|id| is_id(id)) else { return Err(ParseError::NoId { kind }) };
        Ok(Self {
            key: ResourceKey { source: source.clone(), kind, id },
            meta: head.meta.0.unwrap_or_default(),
            identifiers: head.identifier.0,
            raw: raw.into(),
        })
    }

    /// Source, type and id.
    pub fn key(&self) -> &ResourceKey {
        &self.key
    }

    /// FHIR resource type.
    pub fn kind(&self) -> &str {
        &self.key.kind
    }

    /// Logical id at its source.
    pub fn id(&self) -> &str {
        &self.key.id
    }

    /// `meta.versionId`, where the server gives one.
    pub fn version(&self) -> Option<&str> {
        self.meta.version_id.as_deref()
    }

    /// The resource's `meta`.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Business identifiers (element `identifier`, a list on almost every type).
    pub fn identifiers(&self) -> &[Identifier] {
        &self.identifiers
    }

    /// The JSON exactly as it came.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Reads the resource as a view, such as [`crate::Goal`]. Never fails: what is not as expected is empty in the view.
    pub fn read<T: DeserializeOwned + Default>(&self) -> T {
        serde_json::from_str(&self.raw).unwrap_or_default()
    }

    /// The resource as a JSON tree that keeps order, unknown elements and number text.
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::from_str(&self.raw).unwrap_or_default()
    }

    /// The resource as raw JSON to embed elsewhere without reading it.
    pub fn to_raw_value(&self) -> Box<RawValue> {
        RawValue::from_string(self.raw.to_string()).unwrap_or_default()
    }
}

/// True for what FHIR allows as a logical id: 1 to 64 of `[A-Za-z0-9-.]` (R4 datatypes, `id`).
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}
