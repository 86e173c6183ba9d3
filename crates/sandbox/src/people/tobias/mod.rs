//! Tobias Achterberg: gout, obesity and sleep apnea, known at three places.
//!
//! His records carry text that would run if a screen did not escape it, two conditions that are each other's cause, and
//! allopurinol at two strengths.

mod nephrology;
mod university;
mod valley;

use super::{Person, Place};

/// Known at Valley, at the kidney clinic and at the university.
pub(super) const TOBIAS: Person = Person {
    key: "tobias",
    name: "Tobias Achterberg",
    word: "elm",
    records: &[
        (Place::Valley, valley::record),
        (Place::Nephrology, nephrology::record),
        (Place::University, university::record),
    ],
};
