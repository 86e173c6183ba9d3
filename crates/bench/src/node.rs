//! The partners in Node.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::lines::Partner;

/// Where a partner's script stands.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("partners").join(name)
}

/// True where there is a Node to run them.
pub fn is_there() -> bool {
    let version = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// Starts a partner.
///
/// # Errors
/// Where Node cannot be started.
pub fn start(name: &str) -> Result<Partner> {
    Partner::start(Command::new("node").arg(script(name)))
}
