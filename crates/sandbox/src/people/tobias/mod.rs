//! Tobias Achterberg.

use super::Person;

/// Not written yet.
pub(super) const TOBIAS: Person = Person { key: "tobias", name: "Tobias Achterberg", word: "elm", records: &[] };
