//! The port to whoever takes events on.

use async_trait::async_trait;
use shared_plan::Event;

/// Takes events on, to whoever is to hear of them.
#[async_trait]
pub trait Publisher: Send + Sync {
    /// False while there is nobody to take anything: then nothing is claimed, and no event counts a failure for it.
    async fn is_ready(&self) -> bool {
        true
    }

    /// Hands an event on. `Ok` when it will not be lost any more on the other side, or is there already.
    ///
    /// It may be called again for an event that was taken: the id says so.
    async fn publish(&self, event: &Event) -> Result<(), PublishError>;
}

/// Why an event was not handed on. The text goes to operators and into the outbox: no content, no address, no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// Nobody could take it. That passes by itself, so it is tried for as long as it takes.
    #[error("could not be handed on: {0}")]
    Unavailable(String),
    /// This event is refused. After some tries it is a dead letter.
    #[error("refused: {0}")]
    Refused(String),
}
