//! Edits that no source took: they are made by whoever writes to a source, and read here.

mod list;
mod read;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![list::endpoint(), read::endpoint()]
}
