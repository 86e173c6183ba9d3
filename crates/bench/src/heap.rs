//! The most memory that one mapping takes, measured in a process of its own (`VmHWM` of `/proc/self/status`).

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::{growth, mapping, node, reading};

/// What one mapping took.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Grown {
    /// Bytes of the body.
    pub body: u64,
    /// Bytes that the process grew by, at most, while it mapped the body that it held already.
    pub grew: u64,
}

impl Grown {
    /// Body and what was needed beside it, as times of the body.
    pub fn times_body(&self) -> f64 {
        (self.body + self.grew) as f64 / self.body as f64
    }
}

/// Which mapping is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapping {
    /// The plain one, which Node does as well.
    Plain,
    /// Only the resources, before anything is made of them.
    Read,
    /// Everything that Accord makes of a bundle.
    Plan,
}

/// Maps a file in this process and says on standard output what it took: the child's half.
///
/// # Errors
/// Where the file or `/proc` cannot be read.
#[expect(clippy::print_stdout, reason = "a child answers its parent")]
pub fn tell(path: &Path, mapping: Mapping) -> Result<()> {
    let body = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let before = memory("VmRSS")?;
    match mapping {
        Mapping::Plain => drop(std::hint::black_box(mapping::map(&body))),
        Mapping::Read => drop(std::hint::black_box(growth::snapshot(&[&body]))),
        Mapping::Plan => {
            let snapshot = growth::snapshot(&[&body]);
            let plan = reading::consolidate(&snapshot);
            drop(std::hint::black_box((snapshot, plan)));
        }
    }
    let grown = Grown { body: body.len() as u64, grew: memory("VmHWM")?.saturating_sub(before) };
    println!("{}", serde_json::to_string(&grown)?);
    Ok(())
}

/// What a mapping takes in a fresh process of this program.
///
/// # Errors
/// Where the child fails.
pub fn ours(program: &Path, body: &Path, mapping: Mapping) -> Result<Grown> {
    let mut command = Command::new(program);
    command.arg("heap").arg(body).args(match mapping {
        Mapping::Plain => None,
        Mapping::Read => Some("--read"),
        Mapping::Plan => Some("--plan"),
    });
    answer(&mut command)
}

/// What the plain mapping takes in a fresh Node.
///
/// # Errors
/// Where Node fails.
pub fn nodes(body: &Path) -> Result<Grown> {
    answer(Command::new("node").arg(node::script("mapping.mjs")).arg("--heap").arg(body))
}

fn answer(command: &mut Command) -> Result<Grown> {
    let output = command.output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A figure of this process in bytes.
fn memory(field: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kilobytes: u64 =
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).context("no such figure")?;
    Ok(kilobytes * 1_024)
}
