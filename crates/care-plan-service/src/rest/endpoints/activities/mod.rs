//! Activities of a plan.

mod add;
mod all_plans;
mod assign;
mod change;
mod complete;
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
        assign::endpoint(),
        complete::endpoint(),
        note::endpoint(),
    ]
}
