//! The whole way: a change is kept in a database, two relays hand its events on to NATS, and whatever is stopped in
//! between, a consumer counts each once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{PersonId, Randomness, TenantId};
use care_plan_service::relay::{Relay, Rest};
use jiff::SignedDuration;
use shared_plan::ports::{Commit, Document, Documents, Key, Kind, Outbox};
use shared_plan::{Event, EventId, EventKind, Version, Who};
use storage::{Database, PostgresDatabase, Sealer, SealingKey};
use test_services::{Durability, Nats, Postgres, or_skip};

use super::{counted, outside, publisher, relay_at, stored};
use crate::world::{Moved, START};

const PLANS: u8 = 3;
const VERSIONS: u64 = 8;
const EVENTS: u32 = 2;

/// One process: the ports of a database.
type Ports = (Arc<dyn Documents>, Arc<dyn Outbox>);

/// Sealing needs numbers that were not used before, and nothing else of them here.
struct Counting;

impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().zip(number.iter().cycle()).for_each(|(byte, number)| *byte = *number);
    }
}

fn sealer() -> Sealer {
    Sealer::new(SealingKey::from_bytes([7; 32]), Arc::new(Counting))
}

/// A version of a plan, with its events.
fn commit(plan: u8, version: u64) -> Commit {
    let key = Key { tenant: TenantId::new("valley"), kind: Kind::Plan, id: format!("{plan:02x}").repeat(16) };
    let person = PersonId::from_random([plan; 16]);
    let event = |index: u32| {
        let number = (u128::from(plan) << 64) | (u128::from(version) << 32) | u128::from(index);
        Event {
            id: EventId::from_random(number.to_be_bytes()),
            what: EventKind::PlanRevised,
            tenant: key.tenant.clone(),
            person: person.clone(),
            kind: key.kind,
            document: key.id.clone(),
            version: Version(version),
            index,
            part: None,
            programme: None,
            state: None,
            facts: None,
            at: START,
        }
    };
    Commit {
        document: Document {
            key: key.clone(),
            person: person.clone(),
            version: Version(version),
            status: "draft".into(),
            at: START,
            by: Who::clock(),
            reason: None,
            written_at: None,
            content: b"{}".to_vec(),
        },
        seen: (version > 1).then(|| Version(version - 1)),
        parts: Vec::new(),
        dues: Vec::new(),
        events: (0..EVENTS).map(event).collect(),
        once: None,
    }
}

/// Keeps a change, asking again as a client does whose answer was lost: then the version is there already.
async fn keep(documents: &dyn Documents, commit: &Commit) {
    for _ in 0..100 {
        if documents.commit(commit).await.is_ok() {
            return;
        }
    }
    panic!("the database does not come back");
}

/// Makes changes while two relays work, each with a broker connection of its own; `trouble` comes after each version.
async fn the_whole_way(server: &Nats, processes: [Ports; 2], mut trouble: impl FnMut(u64)) {
    let clock = Moved::new();
    let mut relays: Vec<(Relay, _)> = Vec::new();
    for (_, outbox) in &processes {
        let (nats, bell) = publisher(server).await;
        relays.push((relay_at(clock.clone(), outbox.clone(), Arc::new(nats), bell.clone()), bell));
    }
    for version in 1..=VERSIONS {
        for plan in 0..PLANS {
            let (documents, _) = &processes[usize::from(plan) % 2];
            keep(&**documents, &commit(plan, version)).await;
        }
        trouble(version);
        for (relay, _) in &relays {
            // What goes wrong is in the outbox, or comes again when its lease is over.
            let _ = relay.turn().await;
        }
        clock.by(SignedDuration::from_secs(5));
    }
    let mut idle = 0;
    while idle < 2 {
        for (relay, bell) in &relays {
            let _ = relay.turn().await;
            bell.rest(SignedDuration::from_millis(5)).await;
        }
        clock.by(SignedDuration::from_secs(5));
        let waits = processes[0].1.backlog().await.map_or(true, |backlog| backlog.waiting > 0);
        idle = if waits { 0 } else { idle + 1 };
    }

    let messages = stored(&outside(server).await).await;
    let documents = counted(&messages);
    assert_eq!(documents.len(), usize::from(PLANS));
    let each = usize::try_from(VERSIONS).expect("few") * usize::try_from(EVENTS).expect("few");
    for (document, sequences) in documents {
        assert_eq!(sequences.len(), each, "{document}");
        assert!(sequences.is_sorted(), "{document}: {sequences:?}");
    }
    assert_eq!(messages.len(), each * usize::from(PLANS), "stored once each");
    assert_eq!(processes[0].1.backlog().await.expect("asked").dead, 0);
    let replayed = processes[1].1.replay(jiff::Timestamp::MIN).await.expect("asked");
    assert_eq!(replayed, messages.len() as u64, "every event is still there, to be told again");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_kept_in_sqlite_reach_nats_once_each_and_in_order_though_it_is_killed() {
    let Some(server) = or_skip(Nats::start()) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("accord.db").display());
    let open = async || {
        let database = Database::open(&url, sealer()).await.expect("opened");
        (Arc::new(database.documents()) as _, Arc::new(database.outbox()) as _)
    };
    let processes = [open().await, open().await];
    the_whole_way(&server, processes, |version| match version % 4 {
        1 => server.kill(),
        2 => server.start_again().expect("it starts"),
        _ => {}
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_kept_in_postgresql_reach_nats_once_each_and_in_order_though_both_are_stopped() {
    let Some(server) = or_skip(Nats::start()) else { return };
    let Some(postgres) = or_skip(Postgres::start(Durability::Durable)) else { return };
    let database = postgres.database().expect("a database");
    storage::postgres::migrate(&database.owner_url, &database.application_role).await.expect("migrated");
    let open = async || {
        let tenants = vec![TenantId::new("valley")];
        let database = PostgresDatabase::open(&database.application_url, sealer(), tenants).await.expect("opened");
        (Arc::new(database.documents()) as _, Arc::new(database.outbox()) as _)
    };
    let processes = [open().await, open().await];
    the_whole_way(&server, processes, |version| match version % 4 {
        1 => server.kill(),
        2 => server.start_again().expect("it starts"),
        3 => {
            postgres.stop_immediate();
            postgres.start_again().expect("it starts on what was committed");
        }
        _ => {}
    })
    .await;
}
