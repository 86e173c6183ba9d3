//! One running server.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::StartError;

/// How long a server may take until it is ready; a busy machine needs a while.
const PATIENCE: Duration = Duration::from_secs(120);
const LINES_KEPT: usize = 100;

/// User and group by which a program runs, where it is not to be ours.
pub type As = Option<(u32, u32)>;

/// A server that has said it is ready. Dropped, it is killed.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Reads what it says, until nobody is left who could say something.
    reader: Option<JoinHandle<()>>,
}

impl Process {
    /// Starts a server in `folder` and reads what it says until `ready` finds in a line what it looks for.
    ///
    /// Its process id is noted in the folder's `pids` before it is the server, so that the guardian never misses it.
    pub fn start<T>(
        program: &Path,
        words: &[&OsStr],
        folder: &Path,
        by: As,
        mut ready: impl FnMut(&str) -> Option<T> + Send + 'static,
    ) -> Result<(Self, T), StartError>
    where
        T: Send + 'static,
    {
        let mut command = command(Path::new("sh"), folder, by);
        command
            .args(["-c", r#"echo $$ >> pids; exec "$@""#, "sh"])
            .arg(program)
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0);
        let mut child = command.spawn().map_err(StartError::io(format!("start {}", program.display())))?;
        let lines = Arc::new(Mutex::new(VecDeque::new()));
        let (found, answer) = mpsc::channel();
        let reader = child.stderr.take().map(|said| {
            let lines = Arc::clone(&lines);
            std::thread::spawn(move || {
                let mut found = Some(found);
                for line in BufReader::new(said).split(b'\n').map_while(Result::ok) {
                    let line = String::from_utf8_lossy(&line).into_owned();
                    if let Some(what) = found.is_some().then(|| ready(&line)).flatten() {
                        let _ = found.take().map(|found| found.send(what));
                    }
                    let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
                    if lines.len() == LINES_KEPT {
                        lines.pop_front();
                    }
                    lines.push_back(line);
                }
            })
        });
        let mut process = Self { child, reader };
        if let Ok(what) = answer.recv_timeout(PATIENCE) {
            return Ok((process, what));
        }
        process.kill();
        let said: Vec<String> = lines.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
        Err(StartError::Refused { what: format!("start {}", program.display()), said: said.join("\n") })
    }

    /// Sends a signal and waits for the end of the server and of all its children.
    pub fn end_by(&mut self, signal: &str) {
        let sent = Command::new("sh")
            .args(["-c", r#"kill -s "$0" "$1""#, signal, &self.child.id().to_string()])
            .stderr(Stdio::null())
            .status();
        if sent.is_err() {
            let _ = self.child.kill();
        }
        self.wait();
    }

    /// `kill -9`, and waits for the end of the server and of all its children.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        self.wait();
    }

    /// PostgreSQL's children outlive it for a moment and hold its memory; they all hold the pipe too, so it ends with
    /// the last of them.
    fn wait(&mut self) {
        let _ = self.child.wait();
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A program with an environment of its own, so that nothing of the machine's set-up changes what a test sees.
pub fn command(program: &Path, folder: &Path, by: As) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear().env("LC_ALL", "C").env("TZ", "UTC").stdin(Stdio::null());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    if let Some((user, group)) = by {
        command.uid(user).gid(group);
    }
    command
}

/// Runs a program to its end, and gives what it wrote; anything but success is an error with what it said.
pub fn run(what: &str, command: &mut Command) -> Result<Vec<u8>, StartError> {
    let output = command.output().map_err(StartError::io(what))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = [output.stdout, output.stderr].concat();
    Err(StartError::Refused { what: what.to_owned(), said: String::from_utf8_lossy(&said).into_owned() })
}
