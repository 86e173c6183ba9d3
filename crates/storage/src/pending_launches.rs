//! Launches that wait for their source's answer, in SQLite.

use access::StoreError;
use async_trait::async_trait;
use jiff::Timestamp;
use smart::{PendingLaunch, PendingLaunches};
use sqlx::SqlitePool;

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::time::to_column;

/// The `pending_launch` table.
#[derive(Clone)]
pub struct SqlitePendingLaunches {
    pub(crate) pool: SqlitePool,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl PendingLaunches for SqlitePendingLaunches {
    async fn put(&self, state_hash: [u8; 32], pending: &PendingLaunch, expires: Timestamp) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO pending_launch (state_hash, expires, sealed) VALUES ($1, $2, $3)")
            .bind(&state_hash[..])
            .bind(to_column(expires))
            .bind(self.sealer.seal(place(&[&state_hash]), &pending.to_bytes()))
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(unasked)
    }

    async fn take(&self, state_hash: [u8; 32], now: Timestamp) -> Result<Option<PendingLaunch>, StoreError> {
        // One statement, so that of two who ask at once, in whatever processes, one gets it. An ended one goes too.
        let query = "DELETE FROM pending_launch WHERE state_hash = $1 RETURNING expires, sealed";
        let taken: Option<(i64, Vec<u8>)> =
            sqlx::query_as(query).bind(&state_hash[..]).fetch_optional(&self.pool).await.map_err(unasked)?;
        let Some((expires, sealed)) = taken else { return Ok(None) };
        if expires <= to_column(now) {
            return Ok(None);
        }
        let plain = self.sealer.open(place(&[&state_hash]), &sealed).map_err(unasked)?;
        PendingLaunch::from_bytes(&plain).map(Some).map_err(unasked)
    }
}

/// Removes those that were never answered. Returns how many.
pub(crate) async fn purge(pool: &SqlitePool, now: Timestamp) -> Result<u64, StoreError> {
    let delete = sqlx::query("DELETE FROM pending_launch WHERE expires <= $1").bind(to_column(now));
    delete.execute(pool).await.map(|done| done.rows_affected()).map_err(unasked)
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "pending_launch", row }
}
