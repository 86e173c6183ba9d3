//! The door of SQLite. Each condition names the tenant; nothing else keeps tenants apart there.

use std::borrow::Cow;

use access::{StoreError, TenantId};
use sqlx::{AssertSqlSafe, Sqlite, SqlitePool, Transaction};

use super::{Aim, Door, installation, step};
use crate::database::unasked;
use crate::keeper::Keeper;

/// Walks from one tenant to the next in each table that others hang on, without reading it.
const TENANTS: &str = "WITH RECURSIVE \
    documents (tenant) AS (SELECT min(tenant_id) FROM document UNION ALL \
    SELECT (SELECT min(tenant_id) FROM document WHERE tenant_id > tenant) FROM documents WHERE tenant IS NOT NULL), \
    persons (one) AS (SELECT min(tenant) FROM person UNION ALL \
    SELECT (SELECT min(tenant) FROM person WHERE tenant > one) FROM persons WHERE one IS NOT NULL), \
    logs (one) AS (SELECT min(tenant) FROM audit_event UNION ALL \
    SELECT (SELECT min(tenant) FROM audit_event WHERE tenant > one) FROM logs WHERE one IS NOT NULL), \
    intents (one) AS (SELECT min(tenant_id) FROM write_intent UNION ALL \
    SELECT (SELECT min(tenant_id) FROM write_intent WHERE tenant_id > one) FROM intents WHERE one IS NOT NULL) \
    SELECT tenant FROM documents WHERE tenant IS NOT NULL UNION SELECT one FROM persons WHERE one IS NOT NULL \
    UNION SELECT one FROM logs WHERE one IS NOT NULL UNION SELECT one FROM intents WHERE one IS NOT NULL ORDER BY 1";

/// The embedded database.
#[derive(Clone)]
pub(crate) struct SqliteDoor {
    pub(crate) pool: SqlitePool,
    pub(crate) keeper: Keeper,
}

step!(Sqlite, stay);

impl Door for SqliteDoor {
    type Step = Transaction<'static, Sqlite>;

    // One step writes at a time.
    const PASS_BY_HELD: &'static str = "";
    const HELD: &'static str = "";
    const KEY: &'static str = "";

    fn named(statement: impl Into<Cow<'static, str>>) -> AssertSqlSafe<Cow<'static, str>> {
        AssertSqlSafe(Cow::Owned(statement.into().replace("tenant_id", "tenant")))
    }

    fn staying(_: &str) -> String {
        String::new()
    }

    async fn begin(&self, _: &TenantId, aim: Aim) -> Result<Self::Step, StoreError> {
        let begun = match aim {
            Aim::Read => self.pool.begin().await,
            Aim::Write => self.pool.begin_with("BEGIN IMMEDIATE").await,
        };
        begun.map_err(unasked)
    }

    async fn tenants(&self) -> Result<Vec<TenantId>, StoreError> {
        let tenants: Vec<String> = sqlx::query_scalar(TENANTS).fetch_all(&self.pool).await.map_err(unasked)?;
        Ok(tenants.into_iter().map(TenantId::new).filter(|tenant| tenant != installation()).collect())
    }

    fn keeper(&self, _: &TenantId) -> Result<&Keeper, StoreError> {
        Ok(&self.keeper)
    }
}

/// A step sees all tenants here: each condition names its own.
async fn stay(_: &mut Transaction<'static, Sqlite>, _: &TenantId) -> Result<(), StoreError> {
    Ok(())
}
