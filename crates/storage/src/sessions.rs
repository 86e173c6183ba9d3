//! Sessions of browsers, the installation's: by the cookie nobody knows yet whose tenant it is, and one browser may be
//! signed in at several. A session holds nothing but times.

use access::session::{ABSOLUTE_END, FORMER_COOKIE_GOOD, IDLE_END, Rotation};
use access::{Session, SessionHash, Sessions, StoreError};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;

use crate::database::unasked;
use crate::seal::Sealer;
use crate::step::{Aim, Door, Step, Value, installation, write};
use crate::time::{from_column, to_column};
use crate::{launches, sign_ins};

/// `last_seen` is written once a minute, not at every request: a read then costs no sync to the disk. The price is a
/// session that may end up to this much earlier than it should, never later.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

const PUT: &str = "INSERT INTO session (hash, created, last_seen) VALUES ($1, $2, $3)";
const FIND: &str = "SELECT hash, created, last_seen, CAST(NULL AS BIGINT) FROM session WHERE hash = $1 \
                    UNION ALL \
                    SELECT session.hash, session.created, session.last_seen, former_cookie.replaced \
                    FROM former_cookie JOIN session ON session.hash = former_cookie.session_hash \
                    WHERE former_cookie.hash = $1 AND former_cookie.replaced > $2";
/// The session that a cookie opens, whether it is the present or a former one.
const OPENED_BY: &str = "SELECT hash FROM session WHERE hash = $1 \
                         UNION SELECT session_hash FROM former_cookie WHERE former_cookie.hash = $1";
/// By the foreign keys its sign-ins and former cookies go too. Its launches are ended before, with what they have at their
/// tenants.
const REMOVE: &str = "DELETE FROM session WHERE hash = $1";

