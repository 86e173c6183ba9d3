//! A consumer that counts each id once, as the documentation of the events tells it to.

use std::collections::{BTreeMap, HashSet};

use async_nats::jetstream;
use care_plan_service::relay::{CloudEvent, NatsSettings};

/// The versions of each document of which a change of a goal was told, in the order told.
pub async fn effect(server: &test_services::Nats) -> BTreeMap<String, Vec<u64>> {
    let context = jetstream::new(async_nats::connect(server.url()).await.expect("it listens"));
    let name = NatsSettings::new(server.url(), "").stream;
    let mut stream = context.get_stream(name).await.expect("the stream");
    let state = stream.info().await.expect("its state").state.clone();
    let (mut seen, mut effect) = (HashSet::new(), BTreeMap::<_, Vec<u64>>::new());
    for sequence in state.first_sequence..=state.last_sequence {
        let message = stream.get_raw_message(sequence).await.expect("a message");
        let event: CloudEvent = serde_json::from_slice(&message.payload).expect("an event");
        if seen.insert(event.id) && event.type_.contains("goal-changed") {
            effect.entry(event.data.document).or_default().push(event.data.version.0);
        }
    }
    effect
}
