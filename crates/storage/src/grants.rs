//! Grants in SQLite.

use access::{LaunchId, SessionHash, StoreError};
use async_trait::async_trait;
use jiff::Timestamp;
use smart::{Grant, Grants, Turn};
use sqlx::SqlitePool;

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::time::to_column;

/// The `source_grant` table.
#[derive(Clone)]
pub struct SqliteGrants {
    pub(crate) pool: SqlitePool,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl Grants for SqliteGrants {
    async fn put(&self, launch: &LaunchId, source: &str, grant: &Grant) -> Result<(), StoreError> {
        let query = "INSERT INTO source_grant (launch, source, sealed) VALUES ($1, $2, $3) \
                     ON CONFLICT (launch, source) DO UPDATE SET sealed = excluded.sealed, refresh_until = NULL";
        sqlx::query(query)
            .bind(launch.as_str())
            .bind(source)
            .bind(self.sealer.seal(place(&row(launch, source)), &grant.to_bytes()))
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(unasked)
    }

    async fn lookup(&self, launch: &LaunchId, source: &str) -> Result<Option<Grant>, StoreError> {
        let found: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT sealed FROM source_grant WHERE launch = $1 AND source = $2")
                .bind(launch.as_str())
                .bind(source)
                .fetch_optional(&self.pool)
                .await
                .map_err(unasked)?;
        found.map(|(sealed,)| self.open(launch, source, &sealed)).transpose()
    }

    async fn of_launch(&self, launch: &LaunchId) -> Result<Vec<(String, Grant)>, StoreError> {
        let query = "SELECT source, sealed FROM source_grant WHERE launch = $1 ORDER BY source";
        let rows: Vec<(String, Vec<u8>)> =
            sqlx::query_as(query).bind(launch.as_str()).fetch_all(&self.pool).await.map_err(unasked)?;
        let open = |(source, sealed): (String, Vec<u8>)| {
            let grant = self.open(launch, &source, &sealed)?;
            Ok((source, grant))
        };
        rows.into_iter().map(open).collect()
    }

    async fn of_session(&self, session: SessionHash) -> Result<Vec<(String, Grant)>, StoreError> {
        let query = "SELECT source_grant.launch, source_grant.source, source_grant.sealed FROM source_grant \
                     JOIN launch ON launch.id = source_grant.launch WHERE launch.session_hash = $1 \
                     ORDER BY source_grant.launch, source_grant.source";
        let rows: Vec<(String, String, Vec<u8>)> =
            sqlx::query_as(query).bind(&session.0[..]).fetch_all(&self.pool).await.map_err(unasked)?;
        let open = |(launch, source, sealed): (String, String, Vec<u8>)| {
            let launch = LaunchId::parse(&launch).ok_or_else(|| unasked("a row without a launch id"))?;
            let grant = self.open(&launch, &source, &sealed)?;
            Ok((source, grant))
        };
        rows.into_iter().map(open).collect()
    }

    async fn replace(&self, launch: &LaunchId, source: &str, turn: Turn, grant: &Grant) -> Result<bool, StoreError> {
        // A new grant has no turn, and a later turn ends at another time.
        let query = "UPDATE source_grant SET sealed = $3 WHERE launch = $1 AND source = $2 AND refresh_until = $4";
        let update = sqlx::query(query)
            .bind(launch.as_str())
            .bind(source)
            .bind(self.sealer.seal(place(&row(launch, source)), &grant.to_bytes()))
            .bind(to_column(turn.until));
        update.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn forget(&self, launch: &LaunchId, source: &str, turn: Turn) -> Result<bool, StoreError> {
        let query = "DELETE FROM source_grant WHERE launch = $1 AND source = $2 AND refresh_until = $3";
        let delete = sqlx::query(query).bind(launch.as_str()).bind(source).bind(to_column(turn.until));
        delete.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn remove(&self, launch: &LaunchId, source: &str) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM source_grant WHERE launch = $1 AND source = $2");
        delete.bind(launch.as_str()).bind(source).execute(&self.pool).await.map(drop).map_err(unasked)
    }

    async fn begin_refresh(&self, launch: &LaunchId, source: &str, now: Timestamp) -> Result<Option<Turn>, StoreError> {
        let turn = Turn::beginning(now);
        // One statement, so that of two who ask at once, in whatever processes, one gets it.
        let query = "UPDATE source_grant SET refresh_until = $3 \
                     WHERE launch = $1 AND source = $2 AND (refresh_until IS NULL OR refresh_until <= $4)";
        let update =
            sqlx::query(query).bind(launch.as_str()).bind(source).bind(to_column(turn.until)).bind(to_column(now));
        let done = update.execute(&self.pool).await.map_err(unasked)?;
        Ok((done.rows_affected() == 1).then_some(turn))
    }

    async fn end_refresh(&self, launch: &LaunchId, source: &str, turn: Turn) -> Result<(), StoreError> {
        let query = "UPDATE source_grant SET refresh_until = NULL \
                     WHERE launch = $1 AND source = $2 AND refresh_until = $3";
        let update = sqlx::query(query).bind(launch.as_str()).bind(source).bind(to_column(turn.until));
        update.execute(&self.pool).await.map(drop).map_err(unasked)
    }
}

impl SqliteGrants {
    fn open(&self, launch: &LaunchId, source: &str, sealed: &[u8]) -> Result<Grant, StoreError> {
        let plain = self.sealer.open(place(&row(launch, source)), sealed).map_err(unasked)?;
        Grant::from_bytes(&plain).map_err(unasked)
    }
}

fn row<'a>(launch: &'a LaunchId, source: &'a str) -> [&'a [u8]; 2] {
    [launch.as_str().as_bytes(), source.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "source_grant", row }
}
