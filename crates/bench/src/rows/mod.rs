//! The rows of the table, one a file.

mod first_load;
mod growth;
mod mapping;
mod processor;
mod requests;
mod whole_plan;

use std::path::PathBuf;

use anyhow::{Context, Result};
use tokio::runtime::Runtime;

use crate::arguments::Wish;
use crate::serving::Served;
use crate::sources::Sources;
use crate::table::Line;
use crate::{node, reading};

/// What stands below the table.
pub const HOW_TO_READ: &str = "\
Accord and what stands beside it took turns in this run; median, min and max are of the ratio over the rounds.
met: in every round. met (median): not in every round. Only ratios say anything: the absolute figures are this machine's.";

/// What all rows share.
pub struct Run {
    /// What was wished for.
    pub wish: Wish,
    /// This very program, for the children.
    pub program: PathBuf,
    /// Where pictures and bodies go.
    pub folder: PathBuf,
    /// Runs our reading.
    pub runtime: Runtime,
    /// Whether the partners in Node can run.
    pub node: bool,
}

impl Run {
    /// Prepares a run.
    ///
    /// # Errors
    /// Where the system gives no runtime or no folder.
    pub fn new(wish: Wish) -> Result<Self> {
        let folder = PathBuf::from("target/bench");
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let program = std::env::current_exe()?;
        Ok(Self { wish, program, folder, runtime: reading::runtime()?, node: node::is_there() })
    }

    fn sources(&self, sources: usize, resources: usize, strict: bool) -> Result<Sources> {
        Sources::start(&self.program, Served { sources, resources, strict, seed: self.wish.seed })
    }
}

/// Measures one row.
type Row = fn(&Run) -> Result<Vec<Line>>;

/// The rows in their order.
const ROWS: [(u8, &str, Row); 6] = [
    (1, "time to the whole plan", whole_plan::lines),
    (2, "requests per source", requests::lines),
    (3, "processor time", processor::lines),
    (4, "bundle to plan items", mapping::lines),
    (5, "growth", growth::lines),
    (6, "first load", first_load::lines),
];

/// All rows that are wished for.
///
/// # Errors
/// Where something fails that is no figure, such as a source that does not answer.
pub fn all(run: &Run) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (number, name, row) in ROWS {
        if run.wish.row.is_none_or(|only| only == number) {
            eprintln!("bench: {name} …");
            lines.extend(row(run).with_context(|| name.to_owned())?);
        }
    }
    Ok(lines)
}
