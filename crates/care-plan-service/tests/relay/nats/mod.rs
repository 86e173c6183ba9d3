//! The relay and NATS as Debian packages it.

mod databases;
mod kills;
mod messages;
mod start;
mod stream;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::message::StreamMessage;
use async_nats::jetstream::{self, Context};
use care_plan_service::relay::{Bell, CloudEvent, Nats, NatsSettings, Publisher, Relay, RelaySettings, Rest};
use jiff::SignedDuration;
use shared_plan::ports::Outbox;

use crate::world::{FakeOutbox, Moved, settings};

/// Where this Accord says it is.
const SOURCE: &str = "https://accord.example";

/// Settings by which a test waits only a moment for a server that was killed.
fn to(server: &test_services::Nats) -> NatsSettings {
    NatsSettings { patience: Duration::from_millis(400), ..NatsSettings::new(server.url(), SOURCE) }
}

/// A publisher to a server, and the bell that rings when it is connected.
async fn publisher(server: &test_services::Nats) -> (Nats, Arc<Bell>) {
    let bell = Arc::new(Bell::default());
    let rings = bell.clone();
    let nats = Nats::connect(to(server), move || rings.ring()).await.expect("an address");
    (nats, bell)
}

/// What another program sees of the server.
async fn outside(server: &test_services::Nats) -> Context {
    jetstream::new(async_nats::connect(server.url()).await.expect("it listens"))
}

/// Everything in the stream, in its order.
async fn stored(outside: &Context) -> Vec<StreamMessage> {
    let mut stream = outside.get_stream(to_name()).await.expect("the stream");
    let state = stream.info().await.expect("its state").state.clone();
    let mut messages = Vec::new();
    for sequence in state.first_sequence..=state.last_sequence {
        messages.push(stream.get_raw_message(sequence).await.expect("a message"));
    }
    messages
}

/// A relay to a publisher that waits for its server to come back.
fn relay(outbox: &Arc<FakeOutbox>, publisher: impl Publisher + 'static, bell: Arc<Bell>) -> Relay {
    relay_at(Moved::new(), outbox.clone(), Arc::new(publisher), bell)
}

/// The same by a clock that others share.
fn relay_at(clock: Arc<Moved>, outbox: Arc<dyn Outbox>, publisher: Arc<dyn Publisher>, bell: Arc<Bell>) -> Relay {
    let rest = Arc::new(Patient { clock: clock.clone(), bell });
    let one_by_one = RelaySettings { side_by_side: 1, ..settings() };
    Relay::new(outbox, publisher, clock, rest, one_by_one)
}

/// Name of the stream where nobody names another.
fn to_name() -> String {
    NatsSettings::new("nats://127.0.0.1", SOURCE).stream
}

/// What a consumer makes of it that counts each id once, for ever, as every consumer has to: the sequences of each
/// document in the order of their coming.
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

fn read(payload: &[u8]) -> CloudEvent {
    serde_json::from_slice(payload).expect("an event")
}

/// Moves the clock as [`crate::world::Resting`] does, and waits for the bell: a server needs its time to come back.
struct Patient {
    clock: Arc<Moved>,
    bell: Arc<Bell>,
}

#[async_trait::async_trait]
impl Rest for Patient {
    async fn rest(&self, at_most: SignedDuration) {
        self.clock.by(at_most);
        self.bell.rest(SignedDuration::from_millis(20)).await;
    }
}
