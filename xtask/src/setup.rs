//! What the tasks need on a machine that has a Rust toolchain and nothing else.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

const WASM: &str = "wasm32-unknown-unknown";

/// The WebAssembly target of the pinned toolchain.
pub fn for_building() -> Result<()> {
    let root = run::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(root.trim()).join("lib/rustlib").join(WASM).join("lib").exists() {
        return Ok(());
    }
    run::step("add the WebAssembly target", || run::program(Command::new("rustup").args(["target", "add", WASM])))
}

/// A browser and Node with the packages of `end2end`.
pub fn for_browser_tests() -> Result<()> {
    let wanted: Vec<&str> = [("chromium", "chromium"), ("node", "nodejs"), ("npm", "npm")]
        .into_iter()
        .filter(|(program, _)| !run::is_there(program))
        .map(|(_, package)| package)
        .collect();
    if !wanted.is_empty() {
        install(&wanted)?;
    }
    let lock = std::fs::read("end2end/package-lock.json")?;
    let stamp = Path::new("end2end/node_modules/.accord-lock");
    if std::fs::read(stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run::step("npm ci", || {
        run::program(
            Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir("end2end"),
        )?;
        Ok(std::fs::write(stamp, &lock)?)
    })
}

/// Installs Debian packages as root; without root it says exactly what is missing.
fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let root = run::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || !run::is_there("apt-get") {
        bail!("missing on this machine: {names}. Install by: sudo apt-get install --no-install-recommends {names}");
    }
    run::step(&format!("apt-get install {names}"), || {
        let apt = || {
            let mut command = Command::new("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        run::program(apt().args(["update", "-qq"]))?;
        run::program(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
    })
}
