//! Browser tests: Playwright with the system's Chromium, against the script and the module that users get.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::{self, Profile};
use crate::world::Plan;
use crate::{run, setup};

/// How many tests passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
    /// Skipped.
    pub skipped: u64,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Runs the browser tests, or those with a word in file or title, against the frontend of the release build; a failed
/// test is counted, not an error.
pub fn run(stories: Option<&str>) -> Result<Count> {
    setup::for_building()?;
    setup::for_browser_tests()?;
    build::all(Profile::ReleaseFrontend)?;
    let report = PathBuf::from("target/end2end.json");
    let _ = std::fs::remove_file(&report);
    // No port of this world may be one that browsers refuse, such as 6000 for the sandbox's control page.
    let plan = Plan { folder: "target/end2end".into(), port: 5100, own_sites: true, profile: Profile::ReleaseFrontend };
    let world = plan.start()?;
    let status = run::step("browser tests", || {
        Ok(playwright(&world)
            .args(["test", "--reporter=list,json"])
            .args(stories)
            .env("PLAYWRIGHT_JSON_OUTPUT_NAME", std::path::absolute(&report)?)
            .env("ACCORD_SITE", std::path::absolute(build::site(Profile::ReleaseFrontend))?)
            .status()?)
    })?;
    let report =
        std::fs::read(&report).with_context(|| format!("Playwright ended with {status} and left no report"))?;
    let report: serde_json::Value = serde_json::from_slice(&report)?;
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
    let mut count =
        Count { passed: count("expected"), failed: count("unexpected") + count("flaky"), skipped: count("skipped") };
    if !status.success() && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

/// Takes a picture of every screen into `end2end/screenshots`.
pub fn screenshots() -> Result<()> {
    setup::for_building()?;
    setup::for_browser_tests()?;
    build::all(Profile::Debug)?;
    let plan = Plan { folder: "target/screenshots".into(), port: 5200, own_sites: true, profile: Profile::Debug };
    let world = plan.start()?;
    run::step("screenshots", || run::program(playwright(&world).args(["test", "--config", "screenshots.config.ts"])))
}

fn playwright(world: &crate::world::World) -> Command {
    let mut command = Command::new("npx");
    command
        .args(["--no-install", "playwright"])
        .current_dir("end2end")
        .env("ACCORD_URL", &world.address)
        .env("SANDBOX_URL", &world.control);
    command
}
