//! Launches in SQLite. Who the user is and whose record is open are sealed.

use access::{Launch, LaunchId, Launches, SessionHash, StoreError, TenantId, Viewer};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sqlx::SqlitePool;

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::time::{from_column, to_column};

/// The `launch` table.
#[derive(Clone)]
pub struct SqliteLaunches {
    pub(crate) pool: SqlitePool,
    pub(crate) sealer: Sealer,
}

/// What of a launch says who a person is.
#[derive(Serialize, Deserialize)]
struct Sealed {
    patient: String,
    viewer: Viewer,
    banner: bool,
}

#[async_trait]
impl Launches for SqliteLaunches {
    async fn put(&self, launch: Launch) -> Result<(), StoreError> {
        let Launch { id, session, tenant, source, patient, viewer, banner, created } = launch;
        let plain = serde_json::to_vec(&Sealed { patient, viewer, banner }).map_err(unasked)?;
        let row = row(&id, &session);
        sqlx::query(
            "INSERT INTO launch (id, session_hash, tenant, source, created, sealed) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.as_str())
        .bind(&session.0[..])
        .bind(&*tenant.0)
        .bind(&source)
        .bind(to_column(created))
        .bind(self.sealer.seal(Place { table: "launch", row: &row }, &plain))
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(unasked)
    }

    async fn lookup(&self, id: &LaunchId, session: SessionHash) -> Result<Option<Launch>, StoreError> {
        let query = "SELECT tenant, source, created, sealed FROM launch WHERE id = $1 AND session_hash = $2";
        let found: Option<(String, String, i64, Vec<u8>)> = sqlx::query_as(query)
            .bind(id.as_str())
            .bind(&session.0[..])
            .fetch_optional(&self.pool)
            .await
            .map_err(unasked)?;
        let Some((tenant, source, created, sealed)) = found else { return Ok(None) };
        let row = row(id, &session);
        let plain = self.sealer.open(Place { table: "launch", row: &row }, &sealed).map_err(unasked)?;
        let Sealed { patient, viewer, banner } = serde_json::from_slice(&plain).map_err(unasked)?;
        let (tenant, created) = (TenantId::new(tenant), from_column(created)?);
        Ok(Some(Launch { id: id.clone(), session, tenant, source, patient, viewer, banner, created }))
    }
}

/// The session is bound in, so that a row's `session_hash` can not be exchanged.
fn row<'a>(id: &'a LaunchId, session: &'a SessionHash) -> [&'a [u8]; 2] {
    [id.as_str().as_bytes(), &session.0]
}
