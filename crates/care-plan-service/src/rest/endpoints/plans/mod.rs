//! Plans.

mod activate;
mod change;
mod close;
mod create;
mod hold;
mod list;
mod read;
mod resume;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![
        list::endpoint(),
        create::endpoint(),
        read::endpoint(),
        change::endpoint(),
        activate::endpoint(),
        hold::endpoint(),
        resume::endpoint(),
        close::endpoint(),
    ]
}
