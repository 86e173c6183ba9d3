//! Where the sample data lies.

use std::path::{Path, PathBuf};

/// The folder with the sample data, where it is on this machine: `ACCORD_SAMPLE_DATA`, else beside the checkout.
///
/// A test that needs it and gets none says on standard error that it was skipped.
pub fn sample_data() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ACCORD_SAMPLE_DATA").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The folders and JSON files in a folder, sorted by name.
pub(crate) fn within(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the sample data can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the sample data can be read").path()).collect();
    paths.retain(|path| path.is_dir() || path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    paths
}

/// Name of a file or folder, for messages.
pub(crate) fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
