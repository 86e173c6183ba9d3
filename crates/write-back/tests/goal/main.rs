//! Changes of a goal, tried on an owner that can be as unreliable as real servers are.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod desk;
mod owner;
mod refusals;
mod resume;
mod silence;
mod tree;
mod versions;
mod wire;
