//! Sees to it that nothing stays behind, whatever ends the test process.
//!
//! A child asks Linux for a signal at its parent's death only by unsafe code, and destructors do not run after
//! `kill -9`. So a small `sh` waits at the other end of a pipe: when we are gone, by drop or by death, the pipe ends.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use std::os::unix::process::CommandExt;

use crate::StartError;

/// Stops the services of a folder and removes it. `$1` the folder, `$2` the signal.
///
/// A number of a process may have been given anew since it was noted: only one that still works in the folder is meant.
const SCRIPT: &str = r#"
trap '' HUP INT TERM
while read -r _; do :; done
ours() { case "$(readlink "/proc/$1/cwd")" in "$folder"|"$folder"/*) return 0;; esac; return 1; }
folder="$1"
[ -f "$folder/pids" ] && while read -r pid; do
  ours "$pid" && kill -s "$2" "$pid"
  tries=0
  while ours "$pid" && [ "$tries" -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
  ours "$pid" && kill -s KILL "$pid"
done < "$folder/pids"
tries=0
until rm -rf "$folder" || [ "$tries" -ge 20 ]; do sleep 0.1; tries=$((tries + 1)); done
"#;

/// The `sh` that waits. Dropped, it does its work before the drop returns.
#[derive(Debug)]
pub struct Guardian {
    child: Child,
}

impl Guardian {
    /// Watches a folder in which services are started by [`crate::process::Process`].
    pub fn of(folder: &Path, signal: &str) -> Result<Self, StartError> {
        let child = Command::new("sh")
            .args(["-c", SCRIPT, "guardian"])
            .args([folder.as_os_str(), signal.as_ref()])
            .current_dir("/")
            .stdin(Stdio::piped())
            // Whoever reads what the tests print must not wait for this process too.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A Ctrl-C is meant for the tests; the guardian then has its work to do.
            .process_group(0)
            .spawn()
            .map_err(StartError::io("start sh"))?;
        Ok(Self { child })
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
