//! Grants in SQLite.

use access::{LaunchId, StoreError};
use async_trait::async_trait;
use smart::{Grant, Grants};
use sqlx::SqlitePool;

use crate::database::unasked;
use crate::seal::{Place, Sealer};

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
                     ON CONFLICT (launch, source) DO UPDATE SET sealed = excluded.sealed";
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

    async fn remove(&self, launch: &LaunchId, source: &str) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM source_grant WHERE launch = $1 AND source = $2");
        delete.bind(launch.as_str()).bind(source).execute(&self.pool).await.map(drop).map_err(unasked)
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
