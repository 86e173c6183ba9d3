//! Whose is it: what screens are told about shared plans of which nobody knows whose they are.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared_plan::ports::Kind;

/// Shared plans of which nobody knows whose they are, for the pages of a launch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// Those that hung on this person.
    pub here: usize,
    /// Those that hung on another person and may be this one's.
    pub elsewhere: usize,
    /// True where the user may say whose they are.
    pub may_settle: bool,
    /// True where it could not be asked whether there are any.
    pub unknown: bool,
}

/// One of them, as whoever answers needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsettledItem {
    /// Its name in forms.
    pub name: String,
    /// Which question it is.
    pub question: u64,
    /// What it is.
    pub kind: Kind,
    /// What it is about; `None` where it does not say.
    pub title: Option<String>,
    /// Who began it.
    pub begun: Written,
    /// Who changed it last; `None` where nobody did.
    pub changed: Option<Written>,
    /// The records that were taken out since, and may be whose it is.
    pub candidates: Vec<Candidate>,
}

/// Who wrote something, when, and at which record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The source of the record; `None` where it was written without one.
    pub source_name: Option<String>,
}

/// A record that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its name in forms.
    pub name: String,
    /// Its source.
    pub source_name: String,
}

/// The answer that it stays with this person, in forms.
pub const STAYS: &str = "stays";
/// The answer that nobody knows it yet, in forms.
pub const NOT_KNOWN: &str = "not-known";
/// The name of [`Answered`] in an [`crate::desk::Answer`].
pub const WHOSE_IS_IT: &str = "whose_is_it";

/// What came of an answer whose a shared plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answered {
    /// A record was taken out just now, and this is asked because of it.
    TakenOut,
    /// It is kept.
    Kept {
        /// True where it stays with this person.
        stays: bool,
    },
    /// It stays hidden until somebody knows.
    NotKnown,
    /// Somebody else has answered before, or the question is another one by now.
    Before,
    /// Nothing was chosen.
    NothingChosen,
}
