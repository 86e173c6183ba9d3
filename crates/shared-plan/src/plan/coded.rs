//! Concepts as people choose them: coded, or in their own words.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// A concept. Free text is always possible, and is never equal to a code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Coded {
    /// What people read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The same in code systems.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<Coding>,
}

/// One code of one system.
#[derive(Debug, Clone, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Coding {
    /// The system's URI.
    pub system: String,
    /// The code.
    pub code: String,
    /// What the system calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// True where the terminology server could not be asked when it was entered: nobody has vouched for the code yet. The
    /// service says so; what a program sends is not looked at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// Whether somebody has vouched for a code is no part of what it says: a form that sends a code back as it stood changes
/// nothing.
impl PartialEq for Coding {
    fn eq(&self, other: &Self) -> bool {
        (&self.system, &self.code, &self.display) == (&other.system, &other.code, &other.display)
    }
}

impl Hash for Coding {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.system, &self.code, &self.display).hash(state);
    }
}

impl Coded {
    /// A concept in somebody's own words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), codings: Vec::new() }
    }

    /// What people read: the text, else the first display, else the first code.
    pub fn title(&self) -> &str {
        let display = || self.codings.iter().find_map(|coding| coding.display.as_deref());
        let code = || self.codings.first().map(|coding| coding.code.as_str());
        self.text.as_deref().or_else(display).or_else(code).unwrap_or_default()
    }

    /// The codes that nobody has vouched for yet.
    pub fn unverified(&self) -> impl Iterator<Item = &Coding> {
        self.codings.iter().filter(|coding| coding.unverified)
    }

    /// The first code, for figures and events.
    pub fn first_code(&self) -> Option<&str> {
        self.codings.first().map(|coding| coding.code.as_str())
    }
}
