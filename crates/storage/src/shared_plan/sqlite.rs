//! The door of SQLite. Each condition names the tenant; nothing else keeps tenants apart there.

use access::{StoreError, TenantId};
use sqlx::SqlitePool;

use super::step::{Aim, Door, step};
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

step!(sqlx::Sqlite);

impl Door for SqliteDoor {
    type Step = sqlx::Transaction<'static, sqlx::Sqlite>;

    // One step writes at a time.
    const PASS_BY_HELD: &'static str = "";

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
