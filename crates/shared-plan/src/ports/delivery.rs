//! Receivers of events who have a queue of their own: none of them waits for another, nor anybody for one of them.

use std::sync::Arc;

use access::{StoreError, TenantId};
use async_trait::async_trait;

use super::Outbox;

/// The queues of receivers.
#[async_trait]
pub trait Deliveries: Send + Sync {
    /// From now on these receivers of a tenant get everything that is kept in the outbox, in the step in which it is kept,
    /// and no others do: what waits for others is removed. Saying it again changes nothing.
    async fn appoint(&self, tenant: &TenantId, receivers: &[String]) -> Result<(), StoreError>;
    /// The receivers of a tenant.
    async fn receivers(&self, tenant: &TenantId) -> Result<Vec<String>, StoreError>;
    /// The queue of one receiver, with the laws of the outbox: ordered in each document, leased, with dead letters of its
    /// own. Replaying also tells what was kept in the outbox before the receiver was appointed.
    fn queue(&self, tenant: &TenantId, receiver: &str) -> Arc<dyn Outbox>;
}
