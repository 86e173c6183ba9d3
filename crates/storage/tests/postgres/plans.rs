//! A migrated database of one's own, and plans to put into it.

use std::sync::Arc;

use access::{PersonId, Randomness, TenantId};
use jiff::Timestamp;
use rand::TryRngCore;
use shared_plan::ports::{Commit, Committed, Document, Documents, Due, DueKind, Key, Kind, Once, PartKey};
use shared_plan::{Event, EventId, EventKind, Version, Who};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use storage::{PostgresDatabase, Sealer, SealingKey};
use test_services::{Database, Postgres, or_skip};

/// The tables of the schema, as somebody wrote them down by hand.
pub const TABLES: &[&str] = &[
    "audit_event",
    "audit_retention",
    "audit_start",
    "consent",
    "consent_in_force",
    "delivery",
    "document",
    "document_due",
    "document_due_told",
    "document_left",
    "document_part",
    "document_version",
    "document_whose",
    "event_receiver",
    "former_cookie",
    "idempotency_key",
    "kept_item",
    "kept_key",
    "launch",
    "outbox",
    "pending_launch",
    "person",
    "person_link",
    "session",
    "sign_in",
    "source_grant",
    "standing_grant",
    "standing_use",
    "turn",
    "write_intent",
];

pub struct SystemRandom;

impl Randomness for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::OsRng.try_fill_bytes(bytes).unwrap();
    }
}

pub fn sealer(byte: u8) -> Sealer {
    Sealer::new(SealingKey::from_bytes([byte; 32]), Arc::new(SystemRandom))
}

/// An empty database.
pub fn empty() -> Option<(Postgres, Database)> {
    let postgres = or_skip(Postgres::shared())?;
    let database = postgres.database().unwrap();
    Some((postgres, database))
}

/// A database with its schema.
pub async fn migrated() -> Option<(Postgres, Database)> {
    let (postgres, database) = empty()?;
    storage::postgres::migrate(&database.owner_url, &database.application_role).await.unwrap();
    Some((postgres, database))
}

/// A database in which two tenants have the same plan.
pub async fn filled() -> Option<(Postgres, Database, PostgresDatabase)> {
    let (postgres, database) = migrated().await?;
    let open = open(&database).await.unwrap();
    for tenant in tenants() {
        assert_eq!(open.documents().commit(&plan(&tenant, 1)).await.unwrap(), Committed::Kept);
    }
    Some((postgres, database, open))
}

pub fn tenants() -> [TenantId; 2] {
    ["valley", "lake"].map(TenantId::new)
}

pub async fn open(database: &Database) -> Result<PostgresDatabase, storage::postgres::OpenError> {
    PostgresDatabase::open(&database.application_url, sealer(7), tenants().to_vec()).await
}

/// A connection beside all helpers.
pub async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.unwrap()
}

pub async fn count(connection: &mut PgConnection, table: &str) -> i64 {
    let query = AssertSqlSafe(format!("SELECT count(*) FROM accord.{table}"));
    sqlx::query_scalar(query).fetch_one(connection).await.unwrap()
}

pub fn hex(byte: u8) -> String {
    format!("{byte:02x}").repeat(16)
}

pub fn key(tenant: &TenantId, byte: u8) -> Key {
    Key { tenant: tenant.clone(), kind: Kind::Plan, id: hex(byte) }
}

/// A new plan with everything that a commit can have.
pub fn plan(tenant: &TenantId, byte: u8) -> Commit {
    let key = key(tenant, byte);
    let at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let person = PersonId::from_random([byte; 16]);
    let event = Event {
        id: EventId::from_random([byte; 16]),
        what: EventKind::PlanCreated,
        tenant: tenant.clone(),
        person: person.clone(),
        kind: key.kind,
        document: key.id.clone(),
        version: Version::FIRST,
        index: 0,
        part: None,
        programme: Some("programme-canary".to_owned()),
        state: None,
        facts: None,
        at,
    };
    Commit {
        document: Document {
            person,
            version: Version::FIRST,
            status: "draft".to_owned(),
            at,
            by: Who { name: "name-canary".to_owned(), ..Who::clock() },
            reason: Some("reason-canary".to_owned()),
            written_at: None,
            content: format!("content-canary of {tenant}").into_bytes(),
            key,
        },
        seen: None,
        parts: vec![PartKey { kind: "goal", id: hex(byte) }],
        dues: vec![Due { what: DueKind::GoalOverdue, part: hex(byte), day: "2026-01-01".parse().unwrap() }],
        events: vec![event],
        once: Some(Once { key: format!("key-canary-{byte}"), asked: [byte; 32] }),
    }
}
