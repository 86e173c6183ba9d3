//! `cargo xtask torture`: the heavy proofs, whole. `test` runs each of them in a short form.
//!
//! A proof is an ordinary test that reads from its environment how much to do, with which seed and from where; it says
//! how far it is every few seconds. One that has blocks also says by which `--from` it can be taken up again.

use std::process::Command;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::{run, setup};

/// One proof.
struct Part {
    name: &'static str,
    package: &'static str,
    /// The test binary, and the words by which it chooses the test.
    binary: &'static str,
    test: &'static str,
    /// How much is done.
    operations: u64,
}

/// Every proof. *A new one:* a line here, and a test that reads `ACCORD_TORTURE_OPERATIONS`, `_SEED` and `_FROM`.
const PARTS: [Part; 5] = [
    Part {
        name: "interleavings",
        package: "server",
        binary: "isolation",
        test: "interleavings::p11_",
        operations: 100_000,
    },
    Part {
        name: "broker-kills",
        package: "care-plan-service",
        binary: "relay",
        test: "nats::kills::a_broker_that_is_killed",
        operations: 50,
    },
    Part {
        name: "writers",
        package: "care-plan-service",
        binary: "writers",
        test: "of_64_writers",
        operations: 64_000,
    },
    Part {
        name: "process-kills",
        package: "care-plan-service",
        binary: "kills",
        test: "a_process_that_is_killed",
        operations: 200,
    },
    Part {
        name: "everything-killed",
        package: "server",
        binary: "durability",
        test: "killed::accord_",
        operations: 300,
    },
];

/// What is wished for.
#[derive(Default)]
pub struct Wish {
    /// One proof only.
    pub part: Option<String>,
    /// Another seed than 1.
    pub seed: Option<u64>,
    /// Block to begin with.
    pub from: Option<u64>,
}

impl Wish {
    /// Reads `[--part P] [--seed S] [--from N]`.
    pub fn read(words: &mut lexopt::Parser) -> Result<Self> {
        let mut wish = Self::default();
        while let Some(word) = words.next()? {
            match word {
                Long("part") => wish.part = Some(words.value()?.string()?),
                Long("seed") => wish.seed = Some(words.value()?.parse()?),
                Long("from") => wish.from = Some(words.value()?.parse()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(wish)
    }
}

/// Runs the proofs, or one of them.
pub fn run(wish: &Wish) -> Result<()> {
    let chosen: Vec<&Part> =
        PARTS.iter().filter(|part| wish.part.as_ref().is_none_or(|name| name == part.name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        bail!("--part takes {}", names.join(" or "));
    }
    let services = setup::for_service_tests()?;
    for part in chosen {
        run::step(part.name, || prove(part, wish, services))?;
    }
    Ok(())
}

fn prove(part: &Part, wish: &Wish, services: bool) -> Result<()> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["test", "--quiet", "--package", part.package, "--test", part.binary]);
    command.args(["--", "--nocapture", part.test]);
    command.env("ACCORD_TORTURE_OPERATIONS", part.operations.to_string());
    command.env("ACCORD_TORTURE_SEED", wish.seed.unwrap_or(1).to_string());
    command.env("ACCORD_TORTURE_FROM", wish.from.unwrap_or(0).to_string());
    if services {
        command.env("ACCORD_REQUIRE_SERVICES", "1");
    }
    run::program(&mut command)
}
