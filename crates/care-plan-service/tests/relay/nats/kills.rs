//! The broker is killed while events are on their way; what it had lost is told again.
//!
//! `cargo xtask torture --part broker-kills` does it fifty times; here it is some ten times.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use async_trait::async_trait;
use care_plan_service::relay::{Nats, PublishError, Publisher, replay};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use shared_plan::Event;

use super::{counted, outside, publisher, relay, stored, to_name};
use crate::world::{FakeOutbox, START, events};

/// Kills the server at one of eight events, at a point that the dice choose, and starts it when it is asked again.
struct Kills {
    nats: Nats,
    server: test_services::Nats,
    dice: Mutex<StdRng>,
    killed: Arc<AtomicU64>,
}

impl Kills {
    fn roll(&self, sides: u32) -> u32 {
        self.dice.lock().expect("nobody panicked").random_range(0..sides)
    }

    fn kill(&self) {
        self.server.kill();
        self.killed.fetch_add(1, Ordering::Relaxed);
    }
}

#[async_trait]
impl Publisher for Kills {
    async fn is_ready(&self) -> bool {
        self.server.start_again().expect("it starts on what it had stored");
        self.nats.is_ready().await
    }

    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        match self.roll(24) {
            // Before it is sent.
            0 => {
                self.kill();
                self.nats.publish(event).await
            }
            // While it is on its way.
            1 => {
                let mut publishing = Box::pin(self.nats.publish(event));
                let answer = futures::poll!(&mut publishing);
                self.kill();
                match answer {
                    Poll::Ready(answer) => answer,
                    Poll::Pending => publishing.await,
                }
            }
            // After it was acknowledged, and the acknowledgement is lost.
            2 => {
                self.nats.publish(event).await?;
                self.kill();
                Err(PublishError::Unavailable("the answer was lost".into()))
            }
            _ => self.nats.publish(event).await,
        }
    }
}

/// A hundred events through a broker of its own. Returns how often it was killed.
async fn round(seed: u64) -> Option<u64> {
    let server = test_services::or_skip(test_services::Nats::start())?;
    let (nats, bell) = publisher(&server).await;
    let killed = Arc::new(AtomicU64::new(0));
    let dice = Mutex::new(StdRng::seed_from_u64(seed));
    let kills = Kills { nats, server: server.clone(), dice, killed: killed.clone() };
    let outbox = FakeOutbox::with(events(4, 25));
    let relay = relay(&outbox, kills, bell);
    relay.run(outbox.settled()).await;
    server.start_again().expect("it starts");

    let messages = stored(&outside(&server).await).await;
    let documents = counted(&messages);
    assert_eq!(documents.len(), 4, "seed {seed}");
    for (document, sequences) in &documents {
        assert_eq!(sequences.len(), 25, "seed {seed}: {document}");
        assert_eq!(relay.counts().dead, 0, "seed {seed}");
    }
    assert_eq!(messages.len(), 100, "seed {seed}: the stream itself knows what it has");
    Some(killed.load(Ordering::Relaxed))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing() {
    let number = |name: &str| std::env::var(format!("ACCORD_TORTURE_{name}")).ok()?.parse::<u64>().ok();
    let (wanted, first) = (number("OPERATIONS").unwrap_or(8), number("FROM").unwrap_or(0));
    let seed = number("SEED").unwrap_or(1);
    let (mut killed, mut rounds) = (0, first);
    while killed < wanted {
        let Some(kills) = round(seed.wrapping_mul(1_000_003).wrapping_add(rounds)).await else { return };
        (killed, rounds) = (killed + kills, rounds + 1);
        eprintln!("{killed} of {wanted} kills; go on with --seed {seed} --from {rounds}");
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
