//! How the relay rests between two looks into the outbox.

use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;
use tokio::sync::Notify;

/// Lets time pass; tests hand in one that moves their clock instead.
#[async_trait]
pub trait Rest: Send + Sync {
    /// Rests until there is something to do, at most for so long.
    async fn rest(&self, at_most: SignedDuration);
}

/// Wakes the relay: rung when a change was kept, and when the broker is back. Rung while the relay is busy, it is not
/// forgotten.
#[derive(Debug, Default)]
pub struct Bell(Notify);

impl Bell {
    /// Rings.
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

#[async_trait]
impl Rest for Bell {
    async fn rest(&self, at_most: SignedDuration) {
        let at_most = Duration::try_from(at_most).unwrap_or_default();
        let _ = tokio::time::timeout(at_most, self.0.notified()).await;
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::{Bell, Rest};

    #[tokio::test]
    async fn a_bell_that_rang_while_nobody_rested_is_heard() {
        let bell = Bell::default();
        bell.ring();
        bell.rest(SignedDuration::MAX).await;
    }

    #[tokio::test]
    async fn a_rest_ends_without_the_bell() {
        Bell::default().rest(SignedDuration::ZERO).await;
    }
}
