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

/// PostgreSQL and NATS, which tests start for themselves. False where they cannot be had: the tests then skip and say so.
pub fn for_service_tests() -> Result<bool> {
    let postgres = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let postgres =
        run::is_there("postgres") || postgres.into_iter().any(|version| version.path().join("bin/postgres").is_file());
    let nats = run::is_there("nats-server") || Path::new("/usr/sbin/nats-server").is_file();
    let wanted: Vec<&str> = [(postgres, "postgresql"), (nats, "nats-server")]
        .into_iter()
        .filter(|(there, _)| !there)
        .map(|(_, package)| package)
        .collect();
    if wanted.is_empty() {
        return Ok(true);
    }
    let installed = without_main_cluster(|| install(&wanted));
    if let Err(error) = &installed {
        run::say(&format!("tests on real services are skipped: {error:#}"));
    }
    Ok(installed.is_ok())
}

/// Debian makes and starts a database of the machine's own with the package, where nobody says otherwise. Tests start
/// their own, so none is wanted; whoever installs one later gets Debian's defaults.
fn without_main_cluster(install: impl FnOnce() -> Result<()>) -> Result<()> {
    let folder = Path::new("/etc/postgresql-common/createcluster.d");
    let setting = folder.join("accord.conf");
    let written =
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&setting, "create_main_cluster = false\n"));
    let installed = install();
    if written.is_ok() {
        std::fs::remove_file(&setting)?;
    }
    installed
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
