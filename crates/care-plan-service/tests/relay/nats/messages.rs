//! What another program gets.

use async_nats::jetstream::consumer::{AckPolicy, pull};
use care_plan_service::relay::{CloudEvent, PublishError, Publisher, Rest, replay, subject};
use futures::StreamExt;
use jiff::SignedDuration;

use super::{SOURCE, outside, publisher, read, relay, stored, to_name};
use crate::world::{FakeOutbox, START, event, events};

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_gets_every_event_with_its_id_subject_and_envelope_in_order() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let (nats, bell) = publisher(&server).await;
    let all = events(3, 4);
    let outbox = FakeOutbox::with(all.clone());
    relay(&outbox, nats, bell).run(outbox.settled()).await;

    let stream = outside(&server).await.get_stream(to_name()).await.expect("made by the relay");
    let wanted = pull::Config {
        durable_name: Some("registry".into()),
        ack_policy: AckPolicy::Explicit,
        filter_subject: "accord.valley.care-plan.>".into(),
        ..pull::Config::default()
    };
    let consumer = stream.create_consumer(wanted).await.expect("a consumer");
    let valley: Vec<_> = all.iter().filter(|event| &*event.tenant.0 == "valley").collect();
    let mut messages = consumer.fetch().max_messages(valley.len()).messages().await.expect("messages");
    let mut got = Vec::new();
    while let Some(message) = messages.next().await {
        let message = message.expect("a message");
        message.ack().await.expect("acknowledged");
        let header =
            |name: &str| message.headers.as_ref().and_then(|headers| headers.get(name)).map(|value| value.to_string());
        let cloud = read(&message.payload);
        assert_eq!(header("Nats-Msg-Id").as_deref(), Some(&*cloud.id));
        assert_eq!(header("Content-Type").as_deref(), Some("application/cloudevents+json"));
        got.push((message.subject.to_string(), cloud));
    }
    assert_eq!(got.len(), valley.len(), "only the tenant that was asked for");
    for event in &valley {
        let place = got.iter().position(|(_, cloud)| *cloud == CloudEvent::new(event, SOURCE)).expect("it is there");
        assert_eq!(got[place].0, subject(&event.tenant, event.what));
    }
    let documents = |number: u8| got.iter().filter(move |(_, cloud)| cloud.subject == format!("plan/{number:032x}"));
    for number in [0, 2] {
        assert!(documents(number).map(|(_, cloud)| &cloud.sequence).is_sorted());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_again_within_the_hour_is_stored_once_and_counts_as_handed_on() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let (nats, bell) = publisher(&server).await;
    let outbox = FakeOutbox::with(events(2, 3));
    let relay = relay(&outbox, nats, bell);
    relay.run(outbox.settled()).await;
    assert_eq!(replay(&*outbox, START).await.expect("asked"), 6);
    relay.run(outbox.settled()).await;
    assert_eq!(relay.counts().handed_on, 12);
    assert_eq!(relay.counts().failed, 0);
    assert_eq!(stored(&outside(&server).await).await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_larger_than_the_server_takes_is_refused_and_the_next_one_is_not() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let (nats, bell) = publisher(&server).await;
    while !nats.is_ready().await {
        bell.rest(SignedDuration::from_millis(20)).await;
    }
    let mut long = event(0, 0);
    long.programme = Some("x".repeat(2 * 1024 * 1024));
    let refused = nats.publish(&long).await.expect_err("more than a megabyte");
    assert!(matches!(refused, PublishError::Refused(_)), "{refused}");
    assert!(!refused.to_string().contains("xx"));
    nats.publish(&event(0, 1)).await.expect("taken");
}
