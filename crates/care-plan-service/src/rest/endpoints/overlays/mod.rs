//! Edits that no source took: kept beside the resource that they point at, by whoever wanted them.

mod lay;
mod list;
mod read;
mod revise;
mod withdraw;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![list::endpoint(), lay::endpoint(), read::endpoint(), revise::endpoint(), withdraw::endpoint()]
}
