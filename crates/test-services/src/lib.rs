//! Real services for tests: PostgreSQL and NATS from Debian's packages. Never part of `accord`.
//!
//! - A service lives in a temporary folder of its own, listens on the loopback only and is stopped when its last handle
//!   is dropped, or when the test process ends in any other way (see `guardian.rs`).
//! - Whether it is ready is read from what it says, so nothing here sleeps or polls.
//! - A service that is not installed is [`StartError::Absent`]; [`or_skip`] makes of it a test that says so, or that
//!   fails where `ACCORD_REQUIRE_SERVICES=1` (`cargo xtask test` sets it once both are installed).

mod guardian;
mod nats;
mod postgres;
mod process;
mod program;
#[cfg(test)]
mod tests;

pub use nats::Nats;
pub use postgres::{Database, Durability, Postgres};

use std::io::Write;

/// Why a service could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It is not installed; the name of the service.
    #[error("no {0}")]
    Absent(&'static str),
    /// A file, a folder or a program of it could not be used.
    #[error("{what}")]
    Io {
        /// What was tried.
        what: String,
        /// Why not.
        #[source]
        cause: std::io::Error,
    },
    /// It ended, or did something else than was asked.
    #[error("{what}:\n{said}")]
    Refused {
        /// What was tried.
        what: String,
        /// The last lines of what it said.
        said: String,
    },
}

impl StartError {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |cause| Self::Io { what, cause }
    }
}

/// The service, or `None` where it is not installed and none is required; the test then returns at once.
///
/// The line goes past the test harness, which holds back what a passed test prints: `cargo xtask test` counts it.
///
/// # Panics
///
/// Where the service is installed and does not start, or is required and not installed.
pub fn or_skip<T>(started: Result<T, StartError>) -> Option<T> {
    match started {
        Ok(service) => Some(service),
        Err(StartError::Absent(name)) if !required() => {
            let _ = writeln!(std::io::stderr(), "skipped: no {name}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// True where a missing service is a failure.
fn required() -> bool {
    std::env::var_os("ACCORD_REQUIRE_SERVICES").is_some_and(|value| value == "1")
}
