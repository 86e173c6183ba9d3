//! How long and how far a reading goes.

use std::time::Duration;

/// How long and how far the reading of one source goes (smart-launch F3 and F13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// After this, what has not come is shown as missing, but is still waited for.
    pub soft: Duration,
    /// After this, nothing more is waited for.
    pub hard: Duration,
    /// `_count` of the searches; a wish that servers cap as they like.
    pub count: u32,
    /// Characters of the ids in one search by `_id`: short enough for any server's longest URL.
    pub ids: usize,
    /// Resources of one type that are read one by one where the source does not search by `_id`.
    pub reads: usize,
}

impl Limits {
    /// After this, nothing that is asked for later waits for what has not come: a share of the soft deadline, so that
    /// what the rest refers to is there when it is over.
    pub fn overdue(&self) -> Duration {
        self.soft / 4
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { soft: Duration::from_secs(12), hard: Duration::from_secs(30), count: 200, ids: 1_500, reads: 100 }
    }
}
