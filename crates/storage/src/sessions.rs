//! Sessions in SQLite.

use access::session::{ABSOLUTE_END, IDLE_END};
use access::{Session, SessionHash, Sessions, StoreError};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqlitePool;

use crate::database::unasked;
use crate::time::{from_column, to_column};

/// `last_seen` is written once a minute, not at every request: a read then costs no sync to the disk. The price is a
/// session that may end up to this much earlier than it should, never later.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// The `session` table.
#[derive(Debug, Clone)]
pub struct SqliteSessions {
    pub(crate) pool: SqlitePool,
}

#[async_trait]
impl Sessions for SqliteSessions {
    async fn put(&self, session: Session) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO session (hash, created, last_seen) VALUES ($1, $2, $3)")
            .bind(&session.hash.0[..])
            .bind(to_column(session.created))
            .bind(to_column(session.last_seen))
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(unasked)
    }

    async fn lookup(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let row: Option<(i64, i64)> = sqlx::query_as("SELECT created, last_seen FROM session WHERE hash = $1")
            .bind(&hash.0[..])
            .fetch_optional(&self.pool)
            .await
            .map_err(unasked)?;
        let Some((created, last_seen)) = row else { return Ok(None) };
        let session = Session { hash, created: from_column(created)?, last_seen: from_column(last_seen)? };
        if !session.is_open(now) {
            return Ok(None);
        }
        if now.duration_since(session.last_seen) >= NOTED_EVERY {
            // Never backwards: another request may have noted a later time.
            sqlx::query("UPDATE session SET last_seen = $2 WHERE hash = $1 AND last_seen < $2")
                .bind(&hash.0[..])
                .bind(to_column(now))
                .execute(&self.pool)
                .await
                .map_err(unasked)?;
        }
        Ok(Some(Session { last_seen: session.last_seen.max(now), ..session }))
    }

    async fn end(&self, hash: SessionHash) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM session WHERE hash = $1").bind(&hash.0[..]);
        delete.execute(&self.pool).await.map(drop).map_err(unasked)
    }
}

/// Removes the sessions that have ended, and by the foreign keys their launches and grants. Returns how many.
pub(crate) async fn purge(pool: &SqlitePool, now: Timestamp) -> Result<u64, StoreError> {
    let delete = sqlx::query("DELETE FROM session WHERE last_seen <= $1 OR created <= $2")
        .bind(to_column(now - IDLE_END))
        .bind(to_column(now - ABSOLUTE_END));
    delete.execute(pool).await.map(|done| done.rows_affected()).map_err(unasked)
}
