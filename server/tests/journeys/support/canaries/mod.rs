//! The secrets of a world, and every place where they must not be (checklist S8).
//!
//! Each world knows its secrets: what Accord drew at random, what went over the wires of the EHRs, what stood in the
//! addresses that a browser followed, what browsers keep as cookies, and what lies in the key files. When the world ends,
//! everything that was answered, logged and stored is searched for each of them in each of its forms, and what is found
//! fails the test.

mod drawn;
mod log;
mod needles;
mod seen;

use std::collections::BTreeSet;
use std::path::Path;

use sandbox::Running;

pub use drawn::Drawn;
use log::Log;
use needles::Needles;
pub use needles::forms;
use seen::Seen;
pub use seen::{Answer, saw};

/// Shorter ones would be found everywhere.
const SHORTEST: usize = 16;

/// What a world searches at its end.
pub struct Canaries {
    pub drawn: Drawn,
    port: u16,
    log: Log,
    searched: bool,
}

/// What was searched, and what was found there.
#[derive(Debug, Default)]
pub struct Found {
    /// How many secrets were searched for.
    pub secrets: usize,
    /// Bytes of answers, log and database.
    pub answers: usize,
    pub logged: usize,
    pub stored: usize,
    /// Place, secret and form of each that was found; never the secret itself.
    pub complaints: Vec<String>,
}

impl Canaries {
    /// Begins to listen for the Accord at a port.
    pub fn listen(port: u16) -> Self {
        seen::open(port);
        Self { drawn: Drawn::default(), port, log: Log::open(), searched: false }
    }

    /// Notes the EHRs of the world.
    pub fn meet(&self, sandbox: &Running) {
        seen::meet(self.port, sandbox.ehrs().iter().filter_map(|ehr| ehr.fhir_base().port()));
    }

    /// Searches everything, once; `None` where that was done before.
    pub fn search(&mut self, sandbox: &Running, folder: &Path) -> Option<Found> {
        if std::mem::replace(&mut self.searched, true) {
            return None;
        }
        let (seen, logged) = (seen::close(self.port), self.log.close());
        let secrets = self.secrets(sandbox, folder, &seen);
        let needles = Needles::of(&secrets);
        let mut found = Found { secrets: secrets.len(), logged: logged.len(), ..Found::default() };
        for (place, bytes) in &seen.answers {
            found.answers += bytes.len();
            let hits = needles.find(bytes);
            found.complaints.extend(hits.into_iter().map(|hit| format!("{place}: {hit}")));
        }
        found.complaints.extend(needles.find(&logged).into_iter().map(|hit| format!("log: {hit}")));
        for (name, bytes) in files(folder, |name| name.starts_with("accord.db")) {
            found.stored += bytes.len();
            found.complaints.extend(needles.find(&bytes).into_iter().map(|hit| format!("database {name}: {hit}")));
        }
        found.complaints.extend(self.deaf(&seen, &logged, found.stored));
        Some(found)
    }

    /// What shows that nothing was listened to: a search of nothing finds nothing.
    fn deaf(&self, seen: &Seen, logged: &[u8], stored: usize) -> Vec<String> {
        let mut complaints = Vec::new();
        if stored < 1000 {
            complaints.push("the database was not found".to_owned());
        }
        if !seen.answers.is_empty() && !logged.windows(5).any(|word| word == b"TRACE") {
            complaints.push("the log was not listened to".to_owned());
        }
        if self.drawn.list().is_empty() {
            complaints.push("the randomness was not listened to".to_owned());
        }
        complaints
    }

    fn secrets(&self, sandbox: &Running, folder: &Path, seen: &Seen) -> BTreeSet<Vec<u8>> {
        let mut secrets: BTreeSet<Vec<u8>> = BTreeSet::new();
        // What the lies of a hostile EHR bring begins with `a-`; they are no secrets.
        let heard = sandbox.ehrs().iter().flat_map(|ehr| ehr.secrets()).filter(|secret| !secret.starts_with("a-"));
        secrets.extend(heard.chain(seen.secrets.iter().cloned()).map(String::into_bytes));
        for (_, file) in files(folder, |name| [".secret", ".key", ".pem"].iter().any(|ending| name.ends_with(ending))) {
            let lines = file.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
            secrets.extend(lines.filter(|line| !line.starts_with(b"-----")).map(<[u8]>::to_vec));
        }
        secrets.extend(
            self.drawn
                .list()
                .into_iter()
                .filter(|(text, _)| !seen.public.contains(text))
                .flat_map(|(text, bits)| [text.into_bytes(), bits]),
        );
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets
    }
}

/// The files of a folder whose names fit.
fn files(folder: &Path, fits: impl Fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    named.filter(|(name, _)| fits(name)).filter_map(|(name, path)| Some((name, std::fs::read(path).ok()?))).collect()
}
