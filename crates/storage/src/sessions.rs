//! Sessions in SQLite.

use access::session::{ABSOLUTE_END, FORMER_COOKIE_GOOD, IDLE_END, Rotation};
use access::{Session, SessionHash, Sessions, StoreError};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::{SqliteConnection, SqlitePool};

use crate::database::unasked;
use crate::seal::Sealer;
use crate::time::{from_column, to_column};
use crate::{launches, sign_ins};

/// `last_seen` is written once a minute, not at every request: a read then costs no sync to the disk. The price is a
/// session that may end up to this much earlier than it should, never later.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// The `session` table.
#[derive(Clone)]
pub struct SqliteSessions {
    pub(crate) pool: SqlitePool,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl Sessions for SqliteSessions {
    async fn put(&self, session: Session) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        insert(&mut connection, &session).await
    }

    async fn lookup(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let Some(session) = self.peek(hash, now).await? else { return Ok(None) };
        if now.duration_since(session.last_seen) >= NOTED_EVERY {
            self.note(session.hash, now).await?;
        }
        Ok(Some(Session { last_seen: session.last_seen.max(now), ..session }))
    }

    async fn peek(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        find(&mut connection, hash, now).await
    }

    async fn extend(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let Some(session) = self.peek(hash, now).await? else { return Ok(None) };
        self.note(session.hash, now).await?;
        Ok(Some(Session { last_seen: session.last_seen.max(now), ..session }))
    }

    async fn rotate(&self, hash: SessionHash, new: SessionHash, now: Timestamp) -> Result<Rotation, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        let Some(session) = find(&mut step, hash, now).await? else { return Ok(Rotation::NoSession) };
        if session.replaced.is_some() {
            return Ok(Rotation::ByAnotherRequest(session));
        }
        // The user has just shown who they are: the time to the last end begins anew.
        let rotated = Session::begin(new, now);
        insert(&mut step, &rotated).await?;
        launches::move_to(&mut step, &self.sealer, hash, new).await?;
        sign_ins::move_to(&mut step, &self.sealer, hash, new).await?;
        let moved = sqlx::query("UPDATE former_cookie SET session_hash = $2 WHERE session_hash = $1");
        moved.bind(&hash.0[..]).bind(&new.0[..]).execute(&mut *step).await.map_err(unasked)?;
        // One that was replaced and begun anew, as what binds a browser before its sign-in is, is replaced once more.
        sqlx::query("INSERT INTO former_cookie (hash, session_hash, replaced) VALUES ($1, $2, $3) \
                     ON CONFLICT (hash) DO UPDATE SET session_hash = excluded.session_hash, replaced = excluded.replaced")
            .bind(&hash.0[..])
            .bind(&new.0[..])
            .bind(to_column(now))
            .execute(&mut *step)
            .await
            .map_err(unasked)?;
        let delete = sqlx::query("DELETE FROM session WHERE hash = $1").bind(&hash.0[..]);
        delete.execute(&mut *step).await.map_err(unasked)?;
        step.commit().await.map_err(unasked)?;
        Ok(Rotation::Rotated(rotated))
    }

    async fn end(&self, hash: SessionHash) -> Result<(), StoreError> {
        let query = "DELETE FROM session WHERE hash = $1 \
                     OR hash IN (SELECT session_hash FROM former_cookie WHERE former_cookie.hash = $1)";
        sqlx::query(query).bind(&hash.0[..]).execute(&self.pool).await.map(drop).map_err(unasked)
    }
}

impl SqliteSessions {
    /// Never backwards: another request may have noted a later time.
    async fn note(&self, hash: SessionHash, now: Timestamp) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE session SET last_seen = $2 WHERE hash = $1 AND last_seen < $2");
        update.bind(&hash.0[..]).bind(to_column(now)).execute(&self.pool).await.map(drop).map_err(unasked)
    }
}

async fn insert(connection: &mut SqliteConnection, session: &Session) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO session (hash, created, last_seen) VALUES ($1, $2, $3)")
        .bind(&session.hash.0[..])
        .bind(to_column(session.created))
        .bind(to_column(session.last_seen))
        .execute(connection)
        .await
        .map(drop)
        .map_err(unasked)
}

async fn find(
    connection: &mut SqliteConnection,
    hash: SessionHash,
    now: Timestamp,
) -> Result<Option<Session>, StoreError> {
    let query = "SELECT hash, created, last_seen, NULL FROM session WHERE hash = $1 \
                 UNION ALL \
                 SELECT session.hash, session.created, session.last_seen, former_cookie.replaced \
                 FROM former_cookie JOIN session ON session.hash = former_cookie.session_hash \
                 WHERE former_cookie.hash = $1 AND former_cookie.replaced > $2";
    let row: Option<(Vec<u8>, i64, i64, Option<i64>)> = sqlx::query_as(query)
        .bind(&hash.0[..])
        .bind(to_column(now - FORMER_COOKIE_GOOD))
        .fetch_optional(connection)
        .await
        .map_err(unasked)?;
    let Some((present, created, last_seen, replaced)) = row else { return Ok(None) };
    let present = present.try_into().map_err(|_| unasked("a session with a hash of another length"))?;
    let (created, last_seen) = (from_column(created)?, from_column(last_seen)?);
    let replaced = replaced.map(from_column).transpose()?;
    let session = Session { hash: SessionHash(present), created, last_seen, replaced };
    Ok(session.is_open(now).then_some(session))
}

/// Removes the sessions that have ended, and by the foreign keys their launches and grants. Returns how many.
/// Cookies that were replaced go with their time.
pub(crate) async fn purge(pool: &SqlitePool, now: Timestamp) -> Result<u64, StoreError> {
    let former = sqlx::query("DELETE FROM former_cookie WHERE replaced <= $1");
    former.bind(to_column(now - FORMER_COOKIE_GOOD)).execute(pool).await.map_err(unasked)?;
    let delete = sqlx::query("DELETE FROM session WHERE last_seen <= $1 OR created <= $2")
        .bind(to_column(now - IDLE_END))
        .bind(to_column(now - ABSOLUTE_END));
    delete.execute(pool).await.map(|done| done.rows_affected()).map_err(unasked)
}
