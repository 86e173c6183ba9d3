//! Review and sign-off.

mod give_back;
mod next;
mod send;
mod sign;
mod withdraw;

use crate::rest::Endpoint;

pub(super) fn all() -> Vec<Endpoint> {
    vec![send::endpoint(), sign::endpoint(), give_back::endpoint(), withdraw::endpoint(), next::endpoint()]
}
