//! `cargo xtask fuzz`: strange text for every reader of foreign text, for as long as one likes.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{build, run};

/// The input that was tried last, for a reader that ends the whole process and cannot be asked.
const LAST: &str = "target/fuzz-last-input";

/// Builds the targets and runs them with these words: `--target NAME`, `--seconds N`, `--seed S`.
pub fn run(words: &[OsString]) -> Result<()> {
    run::cargo("fuzz targets", &["build", "--package", "fuzz"])?;
    let mut command = Command::new(build::binary("fuzz", build::Profile::Debug));
    let status = command.args(words).args(["--keep-last", LAST]).status().context("the fuzz targets")?;
    match status.code() {
        Some(0) => Ok(()),
        Some(_) => bail!("the fuzz targets ended with {status}"),
        None => {
            let file = rescue()?;
            bail!(
                "the process itself ended ({status}): the input is saved as {file}, and every test tries it from now on"
            )
        }
    }
}

/// Saves the last input among those of its target, whose name stands in the first line.
fn rescue() -> Result<String> {
    let last = std::fs::read(LAST).context(LAST)?;
    let end = last.iter().position(|byte| *byte == b'\n').context("the last input names its target")?;
    let target = std::str::from_utf8(&last[..end]).context("the last input names its target")?;
    let file = format!("crates/fuzz/corpus/{target}/found-that-ends-the-process.txt");
    std::fs::write(Path::new(&file), &last[end + 1..]).with_context(|| file.clone())?;
    Ok(file)
}
