//! Requests at once, over several servers (smart-launch F3).

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Limits on requests at once that a server shares with others: those of its launch, its source, its tenant, the process.
///
/// Passed in the order in which they were added, by every request the same, from the narrowest to the widest, so that
/// nobody waits for a place while holding one that is wanted by who goes before.
#[derive(Debug, Clone, Default)]
pub struct Gates(Vec<Arc<Semaphore>>);

/// Places that are given back when dropped.
pub(crate) type Passed = Vec<OwnedSemaphorePermit>;

impl Gates {
    /// One more gate, wider than those before it.
    #[must_use]
    pub fn through(mut self, gate: &Arc<Semaphore>) -> Self {
        self.0.push(Arc::clone(gate));
        self
    }

    /// Waits for a place at each.
    pub(crate) async fn pass(&self) -> Passed {
        let mut passed = Vec::with_capacity(self.0.len());
        for gate in &self.0 {
            passed.push(Arc::clone(gate).acquire_owned().await.expect("the semaphore is never closed"));
        }
        passed
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn f3_what_is_full_for_one_tenant_is_not_full_for_another() {
        let process = Arc::new(Semaphore::new(3));
        let (busy, idle) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
        let of = |tenant: &Arc<Semaphore>| Gates::default().through(tenant).through(&process);
        let first = of(&busy).pass().now_or_never().expect("a place");
        assert!(of(&busy).pass().now_or_never().is_none(), "the tenant's places are taken");
        assert_eq!(process.available_permits(), 2, "who waits at the first gate holds no place at the second");
        assert!(of(&idle).pass().now_or_never().is_some());
        drop(first);
        assert!(of(&busy).pass().now_or_never().is_some());
    }
}
