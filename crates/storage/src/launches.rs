//! Launches in SQLite. Who the user is and whose record is open are sealed.

use access::launch::OpenedBy;
use access::{Launch, LaunchId, Launches, SessionHash, StoreError, TenantId, UserKey, Viewer};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, SqlitePool};

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
    #[serde(default)]
    opened_by: OpenedBy,
}

#[async_trait]
impl Launches for SqliteLaunches {
    async fn put(&self, launch: Launch) -> Result<(), StoreError> {
        let Launch { id, session, tenant, source, patient, viewer, banner, opened_by, created } = launch;
        let plain = serde_json::to_vec(&Sealed { patient, viewer, banner, opened_by }).map_err(unasked)?;
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
        found
            .map(|(tenant, source, created, sealed)| self.open(id, session, tenant, source, created, &sealed))
            .transpose()
    }

    async fn of_session(&self, session: SessionHash) -> Result<Vec<Launch>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        self.all(&mut connection, session).await
    }

    async fn end(&self, id: &LaunchId, session: SessionHash) -> Result<bool, StoreError> {
        let delete = sqlx::query("DELETE FROM launch WHERE id = $1 AND session_hash = $2");
        let done = delete.bind(id.as_str()).bind(&session.0[..]).execute(&self.pool).await.map_err(unasked)?;
        Ok(done.rows_affected() == 1)
    }

    async fn end_launches_of_other_users(
        &self,
        session: SessionHash,
        user: Option<&UserKey>,
    ) -> Result<Vec<LaunchId>, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        let launches = self.all(&mut step, session).await?;
        let others = launches.into_iter().filter(|launch| launch.viewer.user.as_ref() != user);
        let others: Vec<_> = others.map(|launch| launch.id).collect();
        for id in &others {
            let delete = sqlx::query("DELETE FROM launch WHERE id = $1").bind(id.as_str());
            delete.execute(&mut *step).await.map_err(unasked)?;
        }
        step.commit().await.map_err(unasked)?;
        Ok(others)
    }
}

impl SqliteLaunches {
    async fn all(&self, connection: &mut SqliteConnection, session: SessionHash) -> Result<Vec<Launch>, StoreError> {
        let query =
            "SELECT id, tenant, source, created, sealed FROM launch WHERE session_hash = $1 ORDER BY created, id";
        let rows: Vec<(String, String, String, i64, Vec<u8>)> =
            sqlx::query_as(query).bind(&session.0[..]).fetch_all(connection).await.map_err(unasked)?;
        let open = |(id, tenant, source, created, sealed): (String, String, String, i64, Vec<u8>)| {
            let id = LaunchId::parse(&id).ok_or_else(|| unasked("a row without a launch id"))?;
            self.open(&id, session, tenant, source, created, &sealed)
        };
        rows.into_iter().map(open).collect()
    }

    fn open(
        &self,
        id: &LaunchId,
        session: SessionHash,
        tenant: String,
        source: String,
        created: i64,
        sealed: &[u8],
    ) -> Result<Launch, StoreError> {
        let row = row(id, &session);
        let plain = self.sealer.open(Place { table: "launch", row: &row }, sealed).map_err(unasked)?;
        let Sealed { patient, viewer, banner, opened_by } = serde_json::from_slice(&plain).map_err(unasked)?;
        let (tenant, created) = (TenantId::new(tenant), from_column(created)?);
        Ok(Launch { id: id.clone(), session, tenant, source, patient, viewer, banner, opened_by, created })
    }
}

/// Hangs the launches of a session on another, in the caller's step.
pub(crate) async fn move_to(
    step: &mut SqliteConnection,
    sealer: &Sealer,
    from: SessionHash,
    to: SessionHash,
) -> Result<(), StoreError> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as("SELECT id, sealed FROM launch WHERE session_hash = $1")
        .bind(&from.0[..])
        .fetch_all(&mut *step)
        .await
        .map_err(unasked)?;
    for (text, sealed) in rows {
        let id = LaunchId::parse(&text).ok_or_else(|| unasked("a row without a launch id"))?;
        let plain = sealer.open(Place { table: "launch", row: &row(&id, &from) }, &sealed).map_err(unasked)?;
        sqlx::query("UPDATE launch SET session_hash = $2, sealed = $3 WHERE id = $1")
            .bind(&text)
            .bind(&to.0[..])
            .bind(sealer.seal(Place { table: "launch", row: &row(&id, &to) }, &plain))
            .execute(&mut *step)
            .await
            .map_err(unasked)?;
    }
    Ok(())
}

/// The session is bound in, so that a row's `session_hash` can not be exchanged.
fn row<'a>(id: &'a LaunchId, session: &'a SessionHash) -> [&'a [u8]; 2] {
    [id.as_str().as_bytes(), &session.0]
}