/// The `session` and `former_cookie` tables.
#[derive(Clone)]
pub(crate) struct StoredSessions<D> {
    pub(crate) door: D,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl<D: Door> Sessions for StoredSessions<D> {
    async fn put(&self, session: Session) -> Result<(), StoreError> {
        let mut step = self.door.begin(installation(), Aim::Write).await?;
        insert(&mut step, &session).await?;
        step.commit().await
    }

    async fn lookup(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let Some(session) = self.peek(hash, now).await? else { return Ok(None) };
        if now.duration_since(session.last_seen) >= NOTED_EVERY {
            self.note(session.hash, now).await?;
        }
        Ok(Some(Session { last_seen: session.last_seen.max(now), ..session }))
    }

    async fn peek(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let mut step = self.door.begin(installation(), Aim::Read).await?;
        find(&mut step, hash, now).await
    }

    async fn extend(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let Some(session) = self.peek(hash, now).await? else { return Ok(None) };
        self.note(session.hash, now).await?;
        Ok(Some(Session { last_seen: session.last_seen.max(now), ..session }))
    }

    async fn rotate(&self, hash: SessionHash, new: SessionHash, now: Timestamp) -> Result<Rotation, StoreError> {
        let mut step = self.door.begin(installation(), Aim::Write).await?;
        // Whoever is faster has the row; the others look when it is gone, and find what took its place. Held, nothing new
        // is hung on it either.
        hold::<D>(&mut step, &hash.0).await?;
        let Some(session) = find(&mut step, hash, now).await? else { return Ok(Rotation::NoSession) };
        if session.replaced.is_some() {
            return Ok(Rotation::ByAnotherRequest(session));
        }
        // The user has just shown who they are: the time to the last end begins anew.
        let rotated = Session::begin(new, now);
        insert(&mut step, &rotated).await?;
        launches::move_to::<D>(&mut step, &self.sealer, hash, new).await?;
        sign_ins::move_to::<D>(&mut step, &self.sealer, hash, new).await?;
        let moved = "UPDATE former_cookie SET session_hash = $2 WHERE session_hash = $1";
        step.execute(moved, &[Value::Bytes(&hash.0), Value::Bytes(&new.0)]).await?;
        // One that was replaced and begun anew, as what binds a browser before its sign-in is, is replaced once more.
        let replaced = format!(
            "INSERT INTO former_cookie (hash, session_hash, replaced) VALUES ($1, $2, $3) \
             ON CONFLICT ({}hash) DO UPDATE SET session_hash = excluded.session_hash, replaced = excluded.replaced",
            D::KEY
        );
        let values = [Value::Bytes(&hash.0), Value::Bytes(&new.0), Value::Number(to_column(now))];
        step.execute(AssertSqlSafe(replaced), &values).await?;
        step.execute(REMOVE, &[Value::Bytes(&hash.0)]).await?;
        step.commit().await?;
        Ok(Rotation::Rotated(rotated))
    }

    async fn end(&self, hash: SessionHash) -> Result<(), StoreError> {
        let mut step = self.door.begin(installation(), Aim::Write).await?;
        loop {
            let opened: Vec<(Vec<u8>,)> = step.rows(OPENED_BY, &[Value::Bytes(&hash.0)]).await?;
            if opened.is_empty() {
                return step.commit().await;
            }
            // One that a sign-in has replaced meanwhile is gone when it is held; the next look finds what took its place.
            for (hash,) in opened {
                hold::<D>(&mut step, &hash).await?;
                launches::end_of_session::<D>(&mut step, &hash).await?;
                step.execute(REMOVE, &[Value::Bytes(&hash)]).await?;
            }
        }
    }
}

impl<D: Door> StoredSessions<D> {
    /// Never backwards: another request may have noted a later time.
    async fn note(&self, hash: SessionHash, now: Timestamp) -> Result<(), StoreError> {
        let query = "UPDATE session SET last_seen = $2 WHERE hash = $1 AND last_seen < $2";
        let values = [Value::Bytes(&hash.0), Value::Number(to_column(now))];
        write(&self.door, installation(), query, &values).await.map(drop)
    }
}

async fn insert(step: &mut impl Step, session: &Session) -> Result<(), StoreError> {
    let (created, last_seen) = (to_column(session.created), to_column(session.last_seen));
    let values = [Value::Bytes(&session.hash.0), Value::Number(created), Value::Number(last_seen)];
    step.execute(PUT, &values).await.map(drop)
}

/// Waits until nobody else has the session, and keeps it from others until the step ends: whatever changes several rows that
/// hang on a session begins with this, so that one goes after the other.
pub(crate) async fn hold<D: Door>(step: &mut D::Step, hash: &[u8]) -> Result<(), StoreError> {
    let query = format!("SELECT hash FROM session WHERE hash = $1{}", D::HELD);
    step.row::<(Vec<u8>,)>(AssertSqlSafe(query), &[Value::Bytes(hash)]).await.map(drop)
}

async fn find(step: &mut impl Step, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
    let values = [Value::Bytes(&hash.0), Value::Number(to_column(now - FORMER_COOKIE_GOOD))];
    let row: Option<(Vec<u8>, i64, i64, Option<i64>)> = step.row(FIND, &values).await?;
    let Some((present, created, last_seen, replaced)) = row else { return Ok(None) };
    let present = present.try_into().map_err(|_| unasked("a session with a hash of another length"))?;
    let (created, last_seen) = (from_column(created)?, from_column(last_seen)?);
    let replaced = replaced.map(from_column).transpose()?;
    let session = Session { hash: SessionHash(present), created, last_seen, replaced };
    Ok(session.is_open(now).then_some(session))
}

/// Removes the sessions that have ended, with all that hangs on them. Returns how many. Cookies that were replaced go with
/// their time.
pub(crate) async fn purge<D: Door>(door: &D, now: Timestamp) -> Result<u64, StoreError> {
    let former = "DELETE FROM former_cookie WHERE replaced <= $1";
    write(door, installation(), former, &[Value::Number(to_column(now - FORMER_COOKIE_GOOD))]).await?;
    // In one order, so that of two who purge at once neither waits for the other's; held, nothing new hangs on them.
    let past = format!("SELECT hash FROM session WHERE last_seen <= $1 OR created <= $2 ORDER BY hash{}", D::HELD);
    let ends = [Value::Number(to_column(now - IDLE_END)), Value::Number(to_column(now - ABSOLUTE_END))];
    let mut step = door.begin(installation(), Aim::Write).await?;
    let ended: Vec<(Vec<u8>,)> = step.rows(AssertSqlSafe(past), &ends).await?;
    let mut removed = 0;
    for (hash,) in ended {
        launches::end_of_session::<D>(&mut step, &hash).await?;
        removed += step.execute(REMOVE, &[Value::Bytes(&hash)]).await?;
    }
    step.commit().await?;
    Ok(removed)
}
