//! SQLite in a folder of its own.

use std::path::Path;
use std::sync::Arc;

use access::{Randomness, TenantId};
use rand::TryRngCore;
use storage::{Database, Sealer, SealingKey, Store};

use crate::Stores;
use crate::shared_plan::{Opened, SharedPlans};

pub struct SystemRandom;

impl Randomness for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::OsRng.try_fill_bytes(bytes).unwrap();
    }
}

pub fn sealer() -> Sealer {
    Sealer::new(SealingKey::from_bytes([7; 32]), Arc::new(SystemRandom))
}

pub fn url(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("accord.db").display())
}

pub async fn open() -> Stores {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&url(folder.path()), sealer()).await.unwrap();
    let elsewhere = Database::open(&url(folder.path()), sealer()).await.unwrap();
    Stores {
        sessions: Arc::new(database.sessions()),
        sessions_elsewhere: Arc::new(elsewhere.sessions()),
        sign_ins: Arc::new(database.sign_ins()),
        launches: Arc::new(database.launches()),
        launches_elsewhere: Arc::new(elsewhere.launches()),
        pending_launches: Arc::new(database.pending_launches()),
        pending_launches_elsewhere: Arc::new(elsewhere.pending_launches()),
        grants: Arc::new(database.grants()),
        grants_elsewhere: Arc::new(elsewhere.grants()),
        intents: Arc::new(database.intents()),
        persons: Arc::new(database.persons()),
        persons_elsewhere: Arc::new(elsewhere.persons()),
        consents: Arc::new(database.consents()),
        consents_elsewhere: Arc::new(elsewhere.consents()),
        standing_grants: Arc::new(database.standing_grants()),
        kept_items: Arc::new(database.kept_items()),
        audit: Arc::new(database.audit()),
        audit_elsewhere: Arc::new(elsewhere.audit()),
        trail: Arc::new(database.audit()),
        trail_elsewhere: Arc::new(elsewhere.audit()),
        database: Store::Sqlite(database),
        folder,
    }
}

/// The ports of the shared plan, twice on one file.
pub async fn shared_plans() -> SharedPlans {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&url(folder.path()), sealer()).await.unwrap();
    let elsewhere = Database::open(&url(folder.path()), sealer()).await.unwrap();
    SharedPlans {
        documents: Arc::new(database.documents()),
        documents_elsewhere: Arc::new(elsewhere.documents()),
        outbox: Arc::new(database.outbox()),
        outbox_elsewhere: Arc::new(elsewhere.outbox()),
        deliveries: Arc::new(database.deliveries()),
        deliveries_elsewhere: Arc::new(elsewhere.deliveries()),
        timed: Arc::new(database.timed()),
        timed_elsewhere: Arc::new(elsewhere.timed()),
        whose: Arc::new(database.whose()),
        whose_elsewhere: Arc::new(elsewhere.whose()),
        tenant: TenantId::new("valley"),
        other: TenantId::new("lake"),
        database: Opened::Sqlite(database, folder),
    }
}
