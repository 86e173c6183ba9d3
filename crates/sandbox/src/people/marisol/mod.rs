//! Marisol Vega-Thornton, the lead person: type 2 diabetes with kidney disease, hypertension and heart failure, known
//! at all four places.
//!
//! Her records disagree on purpose: HbA1c below 7.0 or below 8.0, stage 3B or 4, metformin 500 or 1000 mg while the
//! filtration has fallen below 30, lisinopril ordered at one place and an angioedema from it recorded at another, an
//! ulcer that healed here and is still treated there.

mod homehealth;
mod measurements;
mod nephrology;
mod university;
mod valley;
mod valley_activities;

use super::{Person, Place};

/// The lead person.
pub(super) const MARISOL: Person = Person {
    key: "marisol",
    name: "Marisol Vega-Thornton",
    word: "alder",
    records: &[
        (Place::Valley, valley::record),
        (Place::Nephrology, nephrology::record),
        (Place::University, university::record),
        (Place::HomeHealth, homehealth::record),
    ],
};
