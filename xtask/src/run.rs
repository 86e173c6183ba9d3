//! Steps with a name and a time, and the programs they start.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Says one line to whoever waits.
pub fn say(line: &str) {
    eprintln!("xtask: {line}");
}

/// Does one named step and says how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("{name} …"));
    let start = Instant::now();
    let result = work().with_context(|| name.to_owned())?;
    say(&format!("{name}: {:.1} s", start.elapsed().as_secs_f64()));
    Ok(result)
}

/// Runs cargo, with its own progress on the screen.
pub fn cargo(name: &str, words: &[&str]) -> Result<()> {
    step(name, || program(Command::new(env!("CARGO")).args(words)))
}

/// Runs a program to its end; anything but success is an error that names it.
pub fn program(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}").replace('"', "");
    let status = command.status().with_context(|| format!("{shown} could not be started"))?;
    if status.success() { Ok(()) } else { bail!("{shown} ended with {status}") }
}

/// True when a program answers to `--version`.
pub fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program prints, as text.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = format!("{command:?}").replace('"', "");
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("{shown} could not be started"))?;
    if !output.status.success() {
        bail!("{shown} ended with {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
