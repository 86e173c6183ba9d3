//! The ports of the shared plan.

use std::sync::Arc;

use shared_plan::ports::{Deliveries, Documents, Outbox, Timed, Whose};
use storage::Ports;

/// Where shared plans lie.
#[derive(Clone)]
pub struct PlanStore {
    /// Plans and what hangs on persons.
    pub documents: Arc<dyn Documents>,
    /// What others are told.
    pub outbox: Arc<dyn Outbox>,
    /// The queues of those who are told one by one.
    pub deliveries: Arc<dyn Deliveries>,
    /// What becomes late.
    pub timed: Arc<dyn Timed>,
    /// On whom they hang.
    pub whose: Arc<dyn Whose>,
}

impl PlanStore {
    /// Takes them out of a database's.
    pub fn of(ports: &Ports) -> Self {
        Self {
            documents: ports.documents.clone(),
            outbox: ports.outbox.clone(),
            deliveries: ports.deliveries.clone(),
            timed: ports.timed.clone(),
            whose: ports.whose.clone(),
        }
    }
}
