//! Loading: records from files, or from a Bundle at hand, without asking anybody.

use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Store;
use super::loading::Loading;

/// What a load did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadReport {
    /// Resources taken in, each counted once however often it came.
    pub resources: usize,
    /// Files read.
    pub files: usize,
    /// What could not be taken in, or not wholly. None of it stops the rest.
    pub problems: Vec<LoadProblem>,
}

/// Something that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadProblem {
    /// The file; none for a Bundle at hand.
    pub file: Option<PathBuf>,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl fmt::Display for LoadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}: {}", file.display(), self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder cannot be read.
    #[error("the folder {} cannot be read", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The value is neither a Bundle nor a resource.
    #[error("not a Bundle and not a resource")]
    NotAResource,
}

impl Store {
    /// Takes in every `.json` file of a folder and the folders below it, in the order of their paths.
    ///
    /// Bundles of type transaction, batch, collection and searchset are taken apart; everything else is one
    /// resource. Given ids are kept; `urn:uuid:` and conditional references are resolved, those to resources of a
    /// later file, too. A resource that is here already with another content gets a second version.
    ///
    /// # Errors
    /// [`LoadError::Folder`]; a file that cannot be read is a problem in the report instead.
    pub fn load_dir(&self, folder: &Path) -> Result<LoadReport, LoadError> {
        let mut files = Vec::new();
        gather(folder, &mut files)?;
        files.sort();
        let mut state = self.write();
        let mut loading = Loading::new(&mut state, self.now());
        for file in files {
            let read = std::fs::read(&file).map_err(|error| error.to_string());
            let read = read.and_then(|bytes| {
                serde_json::from_slice::<Value>(&bytes).map_err(|error| format!("not JSON: {error}"))
            });
            loading.file(&file, read);
        }
        Ok(loading.finish())
    }

    /// Takes in a Bundle or a single resource, as [`Store::load_dir`] does with a file.
    ///
    /// # Errors
    /// [`LoadError::NotAResource`].
    pub fn load_bundle(&self, bundle: &Value) -> Result<LoadReport, LoadError> {
        if bundle.get("resourceType").and_then(Value::as_str).is_none() {
            return Err(LoadError::NotAResource);
        }
        let mut state = self.write();
        let mut loading = Loading::new(&mut state, self.now());
        loading.document(bundle.clone());
        Ok(loading.finish())
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), LoadError> {
    let failed = |cause| LoadError::Folder { path: folder.to_owned(), cause };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(())
}
