//! Desmond O'Keefe-Brandt.

use super::Person;

/// Not written yet.
pub(super) const DESMOND: Person =
    Person { key: "desmond", name: "Desmond O'Keefe-Brandt", word: "birch", records: &[] };
