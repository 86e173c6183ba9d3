//! PostgreSQL: for the shared plan one database for all laws, and tenants of its own for each; for sessions, which are the
//! installation's, a database for each.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use access::TenantId;
use storage::{PostgresDatabase, Store};
use test_services::{Database, Postgres, or_skip};
use tokio::sync::OnceCell;

use crate::Stores;
use crate::people::tenant;
use crate::shared_plan::{Opened, SharedPlans};
use crate::sqlite::sealer;

pub async fn shared_plans() -> Option<SharedPlans> {
    static DATABASE: OnceCell<Database> = OnceCell::const_new();
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Asked by each law, so that each says that it was skipped.
    let postgres = or_skip(Postgres::shared())?;
    let database = DATABASE.get_or_init(|| migrated(postgres)).await;
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let tenants = ["valley", "lake"].map(|name| TenantId::new(format!("{name}-{number}")));
    let open = async || {
        let (url, tenants) = (&database.application_url, tenants.to_vec());
        PostgresDatabase::open(url, sealer(), tenants).await.unwrap()
    };
    let (database, elsewhere) = (open().await, open().await);
    let [tenant, other] = tenants;
    Some(SharedPlans {
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
        tenant,
        other,
        database: Opened::Postgres(database),
    })
}

/// All ports.
pub async fn open() -> Option<Stores> {
    static EMPTY: OnceCell<Database> = OnceCell::const_new();
    let postgres = or_skip(Postgres::shared())?;
    let empty = EMPTY.get_or_init(|| migrated(postgres.clone())).await;
    let url = postgres.copy_of(empty).unwrap().application_url;
    let tenants = || vec![tenant(), TenantId::new("lake"), TenantId::new("elsewhere")];
    let open = async || PostgresDatabase::open(&url, sealer(), tenants()).await.unwrap();
    let (database, elsewhere) = (open().await, open().await);
    Some(Stores {
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
        database: Store::Postgres(database),
        folder: tempfile::tempdir().unwrap(),
    })
}

async fn migrated(postgres: Postgres) -> Database {
    let database = postgres.database().unwrap();
    storage::postgres::migrate(&database.owner_url, &database.application_role).await.unwrap();
    database
}
