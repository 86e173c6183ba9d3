//! The built files of the browser, by the names that the build gave them.

use std::path::{Path, PathBuf};

use app::desk::Assets;
use serde::Deserialize;

/// Why the built files cannot be served. Each message says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    /// Nothing was built, or it lies elsewhere.
    #[error(
        "{0} cannot be read: build by `cargo xtask build`, and start where Leptos.toml lies or set LEPTOS_SITE_ROOT"
    )]
    Missing(PathBuf),
    /// The list of names is damaged.
    #[error("{0} does not name the built files: build again")]
    Damaged(PathBuf),
}

#[derive(Deserialize)]
struct Names {
    css: String,
    js: String,
    wasm: String,
    start: String,
}

/// Reads the names that the build wrote beside the files.
pub fn read(site_root: &Path, pkg: &str) -> Result<Assets, AssetsError> {
    let file = site_root.join(pkg).join("assets.json");
    let text = std::fs::read(&file).map_err(|_| AssetsError::Missing(file.clone()))?;
    let names: Names = serde_json::from_slice(&text).map_err(|_| AssetsError::Damaged(file))?;
    let address = |name: String| format!("/{pkg}/{name}");
    Ok(Assets {
        css: address(names.css),
        js: address(names.js),
        wasm: address(names.wasm),
        start: address(names.start),
    })
}
