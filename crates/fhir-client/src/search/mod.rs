//! Searching one type, with all its pages.

mod anew;
mod page;
mod walk;

pub use page::{OutcomeEntry, Page, Unusable};

use fhir::Resource;

use crate::{FhirError, Status, Validators};

/// A search of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Resource type.
    pub kind: String,
    /// Parameters in their order, not yet encoded.
    pub params: Vec<(String, String)>,
}

impl Query {
    /// A search of a type, without parameters yet.
    pub fn of(kind: impl Into<String>) -> Self {
        Self { kind: kind.into(), params: Vec::new() }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// True where it says who somebody is: such a search goes in a body, because addresses stand in logs (smart-launch
    /// F12).
    pub(crate) fn tells_who(&self) -> bool {
        let of = |name: &str| name.split([':', '.']).any(|part| WHO.contains(&part));
        self.params.iter().any(|(name, _)| of(name))
    }
}

/// Search parameters whose values are somebody's identifier, name, birth date or way to be reached.
const WHO: [&str; 16] = [
    "identifier",
    "name",
    "family",
    "given",
    "phonetic",
    "birthdate",
    "death-date",
    "telecom",
    "phone",
    "email",
    "address",
    "address-city",
    "address-postalcode",
    "address-state",
    "address-country",
    "mothersMaidenName",
];

/// Caps on one search (smart-launch F6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimits {
    /// Pages that are read at most.
    pub pages: u32,
    /// Entries after which no further page is read.
    pub entries: usize,
}

impl Default for PageLimits {
    fn default() -> Self {
        Self { pages: 50, entries: 10_000 }
    }
}

/// Everything that one search brought.
///
/// `resources`, `problems` and `outcomes` together are as many as `entries`: nothing is lost.
#[derive(Debug, Clone)]
pub struct Found {
    /// The resources, matches and included ones, in the order of the server.
    pub resources: Vec<Resource>,
    /// Entries that are not resources.
    pub problems: Vec<Unusable>,
    /// What the server said about the search.
    pub outcomes: Vec<OutcomeEntry>,
    /// Entries that came.
    pub entries: usize,
    /// Pages that came.
    pub pages: u32,
    /// How it went.
    pub status: Status,
}

/// How a search went whose pages were handed out one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// How it went.
    pub status: Status,
    /// Pages that came.
    pub pages: u32,
    /// Entries that came.
    pub entries: usize,
    /// What to hand in to ask for the same only if it has changed; `None` where the server gives nothing for it, and for
    /// more than one page.
    pub validators: Option<Validators>,
    /// Nothing came, because the answer is the one that was known.
    pub unchanged: bool,
}

impl Default for Searched {
    fn default() -> Self {
        Self { status: Status::Complete, pages: 0, entries: 0, validators: None, unchanged: false }
    }
}

impl Found {
    pub(crate) fn failed(error: FhirError) -> Self {
        let status = Status::of_first_page(error);
        Self { resources: Vec::new(), problems: Vec::new(), outcomes: Vec::new(), entries: 0, pages: 0, status }
    }
}
