//! Our own keys at the sources, read from files; in development made on first use.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use access::Randomness;
use smart::SigningKey;

/// Why a key or secret cannot be used. Each message says what to mend, and none holds the key.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file cannot be read.
    #[error("{} cannot be read: give the process the right to read it", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The file cannot be made.
    #[error("{} cannot be made: its folder must exist and belong to the user who runs Accord", .file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The key is of another kind.
    #[error("{} holds a key for {found}, but `alg` says {alg}: correct one of them", .file.display())]
    OtherAlgorithm {
        /// The file.
        file: PathBuf,
        /// What was wanted.
        alg: String,
        /// What is there.
        found: &'static str,
    },
    /// The file holds no such key.
    #[error("{} holds no private key in PKCS #8 PEM", .file.display())]
    NoKey {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        #[source]
        cause: smart::KeyError,
    },
}

/// Reads a signing key; in development a missing one is made.
pub fn load_or_make(
    file: &Path,
    alg: &str,
    development: bool,
    random: &Arc<dyn Randomness>,
) -> Result<SigningKey, KeyFileError> {
    if development && alg == "ES384" && !file.exists() {
        make(file, random)?;
    }
    let key = load(file)?;
    if key.algorithm() == alg {
        Ok(key)
    } else {
        Err(KeyFileError::OtherAlgorithm { file: file.to_owned(), alg: alg.to_owned(), found: key.algorithm() })
    }
}

/// Reads a signing key of either kind.
pub fn load(file: &Path) -> Result<SigningKey, KeyFileError> {
    let pem =
        std::fs::read_to_string(file).map_err(|cause| KeyFileError::Unreadable { file: file.to_owned(), cause })?;
    SigningKey::from_pkcs8_pem(&pem).map_err(|cause| KeyFileError::NoKey { file: file.to_owned(), cause })
}

fn make(file: &Path, random: &Arc<dyn Randomness>) -> Result<(), KeyFileError> {
    let unwritable = |cause| KeyFileError::Unwritable { file: file.to_owned(), cause };
    let pem = SigningKey::generate_es384_pem(random.as_ref());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut target = options.open(file).map_err(unwritable)?;
    std::io::Write::write_all(&mut target, pem.expose().as_bytes()).map_err(unwritable)
}
