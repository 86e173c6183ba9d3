//! Sharing a source's record: what is agreed before the source is asked for the access that it needs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Purpose;

/// What a person is about to allow. It becomes a [`crate::Consent`] when the source has given the access, and nothing
/// where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// For which purpose.
    pub purpose: Purpose,
    /// Until when; `None` where only taking it back ends it.
    pub until: Option<Timestamp>,
}
