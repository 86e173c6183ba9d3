//! `cargo xtask`: the tasks of this repository, each with the set-up that it needs.

mod assets;
mod bench;
mod build;
mod demo;
mod end2end;
mod fuzz;
mod policy;
mod run;
mod setup;
mod tests;
mod torture;
mod world;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

const USAGE: &str = "\
usage: cargo xtask <task>

  demo [--port N]                 sets up, builds, starts four simulated EHRs and Accord; prints `ready: <address>` last
  test [--only rust|browser]      sets up and runs all tests, browser tests included
       [--stories WORD]           with --only browser: the stories whose file or title holds the word
  torture [--part P] [--seed S] [--from N]
                                  the heavy proofs whole, of which `test` runs short forms
  build [--release]               server, frontend and style into target/
  sandbox --config FILE [--load EHR=DIR]…
                                  the simulated EHRs alone
  fuzz [--target NAME] [--seconds N] [--seed S]
                                  strange text for every reader of foreign text, a minute for each; saves what it finds
  bench [--quick] [--row N] [--rounds N] [--seed S]
                                  Accord beside its peers in one run, as one table of ratios (docs/benchmarks.md)
  screenshots                     pictures of every screen into end2end/screenshots";

fn main() -> ExitCode {
    match task() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            run::say(&format!("failed: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn task() -> Result<()> {
    std::env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    let mut words = lexopt::Parser::from_env();
    let Some(Value(task)) = words.next()? else { bail!("{USAGE}") };
    match task.string()?.as_str() {
        "build" => {
            let mut profile = build::Profile::Debug;
            while let Some(word) = words.next()? {
                match word {
                    Long("release") => profile = build::Profile::Release,
                    other => return Err(other.unexpected().into()),
                }
            }
            setup::for_building()?;
            build::all(profile)
        }
        "demo" => {
            let mut port = 3000;
            while let Some(word) = words.next()? {
                match word {
                    Long("port") => port = words.value()?.parse()?,
                    other => return Err(other.unexpected().into()),
                }
            }
            demo::run(port)
        }
        "test" => {
            let (mut only, mut stories) = (None, None);
            while let Some(word) = words.next()? {
                match word {
                    Long("only") => only = Some(words.value()?.string()?),
                    Long("stories") => stories = Some(words.value()?.string()?),
                    other => return Err(other.unexpected().into()),
                }
            }
            tests::run(only.as_deref(), stories.as_deref())
        }
        "torture" => torture::run(&torture::Wish::read(&mut words)?),
        "screenshots" => end2end::screenshots(),
        "bench" => bench::run(&words.raw_args()?.collect::<Vec<_>>()),
        "fuzz" => fuzz::run(&words.raw_args()?.collect::<Vec<_>>()),
        "sandbox" => {
            let rest = words.raw_args()?.collect::<Vec<_>>();
            run::cargo("sandbox", &["build", "--package", "sandbox", "--bin", "sandbox"])?;
            let status =
                std::process::Command::new(build::binary("sandbox", build::Profile::Debug)).args(rest).status()?;
            if status.success() { Ok(()) } else { bail!("the sandbox ended with {status}") }
        }
        _ => bail!("{USAGE}"),
    }
}
