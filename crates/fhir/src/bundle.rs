//! A Bundle read as an envelope: the entries stay raw until someone asks.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::lenient::{self, Many, Maybe};

/// A Bundle whose entries are still raw JSON, borrowed from the body.
#[derive(Debug, Clone)]
pub struct Bundle<'a> {
    /// `type`: searchset, transaction, collection, …
    pub kind: Option<String>,
    /// `total`, which servers may leave out or get wrong: never use it to decide completeness.
    pub total: Option<u64>,
    /// `link` with relation `next`, verbatim; empty where it has no address that can be read. A page that leads on is
    /// never taken for the last one.
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

/// The envelope of a bundle whose entries are a list of objects.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WholeBundle<'a> {
    #[serde(default)]
    resource_type: Maybe<String>,
    #[serde(default, rename = "type")]
    kind: Maybe<String>,
    #[serde(default)]
    total: Maybe<u64>,
    #[serde(default)]
    link: Many<Link>,
    #[serde(default, borrow, deserialize_with = "objects")]
    entry: Vec<RawEntry<'a>>,
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
        if !body.trim_start().starts_with('{') {
            // A list would be read as the fields in order; what is no JSON fails with its own words.
            serde_json::from_str::<&RawValue>(body).map_err(|error| BundleError::NotJson(error.to_string()))?;
            return Err(BundleError::Other("document without resourceType".into()));
        }
        // As it nearly always is: a list of objects, read in one walk. Anything else is read entry by entry.
        if let Ok(whole) = lenient::from_str::<WholeBundle<'a>>(body)
            && whole.resource_type.as_deref() == Some("Bundle")
        {
            let entries = whole.entry.into_iter().map(Entry::of).collect();
            return Ok(Self { kind: whole.kind.0, total: whole.total.0, next: next_of(whole.link), entries });
        }
        let raw: RawBundle<'a> = lenient::from_str(body).map_err(|error| BundleError::NotJson(error.to_string()))?;
        let kind = raw.resource_type.0.unwrap_or_default();
        if kind != "Bundle" {
            return Err(BundleError::Other(if kind.is_empty() {
                "document without resourceType".into()
            } else {
                kind
            }));
        }
        let members = raw.entry.map(members).unwrap_or_default();
        Ok(Self {
            kind: raw.kind.0,
            total: raw.total.0,
            next: next_of(raw.link),
            entries: members.into_iter().map(Entry::parse).collect(),
        })
    }
}

/// The address of the next page; empty where it cannot be read.
fn next_of(links: Many<Link>) -> Option<String> {
    let next = links.0.into_iter().find(|link| link.relation.as_deref() == Some("next"))?;
    Some(next.url.0.unwrap_or_default())
}

/// A list of entries that are all objects; a struct alone would also be read from a list, its fields in order.
fn objects<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<RawEntry<'de>>, D::Error> {
    struct Object<'de>(RawEntry<'de>);

    impl<'de> Deserialize<'de> for Object<'de> {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(ObjectVisitor).map(Self)
        }
    }

    struct ObjectVisitor;

    impl<'de> serde::de::Visitor<'de> for ObjectVisitor {
        type Value = RawEntry<'de>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<RawEntry<'de>, A::Error> {
            RawEntry::deserialize(serde::de::value::MapAccessDeserializer::new(map))
        }
    }

    Ok(Vec::<Object<'de>>::deserialize(deserializer)?.into_iter().map(|Object(entry)| entry).collect())
}

/// The entries. What stands there but is no list is one entry, so that nothing that was sent goes unseen.
fn members(entry: &RawValue) -> Vec<&RawValue> {
    match entry.get() {
        "null" => Vec::new(),
        list if list.starts_with('[') => serde_json::from_str(list).unwrap_or_default(),
        _ => vec![entry],
    }
}

