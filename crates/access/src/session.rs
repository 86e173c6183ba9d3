//! The browser's session: an opaque cookie, known to the store by its hash only.
//!
//! - *Two ends:* without use, and in any case. Only what the user does counts as use ([`Sessions::lookup`]); what a page
//!   does by itself looks without touching ([`Sessions::peek`]). A screen that was left alone then ends in time, however
//!   often it asks for news.
//! - *A warning* comes five minutes before, and only the user puts the end off ([`Sessions::extend`]).
//! - *Rotation:* each sign-in gives the browser a new cookie ([`Sessions::rotate`]). Requests of other tabs may be on
//!   their way with the former one, so it stays good for half a minute, but only for the launches that were there when it
//!   was replaced: who planted or saw a cookie before a sign-in gains nothing by the sign-in (S5).

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::ids::SessionHash;
use crate::launch::Launch;

/// A session ends when it was not used for this long.
pub const IDLE_END: SignedDuration = SignedDuration::from_mins(60);
/// A session ends this long after it began, used or not.
pub const ABSOLUTE_END: SignedDuration = SignedDuration::from_hours(12);
/// The user is warned this long before the end (WCAG 2.2.1 asks for 20 seconds at least).
pub const WARNED_BEFORE: SignedDuration = SignedDuration::from_mins(5);
/// A cookie that was replaced stays good for this long.
pub const FORMER_COOKIE_GOOD: SignedDuration = SignedDuration::from_secs(30);

/// One browser that has signed in by at least one launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the cookie's value. Where the browser sent a former cookie, this is still the present one's.
    pub hash: SessionHash,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used.
    pub last_seen: Timestamp,
    /// When the cookie that the browser sent was replaced; `None` for the present one.
    pub replaced: Option<Timestamp>,
}

/// Where a session is on its way to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not near its end.
    Open,
    /// The user is warned.
    EndsSoon {
        /// When it ends.
        at: Timestamp,
        /// False where it has come to its last end, which nobody puts off.
        extendable: bool,
    },
    /// It has ended.
    Ended,
}

impl Session {
    /// A session that begins.
    pub fn begin(hash: SessionHash, now: Timestamp) -> Self {
        Self { hash, created: now, last_seen: now, replaced: None }
    }

    /// True while neither of the two ends has come.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.ends_at()
    }

    /// The end that comes first, if nothing more is used.
    pub fn ends_at(&self) -> Timestamp {
        let idle = self.last_seen.saturating_add(IDLE_END).expect("a duration without calendar units");
        idle.min(self.last_end())
    }

    /// Where it is on its way to its end.
    pub fn standing(&self, now: Timestamp) -> Standing {
        let at = self.ends_at();
        match at.duration_since(now) {
            left if left <= SignedDuration::ZERO => Standing::Ended,
            left if left <= WARNED_BEFORE => Standing::EndsSoon { at, extendable: at < self.last_end() },
            _ => Standing::Open,
        }
    }

    /// True where the cookie that the browser sent opens this launch.
    pub fn opens(&self, launch: &Launch) -> bool {
        launch.session == self.hash && self.replaced.is_none_or(|replaced| launch.created < replaced)
    }

    fn last_end(&self) -> Timestamp {
        self.created.saturating_add(ABSOLUTE_END).expect("a duration without calendar units")
    }
}

/// What came of rotating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotation {
    /// The session has the new hash now, and so have its launches: give the browser the new cookie.
    Rotated(Session),
    /// Another request of this browser was faster: its cookie is the present one, give none.
    ByAnotherRequest(Session),
    /// There is no such session, or it has ended.
    NoSession,
}

/// Where sessions are kept.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Stores a new session.
    async fn put(&self, session: Session) -> Result<(), StoreError>;
    /// Finds a session that is still open, by its present or a former cookie, and notes that the user used it now.
    async fn lookup(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// Finds a session that is still open and notes nothing: for what a page does by itself.
    async fn peek(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// Puts the end off, because the user asked for it, and tells the session as it is then.
    async fn extend(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// Gives the session another hash, and with it its launches and their grants, in one step. A second sign-in by the
    /// former cookie, while that is still good, changes nothing.
    async fn rotate(&self, hash: SessionHash, new: SessionHash, now: Timestamp) -> Result<Rotation, StoreError>;
    /// Ends a session and, with it, its launches and their grants. A former cookie ends it too: whoever signs out means
    /// it.
    async fn end(&self, hash: SessionHash) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn session(created: &str, last_seen: &str) -> Session {
        let session = Session::begin(SessionHash([0; 32]), at(created));
        Session { last_seen: at(last_seen), ..session }
    }

    #[test]
    fn a_session_ends_when_idle_and_at_last_in_any_case() {
        let now = at("2026-11-21T12:00:00Z");
        assert!(session("2026-11-21T08:00:00Z", "2026-11-21T11:30:00Z").is_open(now));
        assert!(!session("2026-11-21T08:00:00Z", "2026-11-21T11:00:00Z").is_open(now));
        assert!(!session("2026-11-20T23:00:00Z", "2026-11-21T11:59:00Z").is_open(now));
    }

    #[test]
    fn the_user_is_warned_five_minutes_before_and_may_put_off_all_but_the_last_end() {
        let used = session("2026-11-21T08:00:00Z", "2026-11-21T11:00:00Z");
        assert_eq!(used.standing(at("2026-11-21T11:54:59Z")), Standing::Open);
        let ends = |at, extendable| Standing::EndsSoon { at, extendable };
        assert_eq!(used.standing(at("2026-11-21T11:55:00Z")), ends(at("2026-11-21T12:00:00Z"), true));
        assert_eq!(used.standing(at("2026-11-21T12:00:00Z")), Standing::Ended);
        let last = session("2026-11-21T00:00:00Z", "2026-11-21T11:56:00Z");
        assert_eq!(last.standing(at("2026-11-21T11:57:00Z")), ends(at("2026-11-21T12:00:00Z"), false));
    }
}
