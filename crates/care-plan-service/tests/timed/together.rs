//! Several processes share one store.

use std::sync::Arc;

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use shared_plan::Event;
use shared_plan::plan::{Activity, Plan};
use shared_plan::ports::{Passed, Timed};

use crate::world::{DAY, World};

#[tokio::test]
async fn of_two_watches_one_has_the_turn_until_its_lease_is_over() {
    let world = World::new().await;
    world.keep(&world.plan(DAY)).await;
    let (one, other) = (world.watch(), world.watch());
    world.clock.put("2026-11-22T00:00:00Z");
    assert_eq!(world.look(&one).await.told, 3);
    world.keep(&world.plan(DAY)).await;
    world.clock.forward(59);
    assert_eq!(world.look(&other).await, care_plan_service::timed::Looked::default(), "it is not its turn");
    assert_eq!(world.told().await.len(), 3);
    world.clock.forward(1);
    assert_eq!(world.look(&other).await.told, 3, "the turn is free");
    assert_eq!(world.look(&one).await.told, 0);
    assert_eq!(world.told().await.len(), 6);
}

/// A store that gives everybody the turn, as where one process holds a turn that has ended.
struct NoTurns(Arc<dyn Timed>);

#[async_trait]
impl Timed for NoTurns {
    async fn take_turn(&self, _: &TenantId, _: &str, _: Timestamp, _: SignedDuration) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn passed(&self, tenant: &TenantId, today: Date, limit: usize) -> Result<Vec<Passed>, StoreError> {
        let passed = self.0.passed(tenant, today, limit).await;
        // Both have read before either tells.
        tokio::task::yield_now().await;
        passed
    }

    async fn tell(&self, passed: &Passed, event: &Event) -> Result<bool, StoreError> {
        self.0.tell(passed, event).await
    }
}

#[tokio::test]
async fn two_watches_that_look_at_once_tell_nothing_twice() {
    let world = World::new().await;
    for _ in 0..5 {
        world.keep(&world.plan(DAY)).await;
    }
    let free: Arc<dyn Timed> = Arc::new(NoTurns(world.timed.clone()));
    let watches = [world.watch_by(free.clone()), world.watch_by(free.clone()), world.watch_by(free)];
    world.clock.put("2026-11-22T00:00:00Z");
    let (one, two, three) = tokio::join!(world.look(&watches[0]), world.look(&watches[1]), world.look(&watches[2]));
    assert_eq!(one.told + two.told + three.told, 15, "{one:?} {two:?} {three:?}");
    let told = world.told().await;
    let mut parts: Vec<_> = told.iter().map(|event| (event.what, event.part.clone())).collect();
    parts.sort();
    parts.dedup();
    assert_eq!((told.len(), parts.len()), (15, 15));
}

#[tokio::test]
async fn more_late_things_than_are_taken_at_a_time_are_all_told_in_one_look() {
    let world = World::new().await;
    let plan = world.plan(DAY);
    let many: Vec<Activity> = (0..230)
        .map(|_| Activity { id: shared_plan::Id::from_random(bits(&world)), ..plan.activities[0].clone() })
        .collect();
    world.keep(&Plan { activities: many, ..plan }).await;
    world.clock.put("2026-11-22T00:00:00Z");
    assert_eq!(world.look(&world.watch()).await.told, 232);
    assert_eq!(world.told().await.len(), 232);
}

fn bits(world: &World) -> [u8; 16] {
    let mut bits = [0; 16];
    access::Randomness::fill(world.random.as_ref(), &mut bits);
    bits
}
