//! Sign-ins without a person, each with its session. Who the user is lies sealed.
//!
//! They are found by the session alone, before any tenant is known: they say at which ones its user has signed in. So they
//! lie with the installation. None holds a token, or anything of a record.

use access::{SessionHash, SignIn, SignIns, StoreError, TenantId, UserKey, Viewer};
use async_trait::async_trait;
use sqlx::AssertSqlSafe;

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::sessions;
use crate::step::{Aim, Door, Step, Value, installation, write};
use crate::time::{from_column, to_column};

const ALL: &str = "SELECT tenant, source, created, sealed FROM sign_in WHERE session_hash = $1 \
                   ORDER BY created DESC, tenant";

/// The `sign_in` table.
#[derive(Clone)]
pub(crate) struct StoredSignIns<D> {
    pub(crate) door: D,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl<D: Door> SignIns for StoredSignIns<D> {
    async fn put(&self, sign_in: &SignIn) -> Result<(), StoreError> {
        let SignIn { session, tenant, source, viewer, created } = sign_in;
        let plain = serde_json::to_vec(viewer).map_err(unasked)?;
        let query = format!(
            "INSERT INTO sign_in (session_hash, tenant, source, created, sealed) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT ({}session_hash, tenant) DO UPDATE \
             SET source = excluded.source, created = excluded.created, sealed = excluded.sealed",
            D::KEY
        );
        let sealed = self.sealer.seal(place(&binding(session, &tenant.0, source)), &plain);
        let values = [
            Value::Bytes(&session.0),
            Value::Text(&tenant.0),
            Value::Text(source),
            Value::Number(to_column(*created)),
            Value::Bytes(&sealed),
        ];
        write(&self.door, installation(), AssertSqlSafe(query), &values).await.map(drop)
    }

    async fn of_session(&self, session: SessionHash) -> Result<Vec<SignIn>, StoreError> {
        let mut step = self.door.begin(installation(), Aim::Read).await?;
        self.all(&mut step, session).await
    }

    async fn end_of_other_users(&self, session: SessionHash, user: Option<&UserKey>) -> Result<u64, StoreError> {
        let mut step = self.door.begin(installation(), Aim::Write).await?;
        sessions::hold::<D>(&mut step, &session.0).await?;
        let mut ended = 0;
        for sign_in in self.all(&mut step, session).await? {
            if sign_in.viewer.user.as_ref() == user {
                continue;
            }
            let query = "DELETE FROM sign_in WHERE session_hash = $1 AND tenant = $2";
            ended += step.execute(query, &[Value::Bytes(&session.0), Value::Text(&sign_in.tenant.0)]).await?;
        }
        step.commit().await?;
        Ok(ended)
    }
}

impl<D: Door> StoredSignIns<D> {
    async fn all(&self, step: &mut D::Step, session: SessionHash) -> Result<Vec<SignIn>, StoreError> {
        let rows: Vec<(String, String, i64, Vec<u8>)> = step.rows(ALL, &[Value::Bytes(&session.0)]).await?;
        let open = |(tenant, source, created, sealed): (String, String, i64, Vec<u8>)| {
            let plain = self.sealer.open(place(&binding(&session, &tenant, &source)), &sealed).map_err(unasked)?;
            let viewer: Viewer = serde_json::from_slice(&plain).map_err(unasked)?;
            Ok(SignIn { session, tenant: TenantId::new(tenant), source, viewer, created: from_column(created)? })
        };
        rows.into_iter().map(open).collect()
    }
}

/// Hangs the sign-ins of a session on another, in the caller's step.
pub(crate) async fn move_to<D: Door>(
    step: &mut D::Step,
    sealer: &Sealer,
    from: SessionHash,
    to: SessionHash,
) -> Result<(), StoreError> {
    let query =
        format!("SELECT tenant, source, sealed FROM sign_in WHERE session_hash = $1 ORDER BY tenant{}", D::HELD);
    let rows: Vec<(String, String, Vec<u8>)> = step.rows(AssertSqlSafe(query), &[Value::Bytes(&from.0)]).await?;
    for (tenant, source, sealed) in rows {
        let plain = sealer.open(place(&binding(&from, &tenant, &source)), &sealed).map_err(unasked)?;
        let sealed = sealer.seal(place(&binding(&to, &tenant, &source)), &plain);
        let query = "UPDATE sign_in SET session_hash = $3, sealed = $4 WHERE session_hash = $1 AND tenant = $2";
        let values = [Value::Bytes(&from.0), Value::Text(&tenant), Value::Bytes(&to.0), Value::Bytes(&sealed)];
        step.execute(query, &values).await?;
    }
    Ok(())
}

/// Session, tenant and source are bound in: a row can not be made another browser's, or another organisation's.
fn binding<'a>(session: &'a SessionHash, tenant: &'a str, source: &'a str) -> [&'a [u8]; 3] {
    [&session.0, tenant.as_bytes(), source.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "sign_in", row }
}
