//! The file that holds the sealing key.
//!
//! One key a line, 32 bytes in base64; empty lines and lines that begin with `#` are skipped. The first key seals, all
//! of them open: to rotate, put a new key on top and take the old one away when nothing sealed by it is left (every
//! sealed row ends with its session or its retention).

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use access::Randomness;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The keys of one file: the one that seals, and former ones that only open.
#[derive(Clone)]
pub struct SealingKey {
    pub(crate) current: Key,
    pub(crate) former: Vec<Key>,
}

/// One key. Wiped when dropped, never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Key {
    pub(crate) bytes: [u8; 32],
    pub(crate) id: [u8; 4],
}

/// Why there is no sealing key. Each message says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file is missing and may not be made.
    #[error(
        "the sealing key file {path} does not exist; make one with `(umask 077; head -c 32 /dev/urandom | base64 > {path})`, \
         or set development = true to have it made"
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Others than the owner may read it.
    #[error("the sealing key file {path} may be read by others (mode {mode:03o}); run `chmod 600 {path}`")]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A line is not a key.
    #[error("line {line} of the sealing key file {path} is not a key: a key is 32 bytes in base64 (44 characters)")]
    NotAKey {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// No line is a key.
    #[error(
        "the sealing key file {path} holds no key; put back the one it held, or, where nothing was sealed yet, delete the \
         file and make a new one"
    )]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be read or written.
    #[error("the sealing key file {path} could not be read or written; it must belong to the user who runs Accord")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
}

impl SealingKey {
    /// Makes a key from 32 random bytes that were handed in; for tests and for stores that live in memory.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self { current: Key::new(bytes), former: Vec::new() }
    }

    /// The same key for sealing, with others that may still open what they sealed.
    #[must_use]
    pub fn with_former(mut self, former: &Self) -> Self {
        self.former.push(former.current.clone());
        self.former.extend(former.former.iter().cloned());
        self
    }

    /// Reads the key file. A missing one is made with mode 0600 where `allow_create` says so, and is an error elsewhere:
    /// a key made by mistake would leave everything sealed before unreadable.
    pub fn load_or_create(path: &Path, allow_create: bool, random: &dyn Randomness) -> Result<Self, KeyError> {
        match read_private(path) {
            Err(KeyError::Missing { .. }) if allow_create => {
                create(path, random).and_then(|()| Self::load_or_create(path, false, random))
            }
            other => other.and_then(|text| parse(path, &text)),
        }
    }
}

impl Key {
    fn new(bytes: [u8; 32]) -> Self {
        let digest = Sha256::new().chain_update(b"accord sealing key id").chain_update(bytes).finalize();
        Self { bytes, id: [digest[0], digest[1], digest[2], digest[3]] }
    }
}

fn read_private(path: &Path) -> Result<Zeroizing<String>, KeyError> {
    let io = |cause| KeyError::Io { path: path.into(), cause };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = match fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(KeyError::Missing { path: path.into() }),
            found => found.map_err(io)?.permissions().mode() & 0o777,
        };
        if mode & 0o077 != 0 {
            return Err(KeyError::Open { path: path.into(), mode });
        }
    }
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Err(KeyError::Missing { path: path.into() }),
        Err(error) => Err(io(error)),
        Ok(text) => Ok(Zeroizing::new(text)),
    }
}

fn create(path: &Path, random: &dyn Randomness) -> Result<(), KeyError> {
    let io = |cause| KeyError::Io { path: path.into(), cause };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(io)?;
    }
    let mut bytes = Zeroizing::new([0; 32]);
    random.fill(bytes.as_mut());
    let text = Zeroizing::new(format!("{}\n", STANDARD.encode(*bytes)));

    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        // Another process was faster: its key is the key.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        opened => {
            opened.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all())).map_err(io)
        }
    }
}

fn parse(path: &Path, text: &str) -> Result<SealingKey, KeyError> {
    let mut keys = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let not_a_key = || KeyError::NotAKey { path: path.into(), line: index + 1 };
        let bytes = Zeroizing::new(STANDARD.decode(line).map_err(|_| not_a_key())?);
        keys.push(Key::new(bytes.as_slice().try_into().map_err(|_| not_a_key())?));
    }
    if keys.is_empty() {
        return Err(KeyError::Empty { path: path.into() });
    }
    let current = keys.remove(0);
    Ok(SealingKey { current, former: keys })
}

#[cfg(test)]
mod tests {
    use std::fs;
    #[cfg(unix)]
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::testing::SystemRandom;

    #[test]
    fn a_missing_key_file_is_made_once_and_private() {
        let folder = tempfile::tempdir().expect("works");
        let path = folder.path().join("keys/sealing.key");
        let made = SealingKey::load_or_create(&path, true, &SystemRandom).expect("works");
        let found = SealingKey::load_or_create(&path, true, &SystemRandom).expect("works");
        assert_eq!(made.current.bytes, found.current.bytes);
        #[cfg(unix)]
        assert_eq!(fs::metadata(&path).expect("works").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn each_refusal_says_what_to_mend() {
        let folder = tempfile::tempdir().expect("works");
        let path = folder.path().join("sealing.key");
        let refusal =
            || SealingKey::load_or_create(&path, false, &SystemRandom).map(|_| ()).expect_err("refused").to_string();
        assert!(refusal().contains("development = true"));

        let private = || fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).expect("works");
        fs::write(&path, "\n# nothing\n").expect("works");
        private();
        assert!(refusal().contains("holds no key"));
        fs::write(&path, "# one\nc2hvcnQ=\n").expect("works");
        assert!(refusal().contains("line 2"));
        fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).expect("works");
        assert!(refusal().contains("chmod 600"));
    }

    #[test]
    fn the_first_key_seals_and_the_others_stay_known() {
        let folder = tempfile::tempdir().expect("works");
        let path = folder.path().join("sealing.key");
        let line = |byte: u8| STANDARD.encode([byte; 32]);
        fs::write(&path, format!("{}\n# former\n{}\n", line(1), line(2))).expect("works");
        fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).expect("works");
        let key = SealingKey::load_or_create(&path, false, &SystemRandom).expect("works");
        assert_eq!((key.current.bytes, key.former.len(), key.former[0].bytes), ([1; 32], 1, [2; 32]));
    }
}
