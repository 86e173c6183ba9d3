//! What these tests stand on: three tenants with sources of their own, and browsers that ask one thing at a time.

pub mod browser;
#[path = "../../journeys/support/form.rs"]
pub mod form;
pub mod people;
pub mod world;
