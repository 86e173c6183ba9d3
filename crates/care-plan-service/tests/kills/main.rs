//! A process that is killed at any point has kept what it has answered for, and has told it once.
//!
//! The test starts itself as a child that changes one plan, over and over, and says each version that it was told is
//! kept. The child is killed with `SIGKILL` in the middle of its work, again and again, and then its store is asked: every
//! version that was said is there, with its event, and a consumer that counts each id once has the effect of each change
//! exactly once. 10 kills; `cargo xtask torture --part process-kills` makes it 200.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

#[path = "../one_plan/mod.rs"]
mod one_plan;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use rand::{Rng, SeedableRng};
use shared_plan::plan::Plan;
use shared_plan::{Event, EventKind, Id};

use crate::one_plan::{World, postgresql, sqlite, writer};

/// What tells a child that it is one: the address of its database.
const DATABASE: &str = "ACCORD_TEST_CHILD_DATABASE";
/// The plan that the child changes.
const PLAN: &str = "ACCORD_TEST_CHILD_PLAN";

/// What the child does; in the parent's own run there is nothing to do.
#[tokio::test]
async fn child() {
    let (Ok(url), Ok(plan)) = (std::env::var(DATABASE), std::env::var(PLAN)) else { return };
    let (world, by, id) = (World::open(&url).await, writer(0), Id::<Plan>::parse(&plan).unwrap());
    let mut out = std::io::stdout();
    loop {
        let plan = world.service.plan(&by, id).await.unwrap();
        let saved = world.judge(&by, &plan, plan.goals[0].id).await.unwrap();
        // The line that says "kept" is the answer that a user would have had.
        writeln!(out, "kept {}", saved.plan.version).unwrap();
        out.flush().unwrap();
    }
}

#[tokio::test]
async fn a_process_that_is_killed_loses_and_doubles_nothing_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    run(&sqlite(folder.path())).await;
}

#[tokio::test]
async fn a_process_that_is_killed_loses_and_doubles_nothing_in_postgresql() {
    let Some((_postgres, url)) = postgresql().await else { return };
    run(&url).await;
}

async fn run(url: &str) {
    let world = World::open(url).await;
    let plan = world.begin(1).await;

    let read = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (kills, seed) = (read("ACCORD_TORTURE_OPERATIONS").unwrap_or(10), read("ACCORD_TORTURE_SEED").unwrap_or(1));
    let mut dice = rand::rngs::StdRng::seed_from_u64(seed);
    let mut said = BTreeSet::new();
    for kill in 0..kills {
        said.extend(killed(url, plan.id, dice.random_range(1..30)));
        let last = said.last().copied().unwrap_or_default();
        let now = world.service.plan(&writer(0), plan.id).await.unwrap();
        assert!(now.version.0 >= last, "kill {kill}: version {last} was said to be kept and is not there");
        if kill % 20 == 19 {
            eprintln!("{} kills of {kills}, {} versions", kill + 1, now.version.0);
        }
    }

    let heads = world.documents.versions(&plan.key(), None, usize::MAX).await.unwrap();
    let kept: BTreeSet<u64> = heads.iter().map(|head| head.version.0).collect();
    assert!(said.is_subset(&kept), "what was said to be kept is kept");
    let changed: Vec<u64> = kept.into_iter().filter(|version| *version > plan.version.0).collect();
    assert_eq!(consumed(&world.told().await), changed, "each version was told once, in order");
}

/// Starts a child, hears so many answers, and kills it in the middle of what it does next.
fn killed(url: &str, plan: Id<Plan>, answers: usize) -> Vec<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(DATABASE, url)
        .env(PLAN, plan.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let heard = lines.filter_map(|line| line.split_once("kept ")?.1.parse().ok()).take(answers).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    heard
}

/// What a consumer that counts each id once makes of what it is told: the versions of the judged goal, in the order told.
/// Every event is handed to it twice.
fn consumed(told: &[Event]) -> Vec<u64> {
    let (mut seen, mut versions) = (BTreeSet::new(), Vec::new());
    for event in told.iter().flat_map(|event| [event, event]) {
        let new = seen.insert(event.id);
        let judged = event.what == EventKind::GoalChanged && event.state.is_some();
        if new && judged && event.version.0 > 2 {
            versions.push(event.version.0);
        }
    }
    versions
}
