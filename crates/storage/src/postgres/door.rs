//! The only way to a connection: a transaction that has said whose it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use access::{StoreError, TenantId};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction};

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Sealer;
use crate::step::{Aim, Door, installation, step};

// All that a step reads is of one moment, as in SQLite: a log that is looked over is not purged in between.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
// What waits for a row, then sees it as the other step left it.
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// All of it ends with the transaction, so the next one on this connection starts without a tenant, whatever pool is
/// between. Nobody waits for ever, for a row or for a process that stopped in the middle.
const ENTER: &str = "SELECT set_config('app.tenant', $1, true), \
                     set_config('search_path', 'accord, pg_catalog, pg_temp', true), \
                     set_config('lock_timeout', '5s', true), set_config('statement_timeout', '30s', true), \
                     set_config('idle_in_transaction_session_timeout', '30s', true)";
const MAKE_KEY: &str = "INSERT INTO kept_key (tenant_id, purpose, sealed) \
                        VALUES (current_setting('app.tenant'), $1, $2) ON CONFLICT (tenant_id, purpose) DO NOTHING";

/// The connections, and the keys of each tenant.
#[derive(Clone)]
pub(crate) struct PostgresDoor {
    pool: PgPool,
    keepers: Arc<BTreeMap<TenantId, Keeper>>,
}

step!(Postgres, say);

impl PostgresDoor {
    /// Reads the tenants' keys, or makes them.
    pub(super) async fn open(pool: PgPool, sealer: &Sealer, tenants: Vec<TenantId>) -> Result<Self, StoreError> {
        let mut keepers = BTreeMap::new();
        for tenant in tenants {
            let mut step = enter(&pool, &tenant, Aim::Write).await?;
            let keeper = Keeper::open(&mut step, sealer, MAKE_KEY, &[tenant.0.as_bytes()]).await?;
            step.commit().await.map_err(unasked)?;
            keepers.insert(tenant, keeper);
        }
        Ok(Self { pool, keepers: Arc::new(keepers) })
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

impl Door for PostgresDoor {
    type Step = Transaction<'static, Postgres>;

    const PASS_BY_HELD: &'static str = " FOR UPDATE SKIP LOCKED";
    const HELD: &'static str = " FOR UPDATE";
    const KEY: &'static str = "tenant_id, ";

    fn named(statement: impl Into<Cow<'static, str>>) -> AssertSqlSafe<Cow<'static, str>> {
        AssertSqlSafe(statement.into())
    }

    fn staying(table: &str) -> String {
        format!(" FOR KEY SHARE OF {table}")
    }

    async fn begin(&self, tenant: &TenantId, aim: Aim) -> Result<Self::Step, StoreError> {
        if tenant != installation() {
            self.keeper(tenant)?;
        }
        enter(&self.pool, tenant, aim).await
    }

    async fn tenants(&self) -> Result<Vec<TenantId>, StoreError> {
        Ok(self.keepers.keys().cloned().collect())
    }

    fn keeper(&self, tenant: &TenantId) -> Result<&Keeper, StoreError> {
        self.keepers.get(tenant).ok_or_else(|| unasked(format!("the database was not opened for tenant {tenant}")))
    }
}

async fn enter(pool: &PgPool, tenant: &TenantId, aim: Aim) -> Result<<PostgresDoor as Door>::Step, StoreError> {
    let begin = if aim == Aim::Read { READ } else { WRITE };
    let mut step = begun(pool.clone(), begin).await?;
    say(&mut step, tenant).await?;
    Ok(step)
}

/// Begins a transaction, to its end whatever happens to whoever wants it. One of whom nobody waits for the answer any more
/// would stay open on its connection: `sqlx` rolls back only what it has seen begin, and the next step there would be part
/// of it.
async fn begun(pool: PgPool, begin: &'static str) -> Result<Transaction<'static, Postgres>, StoreError> {
    let begun = tokio::spawn(async move { pool.begin_with(begin).await });
    begun.await.map_err(unasked)?.map_err(unasked)
}

/// Says whose the rest of the step is.
async fn say(step: &mut Transaction<'static, Postgres>, tenant: &TenantId) -> Result<(), StoreError> {
    if tenant.0.is_empty() {
        return Err(unasked("a tenant without a name"));
    }
    sqlx::query(ENTER).bind(&*tenant.0).execute(&mut **step).await.map(drop).map_err(unasked)
}
