//! Hồng Loan Nguyễn: kidney failure near, chronic hepatitis B and depression, known at three places.
//!
//! A name that is not ASCII; its parts swapped and its marks lost elsewhere. A labelled (restricted) diagnosis at the
//! university, a reference to another server as a whole address, and a HbA1c written `7.10`.

mod nephrology;
mod university;
mod valley;

use super::{Person, Place};

/// Known at Valley, at the kidney clinic and at the university.
pub(super) const LOAN: Person = Person {
    key: "loan",
    name: "Hồng Loan Nguyễn",
    word: "cedar",
    records: &[
        (Place::Valley, valley::record),
        (Place::Nephrology, nephrology::record),
        (Place::University, university::record),
    ],
};
