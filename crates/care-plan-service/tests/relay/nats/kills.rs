//! The broker is killed while events are on their way; what it had lost is told again.
//!
//! `cargo xtask torture --part broker-kills` does it fifty times; here it is ten times.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;

use async_trait::async_trait;
use care_plan_service::relay::{Nats, PublishError, Publisher, replay};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use shared_plan::Event;

use super::{counted, outside, publisher, relay, stored, to_name};
use crate::world::{FakeOutbox, START, events};

/// Events of a round. Each is published at least once, so a round has all its kills.
const EVENTS: u32 = 100;
const KILLS: u32 = 10;

/// When in the publishing of an event the server is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Before it is sent.
    Before,
    /// While it is on its way.
    OnTheWay,
    /// After it was acknowledged; the acknowledgement is lost.
    Acknowledged,
}

/// Kills the server at some of the events, and starts it when it is asked again.
struct Kills {
    nats: Nats,
    server: test_services::Nats,
    /// By the count of what is published.
    moments: BTreeMap<u32, Moment>,
    published: AtomicU32,
}

#[async_trait]
impl Publisher for Kills {
    async fn is_ready(&self) -> bool {
        self.server.start_again().expect("it starts on what it had stored");
        self.nats.is_ready().await
    }

    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        let count = self.published.fetch_add(1, Ordering::Relaxed);
        match self.moments.get(&count) {
            None => self.nats.publish(event).await,
            Some(Moment::Before) => {
                self.server.kill();
                self.nats.publish(event).await
            }
            Some(Moment::OnTheWay) => {
                let mut publishing = Box::pin(self.nats.publish(event));
                let answer = futures::poll!(&mut publishing);
                self.server.kill();
                match answer {
                    Poll::Ready(answer) => answer,
                    Poll::Pending => publishing.await,
                }
            }
            Some(Moment::Acknowledged) => {
                self.nats.publish(event).await?;
                self.server.kill();
                Err(PublishError::Unavailable("the answer was lost".into()))
            }
        }
    }
}

/// When the server of a round is killed.
fn moments(seed: u64) -> BTreeMap<u32, Moment> {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut moments = BTreeMap::new();
    while moments.len() < KILLS as usize {
        let moment = [Moment::Before, Moment::OnTheWay, Moment::Acknowledged][dice.random_range(0..3)];
        moments.insert(dice.random_range(0..EVENTS), moment);
    }
    moments
}

/// A hundred events through a broker of its own that is killed ten times; false where there is none.
async fn round(seed: u64) -> bool {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return false };
    let (nats, bell) = publisher(&server).await;
    let kills = Kills { nats, server: server.clone(), moments: moments(seed), published: AtomicU32::new(0) };
    let outbox = FakeOutbox::with(events(4, 25));
    let relay = relay(&outbox, kills, bell);
    relay.run(outbox.settled()).await;
    server.start_again().expect("it starts");

    let messages = stored(&outside(&server).await).await;
    let documents = counted(&messages);
    assert_eq!(documents.len(), 4, "seed {seed}");
    for (document, sequences) in &documents {
        assert_eq!(sequences.len(), 25, "seed {seed}: {document}");
        assert!(sequences.is_sorted(), "seed {seed}: {document} {sequences:?}");
    }
    assert_eq!(messages.len(), EVENTS as usize, "seed {seed}: the stream itself knows what it has");
    assert_eq!(relay.counts().dead, 0, "seed {seed}");
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing() {
    let number = |name: &str| std::env::var(format!("ACCORD_TORTURE_{name}")).ok()?.parse::<u64>().ok();
    let (kills, first) = (number("OPERATIONS").unwrap_or(KILLS.into()), number("FROM").unwrap_or(0));
    let seed = number("SEED").unwrap_or(1);
    for done in (first..kills).step_by(KILLS as usize) {
        if !round(seed.wrapping_mul(1_000_003).wrapping_add(done)).await {
            return;
        }
        let done = done + u64::from(KILLS);
        eprintln!("{done} of {kills} kills; go on with --seed {seed} --from {done}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_broker_lost_after_it_had_acknowledged_comes_back_by_a_replay_with_the_same_ids() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let (nats, bell) = publisher(&server).await;
    let outbox = FakeOutbox::with(events(3, 3));
    let relay = relay(&outbox, nats, bell);
    relay.run(outbox.settled()).await;
    let outside = outside(&server).await;
    let before = counted(&stored(&outside).await);
    outside.delete_stream(to_name()).await.expect("everything is lost");
    replay(&*outbox, START).await.expect("asked");
    relay.run(outbox.settled()).await;
    assert_eq!(counted(&stored(&outside).await), before);
}
