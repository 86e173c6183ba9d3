//! Several ways on at once.

use std::sync::Arc;

use async_trait::async_trait;
use shared_plan::Event;

use crate::relay::{PublishError, Publisher};

/// Hands an event to every publisher; it is handed on when all have it.
///
/// Each gets an event whatever the others say of it; where one fails, all get it again, with the same id. The document's
/// next event waits for the slowest of them, and while one is away nothing is claimed for any: whoever must not wait for
/// another (a receiver of webhooks for a broker, an open screen for both) has a consumer of its own at the broker, or is
/// told where the change is made.
pub struct Together(pub Vec<Arc<dyn Publisher>>);

#[async_trait]
impl Publisher for Together {
    async fn is_ready(&self) -> bool {
        for publisher in &self.0 {
            if !publisher.is_ready().await {
                return false;
            }
        }
        true
    }

    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        let mut answer = Ok(());
        for publisher in &self.0 {
            let one = publisher.publish(event).await;
            // While somebody is merely away, nothing is given up.
            if matches!(
                (&answer, &one),
                (Ok(()), Err(_)) | (Err(PublishError::Refused(_)), Err(PublishError::Unavailable(_)))
            ) {
                answer = one;
            }
        }
        answer
    }
}
