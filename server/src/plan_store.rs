//! Where shared plans lie: in the database of everything else, or in PostgreSQL, where several processes or tenants share
//! them.

use std::sync::Arc;

use access::{StoreError, TenantId};
use jiff::Timestamp;
use shared_plan::ports::{Documents, Outbox, Timed};
use storage::{Database, PostgresDatabase, Sealer};

use crate::config::Config;
use crate::state::StartError;

/// The ports of the shared plan.
#[derive(Clone)]
pub struct PlanStore {
    /// Plans and what hangs on persons.
    pub documents: Arc<dyn Documents>,
    /// What others are told.
    pub outbox: Arc<dyn Outbox>,
    /// What becomes late.
    pub timed: Arc<dyn Timed>,
    postgres: Option<PostgresDatabase>,
}

impl PlanStore {
    /// Opens PostgreSQL where the configuration names it; else the database of everything else holds shared plans too.
    ///
    /// # Errors
    /// The database does not keep tenants apart, or cannot be reached.
    pub async fn open(config: &Config, database: &Database, sealer: Sealer) -> Result<Self, StartError> {
        let Some(url) = config.shared_plan.as_ref().map(|section| &section.database_url) else {
            return Ok(Self {
                documents: Arc::new(database.documents()),
                outbox: Arc::new(database.outbox()),
                timed: Arc::new(database.timed()),
                postgres: None,
            });
        };
        let tenants = config.tenants.iter().map(|tenant| TenantId::new(tenant.id.as_str())).collect();
        let (url, runtime) = (url.clone(), tokio::runtime::Handle::current());
        // On a thread of its own: the compiler cannot see through all it holds that it may go from thread to thread.
        let opened =
            tokio::task::spawn_blocking(move || runtime.block_on(PostgresDatabase::open(&url, sealer, tenants)));
        let postgres = opened
            .await
            .map_err(StartError::of)?
            .map_err(|error| StartError(format!("[shared_plan] database_url: {}", StartError::of(error))))?;
        Ok(Self {
            documents: Arc::new(postgres.documents()),
            outbox: Arc::new(postgres.outbox()),
            timed: Arc::new(postgres.timed()),
            postgres: Some(postgres),
        })
    }

    /// Removes what has outlived its time. In the database of everything else that is done with the rest.
    ///
    /// # Errors
    /// The database could not be asked.
    pub async fn purge(&self, now: Timestamp) -> Result<u64, StoreError> {
        match &self.postgres {
            Some(postgres) => Ok(postgres.purge(now).await?.shared_plan),
            None => Ok(0),
        }
    }

    /// Waits for what is running, and closes.
    pub async fn close(&self) {
        if let Some(postgres) = &self.postgres {
            postgres.close().await;
        }
    }
}
