//! The `accord` binary as a library, so that tests start the same server that users run.

pub mod commands;
pub mod config;

mod assets;
mod cookies;
mod desk;
mod housekeeping;
mod keys;
mod middleware;
mod random;
mod rooms;
mod routes;
mod sources;
mod state;
mod tickets;
mod tokens;

pub use random::SystemRandomness;
pub use routes::router;
pub use state::{Server, Site, StartError};
