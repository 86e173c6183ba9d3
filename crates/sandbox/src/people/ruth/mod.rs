//! Ruth Leilani Kealoha: rheumatoid arthritis, osteoporosis, kidney disease and too little food in the house, known at
//! three places.
//!
//! Ibuprofen is ordered at one place, hurts the kidneys another place treats, and is an allergy at the third; the
//! middle name is missing elsewhere; no allergies are known here and were not recorded there. She is the one whom two
//! places know by the same number.

mod homehealth;
mod nephrology;
mod valley;

use super::{Person, Place};

/// Known at Valley, at the kidney clinic and at home.
pub(super) const RUTH: Person = Person {
    key: "ruth",
    name: "Ruth Leilani Kealoha",
    word: "dogwood",
    records: &[
        (Place::Valley, valley::record),
        (Place::Nephrology, nephrology::record),
        (Place::HomeHealth, homehealth::record),
    ],
};
