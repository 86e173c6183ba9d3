//! From an authorization request to a code.
//!
//! An EHR launch goes straight through: the user is signed in to the EHR and has the record open. A standalone launch
//! asks who is there and, where a person is wanted, whose record shall be opened.

mod answer;
mod endpoint;
mod pick;
mod request;
mod sign_in;

pub(super) use endpoint::{by_get, by_post};
pub(super) use pick::{people_to_pick, pick};
pub(super) use request::AuthorizationRequest;
pub(super) use sign_in::sign_in;
