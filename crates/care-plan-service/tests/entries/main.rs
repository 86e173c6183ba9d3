//! Concerns, overlays and decisions through the one way to them: who may, what is asked first, what is kept.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod concerns;
mod decisions;
mod one_way;
mod order;
mod overlays;
mod world;
