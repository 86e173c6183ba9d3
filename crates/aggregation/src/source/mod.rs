//! The reading of one source: its waves and its deadlines.

mod first;
mod referenced;
mod task;

pub(crate) use task::Task;
