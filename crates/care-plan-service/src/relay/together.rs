//! Several ways on at once.

use std::sync::Arc;

use async_trait::async_trait;
use shared_plan::Event;

use crate::relay::{PublishError, Publisher};

/// Hands an event to each publisher in turn; it is handed on when all have it.
///
/// Where a later one fails, the earlier ones get it again with the same id.
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
        for publisher in &self.0 {
            publisher.publish(event).await?;
        }
        Ok(())
    }
}
