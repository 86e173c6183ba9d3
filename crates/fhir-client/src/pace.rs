//! Waiting and chance, handed in.

use std::time::Duration;

use async_trait::async_trait;

/// Waits and rolls the dice for a server client; tests hand in one that does neither.
#[async_trait]
pub trait Pace: Send + Sync {
    /// Waits.
    async fn pause(&self, how_long: Duration);

    /// A number from 0 up to, not including, 1: how much of a back-off is really waited, so that many clients of one
    /// server do not come back all at once.
    fn fraction(&self) -> f64;

    /// An id for one request (`X-Request-Id`).
    fn request_id(&self) -> String;
}

/// The machine's timer and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemPace;

#[async_trait]
impl Pace for SystemPace {
    async fn pause(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }

    fn fraction(&self) -> f64 {
        rand::random()
    }

    fn request_id(&self) -> String {
        uuid::Uuid::new_v4().to_string()
    }
}
