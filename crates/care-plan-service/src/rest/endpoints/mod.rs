//! The endpoints, one a file.

mod activities;
mod choosing;
mod concerns;
mod decisions;
mod entries;
mod goals;
mod overlays;
mod person;
mod plans;
mod review;
mod scan;
mod team;
mod versions;

use super::{Code, Endpoint, Problem};

/// Every endpoint.
pub fn all() -> Vec<Endpoint> {
    let of_plans = [plans::all(), goals::all(), activities::all(), team::all(), review::all(), versions::all()];
    let of_persons = [concerns::all(), decisions::all(), overlays::all()];
    of_plans.into_iter().chain(of_persons).flatten().collect()
}

/// The answer where a path is there, by other methods.
pub(super) async fn other_method() -> Problem {
    Problem::of(Code::MethodNotAllowed)
}
