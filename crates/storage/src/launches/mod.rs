//! Launches. Who the user is and whose record is open are sealed.
//!
//! A launch is found by its id and its session before its tenant is known: it is what says whose the request is. So it lies
//! with the installation, and its tenant is a column like others. What it has, its grants and what was lent to it, lies with
//! that tenant (`ending.rs`).

mod ending;

use access::launch::OpenedBy;
use access::{Launch, LaunchId, Launches, SessionHash, StoreError, TenantId, UserKey, Viewer};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::sessions;
use crate::step::{Aim, Door, Step, Value, installation, row, write};
use crate::time::{from_column, to_column};

const PUT: &str =
    "INSERT INTO launch (id, session_hash, tenant, source, created, sealed) VALUES ($1, $2, $3, $4, $5, $6)";
const FIND: &str = "SELECT id, tenant, source, created, sealed FROM launch WHERE id = $1 AND session_hash = $2";
const ALL: &str = "SELECT id, tenant, source, created, sealed FROM launch WHERE session_hash = $1 ORDER BY created, id";

pub(crate) use ending::{end_of_session, stay};

/// The `launch` table.
#[derive(Clone)]
pub(crate) struct StoredLaunches<D> {
    pub(crate) door: D,
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

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    tenant: String,
    source: String,
    created: i64,
    sealed: Vec<u8>,
}

#[async_trait]
impl<D: Door> Launches for StoredLaunches<D> {
    async fn put(&self, launch: Launch) -> Result<(), StoreError> {
        let Launch { id, session, tenant, source, patient, viewer, banner, opened_by, created } = launch;
        let plain = serde_json::to_vec(&Sealed { patient, viewer, banner, opened_by }).map_err(unasked)?;
        let sealed = self.sealer.seal(place(&binding(&id, &session)), &plain);
        let values = [
            Value::Text(id.as_str()),
            Value::Bytes(&session.0),
            Value::Text(&tenant.0),
            Value::Text(&source),
            Value::Number(to_column(created)),
            Value::Bytes(&sealed),
        ];
        write(&self.door, installation(), PUT, &values).await.map(drop)
    }

    async fn lookup(&self, id: &LaunchId, session: SessionHash) -> Result<Option<Launch>, StoreError> {
        let values = [Value::Text(id.as_str()), Value::Bytes(&session.0)];
        let found: Option<Row> = row(&self.door, installation(), FIND, &values).await?;
        found.map(|row| row.open(&self.sealer, session)).transpose()
    }

    async fn of_session(&self, session: SessionHash) -> Result<Vec<Launch>, StoreError> {
        let mut step = self.door.begin(installation(), Aim::Read).await?;
        self.all(&mut step, session).await
    }

    async fn end(&self, id: &LaunchId, session: SessionHash) -> Result<bool, StoreError> {
        let mut step = self.door.begin(installation(), Aim::Write).await?;
        let query = format!("SELECT id FROM launch WHERE id = $1 AND session_hash = $2{}", D::HELD);
        let values = [Value::Text(id.as_str()), Value::Bytes(&session.0)];
        let Some((id,)) = step.row::<(String,)>(AssertSqlSafe(query), &values).await? else { return Ok(false) };
        ending::end::<D>(&mut step, &id).await?;
        step.commit().await?;
        Ok(true)
    }

    async fn end_launches_of_other_users(
        &self,
        session: SessionHash,
        user: Option<&UserKey>,
    ) -> Result<Vec<LaunchId>, StoreError> {
        let mut step = self.door.begin(installation(), Aim::Write).await?;
        sessions::hold::<D>(&mut step, &session.0).await?;
        let launches = self.all(&mut step, session).await?;
        let others = launches.into_iter().filter(|launch| launch.viewer.user.as_ref() != user);
        let others: Vec<_> = others.map(|launch| launch.id).collect();
        for id in &others {
            ending::end::<D>(&mut step, id.as_str()).await?;
        }
        step.commit().await?;
        Ok(others)
    }
}

impl<D: Door> StoredLaunches<D> {
    async fn all(&self, step: &mut D::Step, session: SessionHash) -> Result<Vec<Launch>, StoreError> {
        let rows: Vec<Row> = step.rows(ALL, &[Value::Bytes(&session.0)]).await?;
        rows.into_iter().map(|row| row.open(&self.sealer, session)).collect()
    }
}

impl Row {
    fn open(self, sealer: &Sealer, session: SessionHash) -> Result<Launch, StoreError> {
        let id = LaunchId::parse(&self.id).ok_or_else(|| unasked("a row without a launch id"))?;
        let plain = sealer.open(place(&binding(&id, &session)), &self.sealed).map_err(unasked)?;
        let Sealed { patient, viewer, banner, opened_by } = serde_json::from_slice(&plain).map_err(unasked)?;
        let (tenant, source, created) = (TenantId::new(self.tenant), self.source, from_column(self.created)?);
        Ok(Launch { id, session, tenant, source, patient, viewer, banner, opened_by, created })
    }
}

/// Hangs the launches of a session on another, in the caller's step.
pub(crate) async fn move_to<D: Door>(
    step: &mut D::Step,
    sealer: &Sealer,
    from: SessionHash,
    to: SessionHash,
) -> Result<(), StoreError> {
    let query = format!("SELECT id, sealed FROM launch WHERE session_hash = $1 ORDER BY created, id{}", D::HELD);
    let rows: Vec<(String, Vec<u8>)> = step.rows(AssertSqlSafe(query), &[Value::Bytes(&from.0)]).await?;
    for (text, sealed) in rows {
        let id = LaunchId::parse(&text).ok_or_else(|| unasked("a row without a launch id"))?;
        let plain = sealer.open(place(&binding(&id, &from)), &sealed).map_err(unasked)?;
        let sealed = sealer.seal(place(&binding(&id, &to)), &plain);
        let query = "UPDATE launch SET session_hash = $2, sealed = $3 WHERE id = $1";
        step.execute(query, &[Value::Text(&text), Value::Bytes(&to.0), Value::Bytes(&sealed)]).await?;
    }
    Ok(())
}

/// The session is bound in, so that a row's `session_hash` can not be exchanged.
fn binding<'a>(id: &'a LaunchId, session: &'a SessionHash) -> [&'a [u8]; 2] {
    [id.as_str().as_bytes(), &session.0]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "launch", row }
}
