//! Two versions of a plan, compared: what is different, field by field, and the same in words.
//!
//! *Law:* nothing is left out. Two versions without a difference are equal, apart from what counts and dates changes
//! (versions, times, contributors).

mod activity;
mod difference;
mod exactly;
mod found;
mod goal;
mod legible;
mod names;
mod plan;
mod said;
mod say;
mod summary;
mod team;
mod words;

pub use difference::{Difference, Field, Part};
pub use said::Said;
pub use summary::{Summary, summary};
pub use words::{sentence, words};

use crate::plan::Plan;
use found::Found;

/// What is different in `after`, in the order of the plan: what it says itself, its review, goals, activities, team.
///
/// Both are versions of one plan: id, tenant, person and the time of its making are the same.
pub fn compare(before: &Plan, after: &Plan) -> Vec<Difference> {
    let mut found = Found::new(before, after);
    plan::plan(&mut found);
    goal::goals(&mut found);
    activity::activities(&mut found);
    team::team(&mut found);
    found.list
}
