//! The rules of who is here and what they may do, from outside.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod facts;
mod likeness;
mod policy;
mod rate;
