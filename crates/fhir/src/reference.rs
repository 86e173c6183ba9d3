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
