//! The ports of the shared plan on one database, and documents to try them with. What must not lie in a database in the
//! clear says `canary`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{PatientAt, PersonId, Role, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use shared_plan::ports::{
    Commit, Deliveries, Document, Documents, Due, DueKind, Key, Kind, Once, Outbox, PartKey, Timed, Whose,
};
use shared_plan::{Event, EventId, EventKind, Version, Who};

use crate::people::{noon, user};

/// The shared plan's ports of one database, twice, as two processes have them.
pub struct SharedPlans {
    pub documents: Arc<dyn Documents>,
    pub documents_elsewhere: Arc<dyn Documents>,
    pub outbox: Arc<dyn Outbox>,
    pub outbox_elsewhere: Arc<dyn Outbox>,
    pub deliveries: Arc<dyn Deliveries>,
    pub deliveries_elsewhere: Arc<dyn Deliveries>,
    pub timed: Arc<dyn Timed>,
    pub timed_elsewhere: Arc<dyn Timed>,
    pub whose: Arc<dyn Whose>,
    pub whose_elsewhere: Arc<dyn Whose>,
    /// Two tenants of nobody else's.
    pub tenant: TenantId,
    pub other: TenantId,
    pub database: Opened,
}

/// What purges; SQLite with its folder.
pub enum Opened {
    Sqlite(storage::Database, #[expect(dead_code, reason = "kept for as long as it is tried")] tempfile::TempDir),
    Postgres(storage::PostgresDatabase),
}

impl SharedPlans {
    pub async fn purge(&self, now: Timestamp) -> u64 {
        match &self.database {
            Opened::Sqlite(database, _) => database.purge(now).await.unwrap().shared_plan,
            Opened::Postgres(database) => database.purge(now).await.unwrap().shared_plan,
        }
    }

    /// A key of the first tenant.
    pub fn plan(&self, byte: u8) -> Key {
        key(&self.tenant, byte)
    }

    /// Keeps a commit that nothing stands against.
    pub async fn keep(&self, commit: &Commit) {
        assert_eq!(self.documents.commit(commit).await.unwrap(), shared_plan::ports::Committed::Kept);
    }

    /// What of the first tenant waits, in the order of claims that hand on each event at once.
    pub async fn told(&self, now: Timestamp) -> Vec<EventId> {
        let mut told = Vec::new();
        loop {
            let claimed = self.outbox.claim(now, jiff::SignedDuration::from_mins(1), 10).await.unwrap();
            if claimed.is_empty() {
                return told;
            }
            for outgoing in claimed {
                self.outbox.handed_on(&outgoing.tenant, outgoing.event.id, now).await.unwrap();
                told.push(outgoing.event.id);
            }
        }
    }
}

pub fn hex(byte: u8) -> String {
    format!("{byte:02x}").repeat(16)
}

pub fn key(tenant: &TenantId, byte: u8) -> Key {
    Key { tenant: tenant.clone(), kind: Kind::Plan, id: hex(byte) }
}

pub fn person(byte: u8) -> PersonId {
    PersonId::from_random([byte; 16])
}

/// A version of a plan of the first person.
pub fn document(key: &Key, version: u64) -> Document {
    Document {
        key: key.clone(),
        person: person(1),
        version: Version(version),
        status: "draft".to_owned(),
        at: noon() + jiff::SignedDuration::from_mins(i64::try_from(version).unwrap()),
        by: Who {
            user: Some(user()),
            role: Some(Role::Coordinator),
            name: format!("Name canary of version {version}"),
            resource: None,
        },
        reason: Some(format!("Reason canary of version {version}")),
        written_at: Some(PatientAt::new("valley-ehr", format!("patient-canary-{version}"))),
        content: format!(r#"{{"title":"Content canary of {} version {version}"}}"#, key.tenant).into_bytes(),
    }
}

/// Makes a document that has nothing but itself.
pub fn make(key: &Key) -> Commit {
    Commit { document: document(key, 1), seen: None, parts: vec![], dues: vec![], events: vec![], once: None }
}

/// Makes the version after `seen`.
pub fn change(key: &Key, seen: u64) -> Commit {
    Commit { document: document(key, seen + 1), seen: Some(Version(seen)), ..make(key) }
}

/// The same with so many events, each with an id of its own.
pub fn telling(commit: Commit, events: u32) -> Commit {
    let events = (0..events).map(|index| event(&commit.document.key, commit.document.version, index)).collect();
    Commit { events, ..commit }
}

pub fn event(key: &Key, version: Version, index: u32) -> Event {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = u128::from(NEXT.fetch_add(1, Ordering::Relaxed)).to_be_bytes();
    Event {
        id: EventId::from_random(id),
        what: EventKind::PlanRevised,
        tenant: key.tenant.clone(),
        person: person(1),
        kind: key.kind,
        document: key.id.clone(),
        version,
        index,
        part: None,
        programme: Some("programme-canary".to_owned()),
        state: None,
        facts: None,
        at: noon(),
    }
}

pub fn once(key: &str, asked: u8) -> Option<Once> {
    Some(Once { key: key.to_owned(), asked: [asked; 32] })
}

pub fn goal(byte: u8) -> PartKey {
    PartKey { kind: "goal", id: hex(byte) }
}

pub fn due(part: u8, day: &str) -> Due {
    Due { what: DueKind::GoalOverdue, part: hex(part), day: date(day) }
}

pub fn date(day: &str) -> Date {
    day.parse().unwrap()
}
