//! A Bundle read as an envelope: the entries stay raw until someone asks.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::lenient::{Many, Maybe};

/// A Bundle whose entries are still raw JSON, borrowed from the body.
#[derive(Debug, Clone)]
pub struct Bundle<'a> {
    /// `type`: searchset, transaction, collection, …
    pub kind: Option<String>,
    /// `total`, which servers may leave out or get wrong: never use it to decide completeness.
    pub total: Option<u64>,
    /// `link` with relation `next`, verbatim.
    pub next: Option<String>,
    /// The entries in their order.
    pub entries: Vec<Entry<'a>>,
}

/// One entry of a Bundle.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// `fullUrl`.
    pub full_url: Option<String>,
    /// `search.mode`.
    pub mode: EntryMode,
    /// `resource`, raw.
    pub resource: Option<&'a str>,
}

/// What an entry of a searchset is there for (R4 `search-entry-mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryMode {
    /// It matched the search.
    Match,
    /// It came along by `_include` or `_revinclude`.
    Include,
    /// An OperationOutcome about the search itself.
    Outcome,
    /// The server did not say.
    Unsaid,
}

/// Why a body is not a Bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Not JSON (a truncated body is this, too).
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    /// JSON, but another resource.
    #[error("the body is a {0}, not a Bundle")]
    Other(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawBundle<'a> {
    #[serde(default)]
    resource_type: Maybe<String>,
    #[serde(default, rename = "type")]
    kind: Maybe<String>,
    #[serde(default)]
    total: Maybe<u64>,
    #[serde(default)]
    link: Many<Link>,
    #[serde(default, borrow)]
    entry: Option<&'a RawValue>,
}

#[derive(Deserialize, Default, Clone, Debug)]
#[serde(default)]
struct Link {
    relation: Maybe<String>,
    url: Maybe<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawEntry<'a> {
    #[serde(default)]
    full_url: Maybe<String>,
    #[serde(default)]
    search: Maybe<Search>,
    #[serde(default, borrow)]
    resource: Option<&'a RawValue>,
}

#[derive(Deserialize, Default, Clone, Debug)]
#[serde(default)]
struct Search {
    mode: Maybe<String>,
}

impl<'a> Bundle<'a> {
    /// Reads the envelope; every entry is kept, also one that is not an object.
    pub fn parse(body: &'a str) -> Result<Self, BundleError> {
        let raw: RawBundle<'a> = serde_json::from_str(body).map_err(|error| BundleError::NotJson(error.to_string()))?;
        let kind = raw.resource_type.0.unwrap_or_default();
        if kind != "Bundle" {
            return Err(BundleError::Other(if kind.is_empty() {
                "document without resourceType".into()
            } else {
                kind
            }));
        }
        let members: Vec<&'a RawValue> =
            raw.entry.and_then(|entry| serde_json::from_str(entry.get()).ok()).unwrap_or_default();
        let next =
            raw.link.0.into_iter().find(|link| link.relation.as_deref() == Some("next")).and_then(|link| link.url.0);
        Ok(Self {
            kind: raw.kind.0,
            total: raw.total.0,
            next,
            entries: members.into_iter().map(Entry::parse).collect(),
        })
    }
}

impl<'a> Entry<'a> {
    fn parse(member: &'a RawValue) -> Self {
        let Ok(raw) = serde_json::from_str::<RawEntry<'a>>(member.get()) else {
            return Self { full_url: None, mode: EntryMode::Unsaid, resource: Some(member.get()) };
        };
        let mode = match raw.search.0.and_then(|search| search.mode.0).as_deref() {
            Some("match") => EntryMode::Match,
            Some("include") => EntryMode::Include,
            Some("outcome") => EntryMode::Outcome,
            _ => EntryMode::Unsaid,
        };
        Self { full_url: raw.full_url.0, mode, resource: raw.resource.map(RawValue::get) }
    }
}
