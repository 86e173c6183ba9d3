//! Goals of a plan.

mod acceptance;
mod achievement;
mod add;
mod all_plans;
mod change;
mod filter;
mod list;
mod note;
mod read;
mod status;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![
        all_plans::endpoint(),
        list::endpoint(),
        add::endpoint(),
        read::endpoint(),
        change::endpoint(),
        status::endpoint(),
        achievement::endpoint(),
        acceptance::endpoint(),
        note::endpoint(),
    ]
}
