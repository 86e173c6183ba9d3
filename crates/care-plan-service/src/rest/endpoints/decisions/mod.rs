//! Decisions about detected issues.

mod decide;
mod list;
mod read;
mod redraft;
mod withdraw;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![list::endpoint(), decide::endpoint(), read::endpoint(), redraft::endpoint(), withdraw::endpoint()]
}
