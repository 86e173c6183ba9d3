//! The broker is killed while events are on their way; what it had lost is told again.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};

use async_nats::jetstream::message::StreamMessage;
use async_trait::async_trait;
use care_plan_service::relay::{Nats, PublishError, Publisher, replay};
use shared_plan::Event;

use super::{outside, publisher, read, relay, stored, to_name};
use crate::world::{FakeOutbox, START, events};

/// Kills the server at each tenth event: before it is sent, while its acknowledgement is on the way, or after it.
struct Kills {
    nats: Nats,
    server: test_services::Nats,
    sent: AtomicU32,
}

#[async_trait]
impl Publisher for Kills {
    async fn is_ready(&self) -> bool {
        self.server.start_again().expect("it starts on what it had stored");
        self.nats.is_ready().await
    }

    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        let sent = self.sent.fetch_add(1, Ordering::Relaxed);
        match (sent % 10, sent / 10 % 3) {
            (9, 0) => {
                self.server.kill();
                self.nats.publish(event).await
            }
            (9, 1) => {
                let mut publishing = Box::pin(self.nats.publish(event));
                let _ = futures::poll!(&mut publishing);
                self.server.kill();
                publishing.await
            }
            (9, _) => {
                self.nats.publish(event).await?;
                self.server.kill();
                Err(PublishError::Unavailable("the answer was lost".into()))
            }
            _ => self.nats.publish(event).await,
        }
    }
}

/// Counts each id once, for ever, as every consumer has to; the sequences of each document in the order of their coming.
fn counted(messages: &[StreamMessage]) -> BTreeMap<String, Vec<String>> {
    let mut seen = HashSet::new();
    let mut documents = BTreeMap::<String, Vec<String>>::new();
    for event in messages.iter().map(|message| read(&message.payload)) {
        if seen.insert(event.id) {
            documents.entry(event.subject).or_default().push(event.sequence);
        }
    }
    documents
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let (nats, bell) = publisher(&server).await;
    let kills = Kills { nats, server: server.clone(), sent: AtomicU32::new(0) };
    let outbox = FakeOutbox::with(events(4, 20));
    let relay = relay(&outbox, kills, bell);
    relay.run(outbox.settled()).await;
    server.start_again().expect("it starts");

    let messages = stored(&outside(&server).await).await;
    let documents = counted(&messages);
    assert_eq!(documents.len(), 4);
    for (document, sequences) in &documents {
        assert_eq!(sequences.len(), 20, "{document}");
        assert!(sequences.is_sorted(), "{document}: {sequences:?}");
    }
    assert_eq!(messages.len(), 80, "the stream itself knows what it has");
    assert!(relay.counts().failed >= 8, "it was killed: {:?}", relay.counts());
    assert_eq!(relay.counts().dead, 0);
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
