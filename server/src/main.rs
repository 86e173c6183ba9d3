//! The `accord` binary: configuration, routes, middleware and the wiring of adapters to ports.

use std::process::ExitCode;

use server::commands;

fn main() -> ExitCode {
    commands::run(lexopt::Parser::from_env())
}
