//! The `accord` binary as a library, so that tests start the same server that users run.

pub mod commands;
pub mod config;

mod assets;
mod brands;
mod care_plans;
mod cookies;
mod desk;
mod ending;
mod events;
mod gate;
mod housekeeping;
mod keys;
mod middleware;
mod mismatch;
mod operators;
mod panel;
mod person;
mod plan_store;
mod providers;
mod questions;
mod random;
mod reach;
mod rooms;
mod routes;
mod shared_plan;
mod sharing;
mod sources;
mod state;
mod store;
mod tickets;
mod tokens;
mod webhooks;

pub use brands::Brands;
pub use events::{Stream, start as start_events};
pub use gate::{AskedBy, Done, Rule};
pub use operators::{CountedAudit, router as operators};
pub use random::SystemRandomness;
pub use routes::{Route, router, routes};
pub use shared_plan::Follower;
pub use state::{Server, Site, StartError};
