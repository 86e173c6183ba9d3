//! Hồng Loan Nguyễn.

use super::Person;

/// Not written yet.
pub(super) const LOAN: Person = Person { key: "loan", name: "Hồng Loan Nguyễn", word: "cedar", records: &[] };
