//! Killed at any moment, whatever is killed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use access::TenantId;
use access::audit::Verified;
use rand::{Rng, SeedableRng};
use test_services::{Durability, Nats, Postgres};

use crate::accord::Accord;
use crate::client::Client;
use crate::consumer;
use crate::writers::{self, Progress};

/// What is killed.
#[derive(Debug, Clone, Copy)]
enum Victim {
    Accord,
    Broker,
    Database,
}

#[tokio::test(flavor = "multi_thread")]
async fn accord_and_its_broker_are_killed_again_and_again_with_sqlite() {
    let Some(nats) = test_services::or_skip(Nats::start()) else { return };
    run(Accord::prepared("sqlite://accord.db", Some(&nats.url())).await, nats, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accord_its_broker_and_its_database_are_killed_again_and_again_with_postgresql() {
    let Some(nats) = test_services::or_skip(Nats::start()) else { return };
    let Some(postgres) = test_services::or_skip(Postgres::start(Durability::Durable)) else { return };
    let urls = postgres.database().expect("a database");
    storage::postgres::migrate(&urls.owner_url, &urls.application_role).await.expect("migrated");
    let accord = Accord::prepared(&urls.application_tcp_url, Some(&nats.url())).await;
    run(accord, nats, Some(postgres)).await;
}

async fn run(accord: Accord, nats: Nats, postgres: Option<Postgres>) {
    let accord = Arc::new(accord);
    accord.start(None);
    let progress = Arc::new(Progress::default());
    let running = writers::start(&accord, &progress).await;

    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (kills, seed) = (number("ACCORD_TORTURE_OPERATIONS").unwrap_or(12), number("ACCORD_TORTURE_SEED").unwrap_or(1));
    let mut dice = rand::rngs::StdRng::seed_from_u64(seed);
    for kill in 0..kills {
        let goal = progress.accepted.load(Ordering::Relaxed) + dice.random_range(1..40);
        while progress.accepted.load(Ordering::Relaxed) < goal {
            // Nothing rests on when exactly it looks again.
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // Two of three are the program itself; the others by turns.
        let victim = match (kill % 6, &postgres) {
            (4, _) => Victim::Broker,
            (5, Some(_)) => Victim::Database,
            _ => Victim::Accord,
        };
        let (accord, nats, postgres) = (accord.clone(), nats.clone(), postgres.clone());
        tokio::task::spawn_blocking(move || strike(victim, &accord, &nats, postgres.as_ref())).await.expect("struck");
        if kill % 20 == 19 {
            eprintln!("{} kills of {kills}, {} accepted", kill + 1, progress.accepted.load(Ordering::Relaxed));
        }
    }
    progress.enough.store(true, Ordering::Relaxed);

    let client = Client::new(&accord, "judge");
    let mut made: BTreeMap<String, (u64, BTreeSet<u64>)> = BTreeMap::new();
    for (on, writer) in running {
        let versions = writer.await.expect("a writer that ended well");
        let of_plan = made.entry(on.plan).or_insert_with(|| (on.first, BTreeSet::new()));
        for version in versions {
            assert!(of_plan.1.insert(version), "version {version} was answered to two writers");
        }
    }
    client.watch("/metrics", |text| text.lines().any(|line| line == "accord_outbox_waiting 0")).await;
    let effect = consumer::effect(&nats).await;
    for (plan, (first, accepted)) in &made {
        let kept: BTreeSet<u64> = writers::versions(&client, plan).await;
        let after: BTreeSet<u64> = kept.iter().copied().filter(|version| version > first).collect();
        assert_eq!(after, *accepted, "what was accepted is kept, and nothing else");
        let told: Vec<u64> = effect[plan].iter().copied().filter(|version| version > first).collect();
        assert_eq!(told, accepted.iter().copied().collect::<Vec<_>>(), "each version was told once, in order");
    }
    accord.kill();
    let accepted: u64 = made.values().map(|(_, versions)| versions.len() as u64).sum();
    whole_log(&accord, accepted).await;
}

fn strike(victim: Victim, accord: &Accord, nats: &Nats, postgres: Option<&Postgres>) {
    match (victim, postgres) {
        (Victim::Accord, _) | (Victim::Database, None) => {
            accord.kill();
            accord.start(None);
        }
        (Victim::Broker, _) => {
            nats.kill();
            nats.start_again().expect("it starts again");
        }
        (Victim::Database, Some(postgres)) => {
            postgres.stop_immediate();
            postgres.start_again().expect("it starts again");
        }
    }
}

/// The log is unbroken and has at least a line for each write.
pub async fn whole_log(accord: &Accord, at_least: u64) {
    let store = accord.store().await;
    match store.ports().trail.verify(&TenantId::new("valley")).await.expect("the log answers") {
        Verified::Whole { events, .. } => assert!(events >= at_least, "{events} lines for {at_least} writes"),
        Verified::Broken { at } => panic!("the log is broken at {at}"),
    }
    store.close().await;
}
