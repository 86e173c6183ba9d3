//! The shared plan's heart, from outside.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod commands;
mod compared;
mod documents;
mod entries;
mod full;
mod laws;
mod model;
mod odd;
mod states;
mod summary;
mod told;
mod world;
