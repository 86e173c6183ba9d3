//! A process is killed while it looks: at every call that it makes of its store, before the call and after it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use shared_plan::Event;
use shared_plan::ports::{Passed, Timed};
use tokio::sync::Notify;

use crate::world::{DAY, World, tenant};

/// A store of which one call never comes back.
struct Hangs {
    store: Arc<dyn Timed>,
    calls: AtomicUsize,
    /// At which moment: two for each call, before and after.
    at: usize,
    reached: Arc<Notify>,
}

impl Hangs {
    /// One more moment; the one that was chosen lasts for ever.
    async fn moment(&self) {
        if self.calls.fetch_add(1, Ordering::Relaxed) == self.at {
            self.reached.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

#[async_trait]
impl Timed for Hangs {
    async fn take_turn(&self, of: &TenantId, who: &str, now: Timestamp, l: SignedDuration) -> Result<bool, StoreError> {
        self.moment().await;
        let taken = self.store.take_turn(of, who, now, l).await;
        self.moment().await;
        taken
    }

    async fn passed(&self, tenant: &TenantId, today: Date, limit: usize) -> Result<Vec<Passed>, StoreError> {
        self.moment().await;
        let passed = self.store.passed(tenant, today, limit).await;
        self.moment().await;
        passed
    }

    async fn tell(&self, passed: &Passed, event: &Event) -> Result<bool, StoreError> {
        self.moment().await;
        let told = self.store.tell(passed, event).await;
        self.moment().await;
        told
    }
}

#[tokio::test]
async fn a_process_that_is_killed_while_it_looks_loses_nothing_and_nothing_is_told_twice() {
    // Its turn, what is late, and three things to tell: ten moments.
    for at in 0..10 {
        let world = World::new().await;
        world.keep(&world.plan(DAY)).await;
        world.clock.put("2026-11-22T00:00:00Z");
        let reached = Arc::new(Notify::new());
        let hangs = Hangs { store: world.timed.clone(), calls: AtomicUsize::new(0), at, reached: reached.clone() };
        let doomed = world.watch_by(Arc::new(hangs));
        let looking = tokio::spawn(async move { doomed.look(&tenant(), &TimeZone::UTC).await });
        reached.notified().await;
        looking.abort();
        assert!(looking.await.unwrap_err().is_cancelled());
        let before = world.told().await.len();
        assert!(before <= 3);
        // Another one goes on when the turn of the dead one is over.
        world.clock.forward(60);
        let next = world.look(&world.watch()).await;
        assert_eq!((before + next.told, next.passed_over), (3, 0), "killed at moment {at}");
        assert_eq!(world.words().await, ["activity-overdue", "goal-overdue", "review-due"], "killed at moment {at}");
    }
}
