//! Settling a detected issue: what can be chosen, the form, what was settled, and the message to a prescriber.

mod choice;
mod draft;
mod form;
mod locked;
mod settled;
mod told;

pub use choice::{Choice, choices, is_of_order};
pub use draft::draft;
pub(super) use form::decide_form;
pub use locked::{Locked, locked};
pub(super) use settled::settled;
pub use told::decide_told;
