//! Health concerns of persons.

mod add;
mod change;
mod list;
mod read;
mod status;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![list::endpoint(), add::endpoint(), read::endpoint(), change::endpoint(), status::endpoint()]
}
