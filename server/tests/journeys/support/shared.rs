//! Several Accords on one PostgreSQL, behind one address, as behind a load balancer.

use std::convert::Infallible;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use test_services::{Database, Postgres, or_skip};
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// Every request goes to the next process.
const BY_TURNS: usize = usize::MAX;

/// Sends each request to one of several processes.
#[derive(Clone, Default)]
pub struct Front {
    processes: Arc<Mutex<Vec<Router>>>,
    chosen: Arc<AtomicUsize>,
    turn: Arc<AtomicUsize>,
}

impl Front {
    /// From now on all go to this one.
    pub fn to(&self, process: usize) {
        self.chosen.store(process, Ordering::SeqCst);
    }

    /// From now on each goes to another one than the one before.
    pub fn by_turns(&self) {
        self.chosen.store(BY_TURNS, Ordering::SeqCst);
    }

    /// One more process stands behind.
    pub fn add(&self, process: Router) {
        self.processes.lock().expect("no panic while it was held").push(process);
    }

    /// What answers at the address.
    pub fn router(&self) -> Router {
        let front = self.clone();
        Router::new().fallback(move |request: Request| front.clone().answer(request))
    }

    async fn answer(self, request: Request) -> Result<Response, Infallible> {
        self.next().oneshot(request).await
    }

    fn next(&self) -> Router {
        let processes = self.processes.lock().expect("no panic while it was held");
        let number = match self.chosen.load(Ordering::SeqCst) {
            BY_TURNS => self.turn.fetch_add(1, Ordering::SeqCst) % processes.len(),
            chosen => chosen,
        };
        processes[number].clone()
    }
}

/// What the processes share.
pub struct Shared {
    pub front: Front,
    postgres: Postgres,
    database: Database,
}

impl Shared {
    /// A database with its schema; `None` where PostgreSQL is not installed.
    pub async fn prepared() -> Option<Self> {
        static EMPTY: OnceCell<Database> = OnceCell::const_new();
        let postgres = or_skip(Postgres::shared())?;
        let migrated = async || {
            let database = postgres.database().expect("a database");
            storage::postgres::migrate(&database.owner_url, &database.application_role).await.expect("a schema");
            database
        };
        let database = postgres.copy_of(EMPTY.get_or_init(migrated).await).expect("a database");
        Some(Self { front: Front::default(), postgres, database })
    }

    /// The same where every journey is to run on PostgreSQL: `ACCORD_JOURNEYS_ON=postgresql`.
    pub async fn asked_for() -> Option<Self> {
        match std::env::var("ACCORD_JOURNEYS_ON").as_deref() {
            Ok("postgresql") => Self::prepared().await,
            _ => None,
        }
    }

    /// Where it is, for the configuration.
    pub fn url(&self) -> &str {
        &self.database.application_url
    }

    /// All it holds, as statements.
    pub fn dump(&self) -> Vec<u8> {
        self.postgres.dump(&self.database.name).expect("a dump")
    }

    /// The same as a file of a folder, to be searched there.
    pub fn dump_into(&self, folder: &Path) {
        std::fs::write(folder.join("accord.db.sql"), self.dump()).expect("a file");
    }
}
