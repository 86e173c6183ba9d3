//! Many writers on one plan: nothing is written over, and nothing that was accepted is lost.
//!
//! 64 writers of 20 rounds each; `cargo xtask torture --part writers` makes it 1,000.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

#[path = "../one_plan/mod.rs"]
mod one_plan;

use std::collections::BTreeMap;
use std::sync::Arc;

use care_plan_service::Failure;
use shared_plan::EventKind;

use crate::one_plan::{World, postgresql, sqlite, writer};

const WRITERS: usize = 64;

fn rounds() -> usize {
    let all = std::env::var("ACCORD_TORTURE_OPERATIONS").ok().and_then(|text| text.parse::<usize>().ok());
    all.map_or(20, |all| all.div_ceil(WRITERS))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_writers_on_sqlite_each_is_accepted_or_told_that_another_was_first() {
    let folder = tempfile::tempdir().unwrap();
    run(&sqlite(folder.path())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_writers_on_postgresql_each_is_accepted_or_told_that_another_was_first() {
    let Some((_postgres, url)) = postgresql().await else { return };
    run(&url).await;
}

async fn run(url: &str) {
    let world = Arc::new(World::open(url).await);
    let plan = world.begin(WRITERS).await;
    let (id, first) = (plan.id, plan.version);

    let writers = plan.goals.iter().map(|goal| goal.id).enumerate().map(|(at, goal)| {
        let world = world.clone();
        tokio::spawn(async move {
            let (by, mut accepted) = (writer(at), 0);
            for round in 0..rounds() {
                if at == 0 && round % 50 == 49 {
                    eprintln!("round {} of {}", round + 1, rounds());
                }
                let plan = world.service.plan(&by, id).await.unwrap();
                match world.judge(&by, &plan, goal).await {
                    Ok(saved) => {
                        assert_eq!(saved.plan.version, plan.version.next());
                        accepted += 1;
                    }
                    Err(Failure::Stale { now }) => assert!(now > plan.version, "somebody else was first"),
                    Err(other) => panic!("neither accepted nor stale: {other}"),
                }
            }
            (goal, accepted)
        })
    });
    let mut accepted = BTreeMap::new();
    for writer in writers.collect::<Vec<_>>() {
        let (goal, count) = writer.await.unwrap();
        accepted.insert(goal, count);
    }
    let all: u64 = accepted.values().sum();
    assert!(all > 0);

    let after = world.service.plan(&writer(0), id).await.unwrap();
    assert_eq!(after.version.0 - first.0, all, "the version counts what was accepted");
    for goal in &after.goals {
        assert_eq!(
            goal.version.0 - 1,
            accepted[&goal.id],
            "what was accepted of each writer is there, and nothing else"
        );
    }
    let versions = world.documents.versions(&after.key(), None, usize::MAX).await.unwrap();
    assert_eq!(versions.len() as u64, after.version.0, "every version can be read");

    let told = world.told().await.iter().filter(|event| event.what == EventKind::GoalChanged).count() as u64;
    assert_eq!(told, all + WRITERS as u64, "each is told, and each goal that was added");
}
