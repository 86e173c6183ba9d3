//! The endpoints, one a file.

mod activities;
mod goals;
mod plans;
mod review;
mod team;
mod versions;

use super::{Code, Endpoint, Problem};

/// Every endpoint.
pub fn all() -> Vec<Endpoint> {
    [plans::all(), goals::all(), activities::all(), team::all(), review::all(), versions::all()]
        .into_iter()
        .flatten()
        .collect()
}

/// The answer where a path is there, by other methods.
pub(super) async fn other_method() -> Problem {
    Problem::of(Code::MethodNotAllowed)
}
