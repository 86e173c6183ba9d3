//! The versions of a plan.

mod list;
mod read;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![list::endpoint(), read::endpoint()]
}
