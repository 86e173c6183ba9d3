//! The team of a plan.

mod add;
mod change;
mod read;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![read::endpoint(), add::endpoint(), change::endpoint()]
}
