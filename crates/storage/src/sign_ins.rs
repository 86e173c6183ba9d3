//! Sign-ins without a person, in SQLite. Who the user is lies sealed.

use access::{SessionHash, SignIn, SignIns, StoreError, TenantId, UserKey, Viewer};
use async_trait::async_trait;
use sqlx::{SqliteConnection, SqlitePool};

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::time::{from_column, to_column};

/// The `sign_in` table.
#[derive(Clone)]
pub struct SqliteSignIns {
    pub(crate) pool: SqlitePool,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl SignIns for SqliteSignIns {
    async fn put(&self, sign_in: &SignIn) -> Result<(), StoreError> {
        let SignIn { session, tenant, source, viewer, created } = sign_in;
        let plain = serde_json::to_vec(viewer).map_err(unasked)?;
        let query = "INSERT INTO sign_in (session_hash, tenant, source, created, sealed) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (session_hash, tenant) DO UPDATE \
                     SET source = excluded.source, created = excluded.created, sealed = excluded.sealed";
        sqlx::query(query)
            .bind(&session.0[..])
            .bind(&*tenant.0)
            .bind(source)
            .bind(to_column(*created))
            .bind(self.sealer.seal(place(&row(session, &tenant.0, source)), &plain))
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(unasked)
    }

    async fn of_session(&self, session: SessionHash) -> Result<Vec<SignIn>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        self.all(&mut connection, session).await
    }

    async fn end_of_other_users(&self, session: SessionHash, user: Option<&UserKey>) -> Result<u64, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        let mut ended = 0;
        for sign_in in self.all(&mut step, session).await? {
            if sign_in.viewer.user.as_ref() == user {
                continue;
            }
            let delete = sqlx::query("DELETE FROM sign_in WHERE session_hash = $1 AND tenant = $2");
            let delete = delete.bind(&session.0[..]).bind(&*sign_in.tenant.0);
            ended += delete.execute(&mut *step).await.map_err(unasked)?.rows_affected();
        }
        step.commit().await.map_err(unasked)?;
        Ok(ended)
    }
}

impl SqliteSignIns {
    async fn all(&self, connection: &mut SqliteConnection, session: SessionHash) -> Result<Vec<SignIn>, StoreError> {
        let query = "SELECT tenant, source, created, sealed FROM sign_in \
                     WHERE session_hash = $1 ORDER BY created DESC, tenant";
        let rows: Vec<(String, String, i64, Vec<u8>)> =
            sqlx::query_as(query).bind(&session.0[..]).fetch_all(connection).await.map_err(unasked)?;
        let open = |(tenant, source, created, sealed): (String, String, i64, Vec<u8>)| {
            let plain = self.sealer.open(place(&row(&session, &tenant, &source)), &sealed).map_err(unasked)?;
            let viewer: Viewer = serde_json::from_slice(&plain).map_err(unasked)?;
            Ok(SignIn { session, tenant: TenantId::new(tenant), source, viewer, created: from_column(created)? })
        };
        rows.into_iter().map(open).collect()
    }
}

/// Hangs the sign-ins of a session on another, in the caller's step.
pub(crate) async fn move_to(
    step: &mut SqliteConnection,
    sealer: &Sealer,
    from: SessionHash,
    to: SessionHash,
) -> Result<(), StoreError> {
    let rows: Vec<(String, String, Vec<u8>)> =
        sqlx::query_as("SELECT tenant, source, sealed FROM sign_in WHERE session_hash = $1")
            .bind(&from.0[..])
            .fetch_all(&mut *step)
            .await
            .map_err(unasked)?;
    for (tenant, source, sealed) in rows {
        let plain = sealer.open(place(&row(&from, &tenant, &source)), &sealed).map_err(unasked)?;
        sqlx::query("UPDATE sign_in SET session_hash = $3, sealed = $4 WHERE session_hash = $1 AND tenant = $2")
            .bind(&from.0[..])
            .bind(&tenant)
            .bind(&to.0[..])
            .bind(sealer.seal(place(&row(&to, &tenant, &source)), &plain))
            .execute(&mut *step)
            .await
            .map_err(unasked)?;
    }
    Ok(())
}

/// Session, tenant and source are bound in: a row can not be made another browser's, or another organisation's.
fn row<'a>(session: &'a SessionHash, tenant: &'a str, source: &'a str) -> [&'a [u8]; 3] {
    [&session.0, tenant.as_bytes(), source.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "sign_in", row }
}
