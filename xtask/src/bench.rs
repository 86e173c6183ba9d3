//! `cargo xtask bench`: Accord beside its peers, in one run, as ratios.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{build, run};

/// Builds the bench as users get the rest, and runs it with these words. Missed goals are told, not an error.
pub fn run(words: &[OsString]) -> Result<()> {
    if !run::is_there("node") {
        run::say("there is no Node: what is compared with it is left out");
    }
    run::cargo("bench", &["build", "--release", "--package", "bench"])?;
    let program = std::path::absolute(build::binary("bench", build::Profile::Release))?;
    let status = Command::new(program).args(words).status().context("the bench")?;
    if status.success() { Ok(()) } else { bail!("the bench ended with {status}") }
}
