//! Each command: what it does, what others are told, and each thing that forbids it.

mod activities;
mod closing;
mod goals;
pub mod plan;
mod review;
mod team;
