//! The browser's session: an opaque cookie, known to the store by its hash only.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::ids::SessionHash;

/// A session ends when it was not used for this long.
pub const IDLE_END: SignedDuration = SignedDuration::from_mins(60);
/// A session ends this long after it began, used or not.
pub const ABSOLUTE_END: SignedDuration = SignedDuration::from_hours(12);

/// One browser that has signed in by at least one launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the cookie's value.
    pub hash: SessionHash,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used.
    pub last_seen: Timestamp,
}

impl Session {
    /// True while neither of the two ends has come.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now.duration_since(self.last_seen) < IDLE_END && now.duration_since(self.created) < ABSOLUTE_END
    }
}

/// Where sessions are kept.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Stores a new session.
    async fn put(&self, session: Session) -> Result<(), StoreError>;
    /// Finds a session that is still open, and notes that it was used now.
    async fn lookup(&self, hash: SessionHash, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// Ends a session and, with it, its launches and their grants.
    async fn end(&self, hash: SessionHash) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(created: &str, last_seen: &str) -> Session {
        Session {
            hash: SessionHash([0; 32]),
            created: created.parse().expect("a time"),
            last_seen: last_seen.parse().expect("a time"),
        }
    }

    #[test]
    fn a_session_ends_when_idle_and_at_last_in_any_case() {
        let now = "2026-11-21T12:00:00Z".parse().expect("a time");
        assert!(session("2026-11-21T08:00:00Z", "2026-11-21T11:30:00Z").is_open(now));
        assert!(!session("2026-11-21T08:00:00Z", "2026-11-21T11:00:00Z").is_open(now));
        assert!(!session("2026-11-20T23:00:00Z", "2026-11-21T11:59:00Z").is_open(now));
    }
}