impl<'a> Entry<'a> {
    fn parse(member: &'a RawValue) -> Self {
        if !member.get().starts_with('{') {
            return Self { full_url: None, mode: EntryMode::Unsaid, resource: Some(member.get()) };
        }
        let Ok(raw) = lenient::from_str::<RawEntry<'a>>(member.get()) else {
            return Self { full_url: None, mode: EntryMode::Unsaid, resource: Some(member.get()) };
        };
        Self::of(raw)
    }

    fn of(raw: RawEntry<'a>) -> Self {
        let mode = match raw.search.0.and_then(|search| search.mode.0).as_deref() {
            Some("match") => EntryMode::Match,
            Some("include") => EntryMode::Include,
            Some("outcome") => EntryMode::Outcome,
            _ => EntryMode::Unsaid,
        };
        Self { full_url: raw.full_url.0, mode, resource: raw.resource.map(RawValue::get) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_envelope_is_read_and_its_entries_stay_raw() {
        let body = r#"{"resourceType":"Bundle","type":"searchset","total":"many","link":[{"relation":"self","url":"s"},
            {"relation":"next","url":"https://x.example/fhir?page=2&a=b"}],
            "entry":[{"fullUrl":"u","resource":{"resourceType":"Goal","id":"1","x":7.10},"search":{"mode":"match"}},
            {"search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome"}},{"search":{"mode":"include"}}]}"#;
        let bundle = Bundle::parse(body).expect("a bundle");
        assert_eq!((bundle.kind.as_deref(), bundle.total), (Some("searchset"), None));
        assert_eq!(bundle.next.as_deref(), Some("https://x.example/fhir?page=2&a=b"));
        let modes: Vec<EntryMode> = bundle.entries.iter().map(|entry| entry.mode).collect();
        assert_eq!(modes, [EntryMode::Match, EntryMode::Outcome, EntryMode::Include]);
        assert_eq!(bundle.entries[0].resource, Some(r#"{"resourceType":"Goal","id":"1","x":7.10}"#));
        assert_eq!((bundle.entries[0].full_url.as_deref(), bundle.entries[2].resource), (Some("u"), None));
    }

    #[test]
    fn an_entry_that_is_no_object_is_kept_and_so_is_one_outside_of_a_list() {
        let resources = |entry: &str| {
            let body = format!(r#"{{"resourceType":"Bundle","entry":{entry}}}"#);
            let bundle = Bundle::parse(&body).expect("a bundle");
            bundle.entries.iter().map(|entry| entry.resource.map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(resources(r#"[null,7,"x",[1]]"#), ["null", "7", r#""x""#, "[1]"].map(|text| Some(text.to_owned())));
        assert_eq!(resources(r#"{"resource":{"id":"1"}}"#), [Some(r#"{"id":"1"}"#.to_owned())]);
        assert_eq!(resources(r#""gone""#), [Some(r#""gone""#.to_owned())]);
        assert_eq!(resources(r#"[{"resource":null}]"#), [None]);
        assert!(resources("null").is_empty() && resources("[]").is_empty());
    }

    #[test]
    fn f6_a_next_link_that_cannot_be_read_is_not_the_end_of_the_pages() {
        for url in ["7", "null", "{}", "[7]"] {
            let body = format!(r#"{{"resourceType":"Bundle","link":[{{"relation":"next","url":{url}}}]}}"#);
            assert_eq!(Bundle::parse(&body).expect("a bundle").next.as_deref(), Some(""), "{url}");
        }
        assert_eq!(Bundle::parse(r#"{"resourceType":"Bundle","link":[{"relation":"self"}]}"#).expect("one").next, None);
    }

    #[test]
    fn what_is_no_bundle_says_what_it_is() {
        assert_eq!(Bundle::parse(r#"{"resourceType":"Patient"}"#).err(), Some(BundleError::Other("Patient".into())));
        assert!(matches!(Bundle::parse("{}"), Err(BundleError::Other(_))));
        assert!(matches!(Bundle::parse(r#"["Bundle"]"#), Err(BundleError::Other(_))));
        for body in ["", "<html></html>", r#"{"resourceType":"Bundle","entry":[{"resource":{"#] {
            assert!(matches!(Bundle::parse(body), Err(BundleError::NotJson(_))), "{body}");
        }
    }

    proptest! {
        #[test]
        fn no_entry_is_ever_lost(entries in prop::collection::vec(prop_oneof![
            Just("null".to_owned()), Just("7".to_owned()), Just(r#"{"fullUrl":3,"search":[],"resource":{}}"#.to_owned()),
            Just(r#"{"resource":{"resourceType":"Goal","id":"1"}}"#.to_owned()), Just("{}".to_owned()), Just(r#"[{"resource":{}}]"#.to_owned()),
        ], 0..20)) {
            let body = format!(r#"{{"entry":[{}],"resourceType":"Bundle"}}"#, entries.join(","));
            prop_assert_eq!(Bundle::parse(&body).expect("a bundle").entries.len(), entries.len());
            let cut = &body[..body.len() - 1];
            prop_assert!(Bundle::parse(cut).is_err(), "a truncated body is never a shorter bundle");
        }
    }
}
