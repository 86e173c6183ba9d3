//! The reading of one source: its waves and its deadlines.

mod first;
mod provenance;
mod referenced;
mod rounds;
mod search;
mod task;

pub(crate) use task::Task;
