//! Desmond O'Keefe-Brandt: heart failure, COPD and atrial fibrillation, known at three places.
//!
//! An apostrophe in the name; born on a leap day at one place and on the day before at another; a blood thinner
//! stopped here and active there; carvedilol at two strengths.

mod homehealth;
mod university;
mod valley;

use super::{Person, Place};

/// Known at Valley, at the university and at home.
pub(super) const DESMOND: Person = Person {
    key: "desmond",
    name: "Desmond O'Keefe-Brandt",
    word: "birch",
    records: &[
        (Place::Valley, valley::record),
        (Place::University, university::record),
        (Place::HomeHealth, homehealth::record),
    ],
};
