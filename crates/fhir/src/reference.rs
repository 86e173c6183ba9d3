//! References between resources, and where they point.

use serde::Deserialize;

use crate::lenient::Maybe;
use crate::resource::is_id;
use crate::types::Identifier;

/// `Reference`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Reference {
    /// `reference`: relative, absolute, `#contained` or a urn.
    pub reference: Maybe<String>,
    /// `type`.
    #[serde(rename = "type")]
    pub kind: Maybe<String>,
    /// `identifier`, a logical reference.
    pub identifier: Maybe<Box<Identifier>>,
    /// `display`.
    pub display: Maybe<String>,
}

/// Where a reference points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `#id`: inside the same resource.
    Contained(String),
    /// `urn:uuid:…` or `urn:oid:…`: the entry of the same Bundle with this `fullUrl`.
    Urn(String),
    /// `Type/id`, with the version where one is named (`/_history/n`).
    Relative {
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
        /// Version, where the reference names one.
        version: Option<String>,
    },
    /// A whole address: the base, then type and id.
    Absolute {
        /// Everything before the type, without the last slash.
        base: String,
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
        /// Version, where the reference names one.
        version: Option<String>,
    },
    /// Text that is none of these.
    Other(String),
}

impl Reference {
    /// Reads where the reference points; `None` where it has no `reference` text.
    pub fn target(&self) -> Option<Target> {
        self.reference.as_deref().map(Target::parse)
    }
}

impl Target {
    /// Reads the text of a reference (R4 references.html).
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if let Some(id) = text.strip_prefix('#') {
            return Self::Contained(id.to_owned());
        }
        if text.starts_with("urn:") {
            return Self::Urn(text.to_owned());
        }
        let (path, version) = match text.split_once("/_history/") {
            Some((path, version)) => (path, Some(version.to_owned())),
            None => (text, None),
        };
        let mut parts = path.rsplitn(3, '/');
        let (id, kind, base) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
        let known = is_id(id) && is_type(kind);
        match base {
            None if known => Self::Relative { kind: kind.to_owned(), id: id.to_owned(), version },
            Some(base) if known && (base.starts_with("http://") || base.starts_with("https://")) => {
                Self::Absolute { base: base.to_owned(), kind: kind.to_owned(), id: id.to_owned(), version }
            }
            _ => Self::Other(text.to_owned()),
        }
    }
}

/// True for what can be the name of a resource type: a capital, then letters.
fn is_type(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn relative(kind: &str, id: &str, version: Option<&str>) -> Target {
        Target::Relative { kind: kind.into(), id: id.into(), version: version.map(str::to_owned) }
    }

    #[test]
    fn every_form_of_a_reference_is_told_apart() {
        assert_eq!(Target::parse("Goal/17"), relative("Goal", "17", None));
        assert_eq!(Target::parse(" Goal/17/_history/3 "), relative("Goal", "17", Some("3")));
        let absolute = |version: Option<&str>| Target::Absolute {
            base: "https://ehr.example/fhir/r4".into(),
            kind: "Goal".into(),
            id: "17".into(),
            version: version.map(str::to_owned),
        };
        assert_eq!(Target::parse("https://ehr.example/fhir/r4/Goal/17"), absolute(None));
        assert_eq!(Target::parse("https://ehr.example/fhir/r4/Goal/17/_history/2"), absolute(Some("2")));
        assert_eq!(Target::parse("#g1"), Target::Contained("g1".into()));
        assert_eq!(Target::parse("urn:uuid:5c1e"), Target::Urn("urn:uuid:5c1e".into()));
        assert_eq!(Target::parse("urn:oid:1.2.3"), Target::Urn("urn:oid:1.2.3".into()));
    }

    #[test]
    fn what_is_none_of_the_forms_is_kept_as_it_is_written() {
        for text in [
            "",
            "17",
            "Goal",
            "Goal/",
            "/17",
            "goal/17",
            "Goal/a b",
            "Goal?identifier=x|1",
            "ftp://x/Goal/1",
            "../Goal/1",
            "x/Goal/1",
        ] {
            assert_eq!(Target::parse(text), Target::Other(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_reference_without_an_address_points_nowhere() {
        let reference: Reference =
            serde_json::from_str(r#"{"display":"Dr. Lee","identifier":{"value":"7"}}"#).expect("test JSON");
        assert_eq!((reference.target(), reference.display.as_deref()), (None, Some("Dr. Lee")));
        assert_eq!(reference.identifier.as_ref().and_then(|identifier| identifier.value.as_deref()), Some("7"));
    }

    proptest! {
        #[test]
        fn any_type_and_id_are_found_again(kind in "[A-Z][A-Za-z]{2,20}", id in "[A-Za-z0-9][A-Za-z0-9._~-]{0,99}", version in proptest::option::of("[0-9]{1,5}")) {
            let text = version.as_ref().map_or_else(|| format!("{kind}/{id}"), |version| format!("{kind}/{id}/_history/{version}"));
            prop_assert_eq!(Target::parse(&text), relative(&kind, &id, version.as_deref()));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            let _ = Target::parse(&text);
        }
    }
}
