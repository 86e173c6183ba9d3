//! What `cargo xtask bench` measures: Accord beside its peers, in one run, as ratios.
//!
//! Absolute numbers say something about the machine only. So every figure stands beside that of a partner that did the same
//! in the same run, turn by turn, and what counts is the ratio of the two: its median, its least and its greatest.
//! Nothing here is a test: a goal that is missed is printed and fails nothing.

pub mod arguments;
pub mod cpu;
pub mod growth;
pub mod heap;
pub mod lines;
pub mod mapping;
pub mod node;
pub mod peer;
pub mod people;
pub mod reading;
pub mod rows;
pub mod serving;
pub mod sources;
pub mod spread;
pub mod table;
