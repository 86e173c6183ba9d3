//! The services beside this one, as ports, each with an adapter.
//!
//! A neighbour that cannot be asked never holds back a plan: what it would have said is then unknown, and said to be.

pub mod directory;
pub mod terminology;
pub mod webhook;
