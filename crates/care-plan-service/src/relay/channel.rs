//! Events for who listens in this process: the way on where no broker is configured.
//!
//! Two kinds of ears:
//!
//! - A [`Listener`] has something to do that must not be forgotten. An event is handed on only when every listener has
//!   heard it; one that fails hears it again, and so do the others.
//! - A [`Subscription`] shows what is new, on an open screen. It never holds anything up. One that is too slow is told
//!   how many events it has missed ([`Heard::Missed`]) and reads its page anew; nothing else depends on it.

use std::sync::Arc;

use access::{PersonId, TenantId};
use async_trait::async_trait;
use shared_plan::Event;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::relay::{PublishError, Publisher};

/// Does something about events, each at least once: it counts the ids that it has seen.
#[async_trait]
pub trait Listener: Send + Sync {
    /// Hears an event; `Ok` when what it has to do about it will not be lost any more.
    async fn hear(&self, event: &Event) -> Result<(), PublishError>;
}

/// The channel of this process.
pub struct Channel {
    listeners: Vec<Arc<dyn Listener>>,
    live: broadcast::Sender<Arc<Event>>,
}

impl Channel {
    /// Makes a channel; a subscription that is more than `capacity` events behind misses the oldest.
    pub fn new(listeners: Vec<Arc<dyn Listener>>, capacity: usize) -> Self {
        Self { listeners, live: broadcast::Sender::new(capacity.max(1)) }
    }

    /// Subscribes to what happens from now on to one person of a tenant, or to anybody of it.
    pub fn subscribe(&self, tenant: TenantId, person: Option<PersonId>) -> Subscription {
        Subscription { live: self.live.subscribe(), tenant, person }
    }
}

#[async_trait]
impl Publisher for Channel {
    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        for listener in &self.listeners {
            listener.hear(event).await?;
        }
        // An error says that nobody is subscribed.
        let _ = self.live.send(Arc::new(event.clone()));
        Ok(())
    }
}

/// What a subscription gets.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// An event.
    Event(Arc<Event>),
    /// So many events went by unheard, of whomever. What was shown may be old: read it again.
    Missed(u64),
}

/// Events of one tenant as they come.
#[derive(Debug)]
pub struct Subscription {
    live: broadcast::Receiver<Arc<Event>>,
    tenant: TenantId,
    person: Option<PersonId>,
}

impl Subscription {
    /// Waits for the next event; `None` when the channel has ended.
    pub async fn next(&mut self) -> Option<Heard> {
        loop {
            match self.live.recv().await {
                Ok(event) if self.is_for_us(&event) => return Some(Heard::Event(event)),
                Ok(_) => {}
                Err(RecvError::Lagged(missed)) => return Some(Heard::Missed(missed)),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn is_for_us(&self, event: &Event) -> bool {
        event.tenant == self.tenant && self.person.as_ref().is_none_or(|person| *person == event.person)
    }
}
