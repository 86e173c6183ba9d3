//! Ruth Leilani Kealoha.

use super::Person;

/// Not written yet.
pub(super) const RUTH: Person = Person { key: "ruth", name: "Ruth Leilani Kealoha", word: "dogwood", records: &[] };
