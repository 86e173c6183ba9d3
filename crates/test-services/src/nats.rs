//! NATS with JetStream.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::guardian::Guardian;
use crate::process::Process;
use crate::{StartError, program};

/// A NATS server of one's own, with JetStream; a clone is one more handle on it.
#[derive(Debug, Clone)]
pub struct Nats {
    server: Arc<Server>,
}

#[derive(Debug)]
struct Server {
    program: PathBuf,
    folder: PathBuf,
    port: u16,
    running: Mutex<Option<Process>>,
    // Last: it clears away after the server has been killed.
    _guardian: Guardian,
}

impl Nats {
    /// Starts a server on a free port.
    pub fn start() -> Result<Self, StartError> {
        let program = program::find("nats-server").ok_or(StartError::Absent("NATS"))?;
        let folder = program::folder("nats").map_err(StartError::io("make a folder"))?;
        let guardian = Guardian::of(&folder, "TERM")?;
        let (process, port) = launch(&program, &folder, None)?;
        let server = Server { program, folder, port, running: Mutex::new(Some(process)), _guardian: guardian };
        Ok(Self { server: Arc::new(server) })
    }

    /// Where it listens; the same after it was started again.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.server.port)
    }

    /// `kill -9`. What it had acknowledged is in its folder.
    pub fn kill(&self) {
        self.running().take();
    }

    /// Starts it again on what it had stored, at the same port. Does nothing where it runs.
    pub fn start_again(&self) -> Result<(), StartError> {
        let mut running = self.running();
        if running.is_none() {
            *running = Some(launch(&self.server.program, &self.server.folder, Some(self.server.port))?.0);
        }
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn folder(&self) -> &Path {
        &self.server.folder
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Option<Process>> {
        self.server.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn launch(program: &Path, folder: &Path, port: Option<u16>) -> Result<(Process, u16), StartError> {
    // -1 asks for a free port; 0 would be the usual one.
    let port = port.map_or("-1".to_owned(), |port| port.to_string());
    let words = ["-js", "-sd", "store", "-a", "127.0.0.1", "-p", &port].map(OsStr::new);
    let mut listens = None;
    Process::start(program, &words, folder, None, move |line| {
        if let Some((_, address)) = line.split_once("Listening for client connections on ") {
            listens = address.rsplit(':').next().and_then(|port| port.trim().parse::<u16>().ok());
        }
        line.contains("Server is ready").then_some(listens).flatten()
    })
}
