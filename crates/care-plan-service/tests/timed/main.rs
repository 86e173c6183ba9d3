//! What becomes late by the passing of time alone is told once, whoever looks, and however often they are killed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod days;
mod killed;
mod together;
mod world;
