//! The cluster's folder and its server.

use std::ffi::OsStr;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::path::PathBuf;

use crate::guardian::Guardian;
use crate::postgres::Durability;
use crate::process::{self, As, Process};
use crate::{StartError, program};

/// How often another free port is tried: between asking for one and using it, somebody else may get it.
const PORTS: usize = 5;

/// A cluster. Dropped, it is stopped and removed.
#[derive(Debug)]
pub struct Cluster {
    programs: PathBuf,
    /// Holds `data`, and the socket.
    pub folder: PathBuf,
    pub port: u16,
    by: As,
    durability: Durability,
    running: Option<Process>,
    // Last: it clears away after the server is gone.
    _guardian: Guardian,
}

impl Cluster {
    pub fn start(durability: Durability) -> Result<Self, StartError> {
        let programs = program::postgres_programs().ok_or(StartError::Absent("PostgreSQL"))?;
        let by = unprivileged()?;
        let folder = program::folder("postgres").map_err(StartError::io("make a folder"))?;
        let guardian = Guardian::of(&folder, "QUIT")?;
        if let Some((user, group)) = by {
            chown(&folder, Some(user), Some(group)).map_err(StartError::io("give the folder to postgres"))?;
        }
        let mut cluster = Self { programs, folder, port: 0, by, durability, running: None, _guardian: guardian };
        process::run(
            "initdb",
            process::command(&cluster.programs.join("initdb"), &cluster.folder, by)
                .args(["--pgdata=data", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-instructions"])
                // The socket lies in a folder that nobody else enters; the port is everybody's.
                .args(["--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"]),
        )?;
        let mut last = None;
        for _ in 0..PORTS {
            cluster.port = free_port().map_err(StartError::io("find a free port"))?;
            match cluster.start_again() {
                Ok(()) => return Ok(cluster),
                Err(error) => last = Some(error),
            }
        }
        Err(last.expect("at least one port was tried"))
    }

    /// Starts the server where it does not run.
    pub fn start_again(&mut self) -> Result<(), StartError> {
        if self.running.is_some() {
            return Ok(());
        }
        let mut settings = vec![
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={}", self.port),
            format!("unix_socket_directories={}", self.folder.display()),
            "max_connections=200".to_owned(),
            "shared_buffers=32MB".to_owned(),
            "logging_collector=off".to_owned(),
            "log_destination=stderr".to_owned(),
        ];
        if self.durability == Durability::Fast {
            settings.extend(["fsync=off", "full_page_writes=off"].map(str::to_owned));
        }
        let mut words = vec![OsStr::new("-D"), OsStr::new("data")];
        for setting in &settings {
            words.extend([OsStr::new("-c"), OsStr::new(setting)]);
        }
        let program = self.programs.join("postgres");
        let ready = |line: &str| line.contains("database system is ready to accept connections").then_some(());
        let (process, ()) = Process::start(&program, &words, &self.folder, self.by, ready)?;
        self.running = Some(process);
        Ok(())
    }

    /// Ends the server by a signal.
    pub fn stop(&mut self, signal: &str) {
        if let Some(mut process) = self.running.take() {
            process.end_by(signal);
        }
    }

    /// Runs statements as the superuser.
    pub fn psql(&self, database: &str, statements: &str) -> Result<(), StartError> {
        process::run(
            "psql",
            process::command(&self.programs.join("psql"), &self.folder, self.by)
                .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--username=postgres"])
                .arg(format!("--host={}", self.folder.display()))
                .arg(format!("--port={}", self.port))
                .arg(format!("--dbname={database}"))
                .arg(format!("--command={statements}")),
        )
        .map(drop)
    }

    /// All of a database as statements, by the superuser, whom no policy holds.
    pub fn dump(&self, database: &str) -> Result<Vec<u8>, StartError> {
        process::run(
            "pg_dump",
            process::command(&self.programs.join("pg_dump"), &self.folder, self.by)
                .arg("--username=postgres")
                .arg(format!("--host={}", self.folder.display()))
                .arg(format!("--port={}", self.port))
                .arg(database),
        )
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A killed server would leave its shared memory behind.
        self.stop("QUIT");
    }
}

/// PostgreSQL refuses to run as root: then it runs as Debian's `postgres`, or as `nobody`.
fn unprivileged() -> Result<As, StartError> {
    if program::id_of("-u", None) != Some(0) {
        return Ok(None);
    }
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some((program::id_of("-u", Some(name))?, program::id_of("-g", Some(name))?)))
        .map(Some)
        .ok_or_else(|| StartError::Refused { what: "find a user for PostgreSQL".into(), said: "none".into() })
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
