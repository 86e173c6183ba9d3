//! The commands: serve, check, migrate, outbox.

mod check;
mod migrate;
mod outbox;
mod serve;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;

use crate::config::{self, Config};

const USAGE: &str = "\
usage: accord <command> --config FILE

  serve      runs Accord
  check      says what is wrong with a configuration, what each source offers and
             what is missing there; --format json for programs
  migrate    brings the database up to this version
  outbox     how many events wait to be told, and which could not be;
             --replay-since TIME (RFC 3339) tells all since then once more,
             to the broker, or with --receiver ID to one receiver of webhooks";

/// Runs one command; what went wrong is said on the error stream, one sentence a line.
pub fn run(words: lexopt::Parser) -> ExitCode {
    match dispatch(words) {
        Ok(code) => code,
        Err(error) => {
            say_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut words: lexopt::Parser) -> Result<ExitCode, String> {
    let mut command = None;
    let mut file: Option<PathBuf> = None;
    let mut format = check::Format::default();
    let mut again = outbox::Again::default();
    while let Some(word) = words.next().map_err(|error| error.to_string())? {
        match word {
            Long("config") => file = Some(words.value().map_err(|error| error.to_string())?.into()),
            Long("format") => {
                let name = words.value().map_err(|error| error.to_string())?;
                format = check::Format::parse(&name.to_string_lossy())
                    .ok_or_else(|| format!("--format takes text or json\n{USAGE}"))?;
            }
            Long("replay-since") => {
                let time = words.value().map_err(|error| error.to_string())?;
                let time =
                    time.to_string_lossy().parse().map_err(|_| format!("--replay-since takes a time\n{USAGE}"))?;
                again.since = Some(time);
            }
            Long("receiver") => {
                let id = words.value().map_err(|error| error.to_string())?;
                again.receiver = Some(id.to_string_lossy().into_owned());
            }
            Value(word) if command.is_none() => command = Some(word.to_string_lossy().into_owned()),
            Long("help") | Short('h') => return Err(USAGE.to_owned()),
            other => return Err(format!("{}\n{USAGE}", other.unexpected())),
        }
    }
    let (Some(command), Some(file)) = (command, file) else { return Err(USAGE.to_owned()) };
    let config: Config = config::read(&file, std::env::vars()).map_err(|error| error.to_string())?;
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| format!("the asynchronous runtime did not start: {error}"))?;
    match command.as_str() {
        "serve" => runtime.block_on(serve::run(config)).map(|()| ExitCode::SUCCESS),
        "check" => runtime.block_on(check::run(config, format)),
        "migrate" => runtime.block_on(migrate::run(config)).map(|()| ExitCode::SUCCESS),
        "outbox" => runtime.block_on(outbox::run(config, again)).map(|()| ExitCode::SUCCESS),
        other => Err(format!("there is no command {other}\n{USAGE}")),
    }
}

fn say_error(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{sentence}");
}

/// Writes a line to whoever started the command.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
    let _ = std::io::stdout().flush();
}
