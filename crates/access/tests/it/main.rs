//! The rules of who is here and what they may do, from outside.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod likeness;
mod policy;
