//! `cargo xtask demo`: from a clone to a plan that one can click through.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::build::{self, Profile};
use crate::world::Plan;
use crate::{run, setup};

/// Builds, starts four EHRs and Accord, and stays until stopped.
pub fn run(port: u16) -> Result<()> {
    setup::for_building()?;
    build::all(Profile::Debug)?;
    let plan =
        Plan { folder: PathBuf::from(format!("target/demo/{port}")), port, own_sites: false, profile: Profile::Debug };
    let world = plan.start()?;
    run::say(&format!("the simulated EHRs and their switches: {}", world.control));
    run::say("stop with Ctrl-C");
    let mut out = std::io::stdout();
    writeln!(out, "ready: {}", world.address)?;
    out.flush()?;
    world.wait()
}
