//! The command `bench`: measures what the goals are about and prints one table.

use std::process::ExitCode;

use anyhow::Result;
use bench::arguments::{self, HELP, Role};
use bench::{heap, rows, serving, table};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    match arguments::read(lexopt::Parser::from_env())? {
        Role::Bench(wish) => {
            let lines = rows::all(&rows::Run::new(wish)?)?;
            say(&table::print(&lines));
            say(rows::HOW_TO_READ);
            Ok(())
        }
        Role::Sources(served) => serving::serve(served),
        Role::Heap(path, mapping) => heap::tell(&path, mapping),
        Role::Help => {
            say(HELP);
            Ok(())
        }
    }
}

#[expect(clippy::print_stdout, reason = "a command speaks to its user")]
fn say(text: &str) {
    println!("{text}");
}
