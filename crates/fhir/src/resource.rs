//! One resource with the bytes it came as, and who it is.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::lenient::{self, Many, Maybe};
use crate::mapping::{self, Release};
use crate::types::{Identifier, Meta};

/// Name of a FHIR server as the tenant's configuration calls it, such as `valley-ehr`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// No `id`, or one that cannot be part of an address ([`is_id`]).
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
    /// As R4 would write it, where it came in another release and differs.
    mapped: Option<Arc<str>>,
    /// `fullUrl` of its entry, where that is a urn.
    urn: Option<Arc<str>>,
}

/// Deepest nesting that is read: what serde_json reads as a tree, so that no resource can be kept and then not be patched.
const DEEPEST: usize = 127;

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
        // A struct would also be read from a list, its fields in order.
        if !raw.trim_start().starts_with('{') {
            return Err(ParseError::NotJson("something else".to_owned()));
        }
        if is_deeper_than(raw, DEEPEST) {
            return Err(ParseError::NotJson(format!("nested deeper than {DEEPEST} levels")));
        }
        let head: Head = lenient::from_str(raw).map_err(|error| ParseError::NotJson(error.to_string()))?;
        let kind = head.resource_type.0.filter(|kind| !kind.is_empty()).ok_or(ParseError::NoType)?;
        let Some(id) = head.id.0.filter(|id| is_id(id)) else { return Err(ParseError::NoId { kind }) };
        Ok(Self {
            key: ResourceKey { source: source.clone(), kind, id },
            meta: head.meta.0.unwrap_or_default(),
            identifiers: head.identifier.0,
            raw: raw.into(),
            mapped: None,
            urn: None,
        })
    }

    /// The same resource, sent in an entry with this `fullUrl`. Only a urn is kept: an address says what is known.
    #[must_use]
    pub fn sent_as(mut self, full_url: Option<&str>) -> Self {
        self.urn = full_url.map(str::trim).filter(|url| url.starts_with("urn:")).map(Into::into);
        self
    }

    /// The urn by which other entries of its Bundle refer to it, where it was sent under one.
    pub fn urn(&self) -> Option<&str> {
        self.urn.as_deref()
    }

    /// The same resource, read as one of this release: the bytes stay, the views see it as R4 would write it.
    #[must_use]
    pub fn of_release(mut self, release: Release) -> Self {
        self.mapped = mapping::to_r4(release, self.kind(), &self.raw).map(Into::into);
        self
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
        lenient::from_str(self.r4()).unwrap_or_default()
    }

    /// The JSON that the views read: as it came, and of another release as R4 would write it.
    pub fn r4(&self) -> &str {
        self.mapped.as_deref().unwrap_or(&self.raw)
    }

    /// The resource as R4 would write it, as a JSON tree.
    pub fn to_r4_value(&self) -> serde_json::Value {
        serde_json::from_str(self.r4()).unwrap_or_default()
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

/// Longest id that is read.
const LONGEST_ID: usize = 255;

/// True for what can be a logical id: letters, digits, `-`, `.`, `_` and `~`, which need no escaping in an address.
///
/// FHIR allows 1 to 64 of `[A-Za-z0-9-.]` (R4 datatypes, `id`), and large vendors send longer ones and ones with `_`;
/// a resource must not be lost for its name. Not an id: what starts with `_`, for that is an operation of the server
/// (`_history`), and `.` and `..`, for they are steps in an address.
pub fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (1..=LONGEST_ID).contains(&text.len())
        && text.bytes().all(allowed)
        && !text.starts_with('_')
        && !matches!(text, "." | "..")
}

/// True where JSON is nested deeper than a number of levels. Brackets inside of strings do not count.
fn is_deeper_than(json: &str, most: usize) -> bool {
    // With so few brackets in all it cannot be, and counting them is quick.
    if json.bytes().filter(|byte| matches!(byte, b'{' | b'[')).count() <= most {
        return false;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > most {
                    return true;
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(json: &str) -> Result<Resource, ParseError> {
        Resource::parse(&SourceId::new("a"), json)
    }

    #[test]
    fn a_resource_keeps_its_bytes() {
        let raw = "{ \"id\":\"1\",\n \"resourceType\":\"Goal\", \"x\": 7.10, \"_x\": null }";
        let resource = parse(raw).expect("a resource");
        assert_eq!((resource.raw(), resource.to_raw_value().get()), (raw, raw));
        assert_eq!(resource.to_value().to_string(), r#"{"id":"1","resourceType":"Goal","x":7.10,"_x":null}"#);
        assert_eq!(resource.key().to_string(), "a/Goal/1");
    }

    #[test]
    fn an_id_is_what_can_stand_in_an_address() {
        let with = |id: &str| parse(&serde_json::json!({ "resourceType": "Goal", "id": id }).to_string());
        for id in ["1", "A-b.9", &"x".repeat(64), "G-65_20", &"eR6.n0-me5v".repeat(10)] {
            assert_eq!(with(id).expect("an id that is allowed").id(), id);
        }
        for id in ["", "a b", "a/b", "ü", "_history", ".", "..", "../x", "a%2fb", "a?b", &"x".repeat(256)] {
            assert_eq!(with(id).err(), Some(ParseError::NoId { kind: "Goal".into() }), "{id}");
        }
        let odd =
            [r#"{"resourceType":"Goal"}"#, r#"{"resourceType":"Goal","id":7}"#, r#"{"resourceType":"Goal","id":null}"#];
        assert!(odd.iter().all(|json| matches!(parse(json), Err(ParseError::NoId { .. }))));
    }

    #[test]
    fn what_has_no_type_is_no_resource() {
        for json in ["{}", r#"{"id":"1"}"#, r#"{"resourceType":"","id":"1"}"#, r#"{"resourceType":7,"id":"1"}"#] {
            assert_eq!(parse(json).err(), Some(ParseError::NoType), "{json}");
        }
        for json in ["", "null", "7", r#"["Goal","1"]"#, r#"{"resourceType":"Goal","id":"1""#, "<html>"] {
            assert!(matches!(parse(json), Err(ParseError::NotJson(_))), "{json}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_to_be_patched_is_refused() {
        let nested = |levels: usize| {
            format!(r#"{{"resourceType":"Goal","id":"1","x":{}{}}}"#, "[".repeat(levels), "]".repeat(levels))
        };
        assert!(!parse(&nested(DEEPEST - 1)).expect("just deep enough").to_value().is_null());
        assert!(matches!(parse(&nested(DEEPEST)), Err(ParseError::NotJson(_))));
        let brackets = serde_json::json!({ "resourceType": "Goal", "id": "1", "text": "\\\"[".repeat(200) });
        assert!(parse(&brackets.to_string()).is_ok(), "brackets in a string are no nesting");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}", cut in 0..60_usize) {
            let _ = parse(&text);
            let whole = serde_json::json!({ "resourceType": "Goal", "id": "1", "text": text }).to_string();
            prop_assert!(parse(&whole).is_ok());
            prop_assert!(parse(whole.get(..whole.len().saturating_sub(cut + 1)).unwrap_or_default()).is_err(), "truncated");
        }
    }
}
