//! The saved inputs of each target, and the findings among them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folder of a target's inputs, in the repository that this was built from.
pub fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

/// Reads the inputs of a target in the order of their names, so that a seed means the same everywhere.
///
/// # Errors
/// Where the folder or a file in it cannot be read.
pub fn load(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let mut files = fs::read_dir(folder(target))?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    files.sort();
    files.into_iter().map(fs::read).collect()
}

/// Saves a finding among the inputs of its target, named by its content.
///
/// # Errors
/// Where the file cannot be written.
pub fn save(target: &str, input: &[u8]) -> io::Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let file = folder(target).join(format!("found-{:016x}.txt", hasher.finish()));
    fs::write(&file, input)?;
    Ok(file)
}
