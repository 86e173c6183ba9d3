//! Tests of the loader and of the splits.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod loading;
mod splitting;
