//! Strange text for every reader of foreign text.
//!
//! A [`Target`] reads one input and asserts the law of its reader. A [`Campaign`] makes inputs out of the target's corpus,
//! by a seed, so that the same seed makes the same inputs again. An input that a target answers in a new way is kept for
//! further changes, which leads deeper than changing the corpus alone.

pub mod campaign;
pub mod corpus;
pub mod monsters;
mod mutation;
mod registration;
mod shrink;
pub mod targets;

pub use campaign::{Campaign, Finding};
pub use shrink::shrink;
pub use targets::{TARGETS, Target};
