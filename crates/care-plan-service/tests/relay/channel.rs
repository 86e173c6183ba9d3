//! Who listens in this process.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use care_plan_service::relay::{Channel, Heard, Listener, PublishError, Publisher, Relay};
use shared_plan::{Event, EventId};

use crate::world::{FakeOutbox, Moved, Resting, event, events, settings};

/// Counts each id once; fails as often as it was told to.
#[derive(Default)]
struct Counts {
    seen: Mutex<HashSet<EventId>>,
    heard: Mutex<u32>,
    fails: Mutex<u32>,
}

#[async_trait]
impl Listener for Counts {
    async fn hear(&self, event: &Event) -> Result<(), PublishError> {
        *self.heard.lock().expect("nobody panicked") += 1;
        let mut fails = self.fails.lock().expect("nobody panicked");
        if *fails > 0 {
            *fails -= 1;
            return Err(PublishError::Unavailable("its database is away".into()));
        }
        self.seen.lock().expect("nobody panicked").insert(event.id);
        Ok(())
    }
}

#[tokio::test]
async fn an_event_is_handed_on_only_when_every_listener_has_heard_it() {
    let clock = Moved::new();
    let outbox = FakeOutbox::with(events(3, 4));
    let (good, bad) = (Arc::new(Counts::default()), Arc::new(Counts { fails: Mutex::new(5), ..Counts::default() }));
    // Room for one event only, and a subscription that never reads: no listener misses anything for it.
    let channel = Arc::new(Channel::new(vec![good.clone(), bad.clone()], 1));
    let _slow = channel.subscribe(event(0, 0).tenant, None);
    let relay = Relay::new(outbox.clone(), channel, clock.clone(), Resting::on(&clock), settings());
    relay.run(outbox.settled()).await;
    for listener in [&good, &bad] {
        assert_eq!(listener.seen.lock().expect("nobody panicked").len(), 12);
        assert_eq!(*listener.heard.lock().expect("nobody panicked"), 17, "five came again, to both");
    }
}

#[tokio::test]
async fn a_subscription_hears_of_its_tenant_and_its_person_only() {
    let channel = Channel::new(Vec::new(), 16);
    let ours = event(0, 1);
    let mut person = channel.subscribe(ours.tenant.clone(), Some(ours.person.clone()));
    let mut tenant = channel.subscribe(ours.tenant.clone(), None);
    for other in [event(1, 0), event(2, 0), ours.clone()] {
        channel.publish(&other).await.expect("nobody refuses");
    }
    drop(channel);
    assert_eq!(person.next().await, Some(Heard::Event(Arc::new(ours.clone()))));
    assert_eq!(person.next().await, None);
    assert_eq!(tenant.next().await, Some(Heard::Event(Arc::new(event(2, 0)))));
    assert_eq!(tenant.next().await, Some(Heard::Event(Arc::new(ours))));
    assert_eq!(tenant.next().await, None);
}

#[tokio::test]
async fn a_subscription_that_is_too_slow_is_told_how_much_it_missed_and_goes_on() {
    let channel = Channel::new(Vec::new(), 2);
    let mut slow = channel.subscribe(event(0, 0).tenant, None);
    for seat in 0..5 {
        channel.publish(&event(0, seat)).await.expect("a slow subscription holds nothing up");
    }
    drop(channel);
    assert_eq!(slow.next().await, Some(Heard::Missed(3)));
    assert_eq!(slow.next().await, Some(Heard::Event(Arc::new(event(0, 3)))));
    assert_eq!(slow.next().await, Some(Heard::Event(Arc::new(event(0, 4)))));
    assert_eq!(slow.next().await, None);
}
