//! Items that outlast the launch that read them, in SQLite.

use access::{ConsentId, KeptItem, KeptItems, StandingKey, StoreError};
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::SqlitePool;

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::time::{from_column, to_column};

/// The `kept_item` table.
#[derive(Clone)]
pub struct SqliteKeptItems {
    pub(crate) pool: SqlitePool,
    pub(crate) keeper: Keeper,
}

#[async_trait]
impl KeptItems for SqliteKeptItems {
    async fn put(&self, key: &StandingKey, name: &str, item: &KeptItem, now: Timestamp) -> Result<bool, StoreError> {
        let mark = self.mark(key, name);
        let query = "INSERT INTO kept_item (tenant, person, source, name, consent, valid_until, sealed) \
                     SELECT tenant, person, source, $5, id, $6, $7 FROM consent \
                     WHERE tenant = $1 AND person = $2 AND source = $3 AND id = $4 AND revoked IS NULL \
                     AND (valid_until IS NULL OR valid_until > $8) \
                     ON CONFLICT (tenant, person, source, name) DO UPDATE \
                     SET consent = excluded.consent, valid_until = excluded.valid_until, sealed = excluded.sealed";
        let insert = sqlx::query(query)
            .bind(&*key.tenant.0)
            .bind(key.person.as_str())
            .bind(&key.source)
            .bind(item.consent.as_str())
            .bind(&mark[..])
            .bind(to_column(item.until))
            .bind(self.keeper.sealer.seal(place(&row(key, &mark)), &item.content))
            .bind(to_column(now));
        insert.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn lookup(&self, key: &StandingKey, name: &str, now: Timestamp) -> Result<Option<KeptItem>, StoreError> {
        let mark = self.mark(key, name);
        let query = "SELECT kept_item.consent, kept_item.valid_until, kept_item.sealed FROM kept_item \
                     JOIN consent ON consent.tenant = kept_item.tenant AND consent.id = kept_item.consent \
                     WHERE kept_item.tenant = $1 AND kept_item.person = $2 AND kept_item.source = $3 \
                     AND kept_item.name = $4 AND kept_item.valid_until > $5 \
                     AND (consent.valid_until IS NULL OR consent.valid_until > $5)";
        let found: Option<(String, i64, Vec<u8>)> = sqlx::query_as(query)
            .bind(&*key.tenant.0)
            .bind(key.person.as_str())
            .bind(&key.source)
            .bind(&mark[..])
            .bind(to_column(now))
            .fetch_optional(&self.pool)
            .await
            .map_err(unasked)?;
        let Some((consent, until, sealed)) = found else { return Ok(None) };
        let consent = ConsentId::parse(&consent).ok_or_else(|| unasked("a row without a consent id"))?;
        let content = self.keeper.sealer.open(place(&row(key, &mark)), &sealed).map_err(unasked)?;
        Ok(Some(KeptItem { consent, until: from_column(until)?, content }))
    }
}

impl SqliteKeptItems {
    fn mark(&self, key: &StandingKey, name: &str) -> [u8; 32] {
        let parts = [key.tenant.0.as_bytes(), key.person.as_str().as_bytes(), key.source.as_bytes(), name.as_bytes()];
        self.keeper.mark("kept_item", &parts)
    }
}

/// Removes items past their time. Returns how many.
pub(crate) async fn purge(pool: &SqlitePool, now: Timestamp) -> Result<u64, StoreError> {
    let delete = sqlx::query("DELETE FROM kept_item WHERE valid_until <= $1").bind(to_column(now));
    delete.execute(pool).await.map(|done| done.rows_affected()).map_err(unasked)
}

fn row<'a>(key: &'a StandingKey, mark: &'a [u8; 32]) -> [&'a [u8]; 4] {
    [key.tenant.0.as_bytes(), key.person.as_str().as_bytes(), key.source.as_bytes(), mark]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "kept_item", row }
}
