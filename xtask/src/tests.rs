//! `cargo xtask test`: everything that must hold, with a count at the end.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::end2end::{self, Count};
use crate::{policy, run, setup, world};

/// Runs all tests, or only those in Rust or in the browser, of these only the stories with a word in file or title.
pub fn run(only: Option<&str>, stories: Option<&str>) -> Result<()> {
    if let Some(other) = only.filter(|only| !matches!(*only, "rust" | "browser")) {
        bail!("--only takes rust or browser, not {other}");
    }
    if stories.is_some() && only != Some("browser") {
        bail!("--stories goes with --only browser");
    }
    let mut count = Count::default();
    if only != Some("browser") {
        setup::for_building()?;
        let services = setup::for_service_tests()?;
        run::step("licences and duplicate versions", policy::check)?;
        run::cargo("format", &["fmt", "--all", "--check"])?;
        run::cargo("lints", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
        count += run::step("Rust tests", || rust(services))?;
    }
    if only != Some("rust") {
        count += end2end::run(stories)?;
    }
    if world::sample_data().is_none() {
        run::say("no sample data on this machine: tests on it were skipped (ACCORD_SAMPLE_DATA names its folder)");
    }
    writeln!(std::io::stdout(), "accord: {} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped)?;
    if count.failed > 0 { bail!("{} tests failed", count.failed) } else { Ok(()) }
}

/// Runs `cargo test`, passes its lines on and adds up its results.
///
/// Tests on sample data stand in files named `sample_data.rs`; where the data is missing they return at once and count
/// as skipped. Tests on PostgreSQL and NATS say `skipped: …` where these are missing; where they are there, none may.
fn rust(services: bool) -> Result<Count> {
    let data = world::sample_data();
    let mut command = Command::new(env!("CARGO"));
    command.args(["test", "--workspace", "--no-fail-fast"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(data) = &data {
        command.env("ACCORD_SAMPLE_DATA", data);
    }
    if services {
        command.env("ACCORD_REQUIRE_SERVICES", "1");
    }
    let mut child = command.spawn()?;
    let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) else {
        bail!("cargo test gives no output")
    };
    let (sender, lines) = std::sync::mpsc::channel();
    for stream in [Box::new(out) as Box<dyn std::io::Read + Send>, Box::new(err)] {
        let sender = sender.clone();
        std::thread::spawn(move || {
            BufReader::new(stream).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)))
        });
    }
    drop(sender);
    let mut count = Count::default();
    let mut on_sample_data = false;
    let mut without_service = 0;
    for line in lines {
        if line.trim_start().starts_with("Running ") {
            on_sample_data = line.contains("sample_data");
        }
        without_service += u64::from(line.starts_with("skipped: no "));
        if let Some(result) = line.strip_prefix("test result: ") {
            let number = |word: &str| {
                result
                    .split(['.', ';'])
                    .find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok())
                    .unwrap_or_default()
            };
            let mut these = Count { passed: number("passed"), failed: number("failed"), skipped: number("ignored") };
            if on_sample_data && data.is_none() {
                these.skipped += std::mem::take(&mut these.passed);
            }
            count += these;
        }
        eprintln!("{line}");
    }
    count.passed = count.passed.saturating_sub(without_service);
    count.skipped += without_service;
    if !child.wait()?.success() && count.failed == 0 {
        bail!("cargo test could not build or run the tests");
    }
    Ok(count)
}
