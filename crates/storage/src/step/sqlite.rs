//! The door of SQLite. Each condition names the tenant; nothing else keeps tenants apart there.

use std::borrow::Cow;

use access::{StoreError, TenantId};
use sqlx::{AssertSqlSafe, Sqlite, SqlitePool, Transaction};

use super::{Aim, Door, step};
use crate::database::unasked;
use crate::keeper::Keeper;

/// Walks from one tenant to the next, without reading all documents.
const TENANTS: &str = "WITH RECURSIVE found (tenant_id) AS ( \
                       SELECT min(tenant_id) FROM document UNION ALL \
                       SELECT (SELECT min(tenant_id) FROM document WHERE document.tenant_id > found.tenant_id) \
                       FROM found WHERE found.tenant_id IS NOT NULL) \
                       SELECT tenant_id FROM found WHERE tenant_id IS NOT NULL";

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

    async fn begin(&self, _: &TenantId, aim: Aim) -> Result<Self::Step, StoreError> {
        let begun = match aim {
            Aim::Read => self.pool.begin().await,
            Aim::Write => self.pool.begin_with("BEGIN IMMEDIATE").await,
        };
        begun.map_err(unasked)
    }

    async fn tenants(&self) -> Result<Vec<TenantId>, StoreError> {
        let tenants: Vec<String> = sqlx::query_scalar(TENANTS).fetch_all(&self.pool).await.map_err(unasked)?;
        Ok(tenants.into_iter().map(TenantId::new).collect())
    }

    fn keeper(&self, _: &TenantId) -> Result<&Keeper, StoreError> {
        Ok(&self.keeper)
    }
}

/// A step sees all tenants here: each condition names its own.
async fn stay(_: &mut Transaction<'static, Sqlite>, _: &TenantId) -> Result<(), StoreError> {
    Ok(())
}
