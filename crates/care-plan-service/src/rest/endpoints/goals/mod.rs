//! Goals of a plan.

mod acceptance;
mod achievement;
mod add;
mod change;
mod list;
mod note;
mod read;
mod status;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![
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
