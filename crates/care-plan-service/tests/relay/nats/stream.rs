//! The stream is made as it has to be, and an operator's settings stay.

use std::time::Duration;

use async_nats::jetstream::stream::Config;
use care_plan_service::relay::{ALL_SUBJECTS, Nats, NatsSettings, Publisher, Rest};
use jiff::SignedDuration;

use super::{outside, publisher, stored, to_name};
use crate::world::event;

/// Publishes one event through a fresh publisher, as soon as it is ready.
async fn publish_one(server: &test_services::Nats) {
    let (nats, bell) = publisher(server).await;
    while !nats.is_ready().await {
        bell.rest(SignedDuration::from_millis(20)).await;
    }
    nats.publish(&event(0, 0)).await.expect("taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_ours_knows_ids_for_an_hour() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    publish_one(&server).await;
    let stream = outside(&server).await.get_stream(to_name()).await.expect("made");
    let config = &stream.cached_info().config;
    assert_eq!(config.duplicate_window, Duration::from_secs(3600));
    assert_eq!(config.subjects, [ALL_SUBJECTS]);
    assert_eq!(config.max_age, Duration::from_secs(30 * 24 * 3600));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_there_gets_what_is_missing_and_keeps_what_was_set() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let outside = outside(&server).await;
    let theirs = Config {
        name: to_name(),
        subjects: vec!["other.>".into(), "accord.valley.care-plan.plan-created".into()],
        max_messages: 1000,
        max_age: Duration::from_secs(24 * 3600),
        ..Config::default()
    };
    outside.create_stream(theirs).await.expect("made by an operator");
    publish_one(&server).await;
    let stream = outside.get_stream(to_name()).await.expect("there");
    let config = &stream.cached_info().config;
    assert_eq!(config.subjects, ["other.>", ALL_SUBJECTS]);
    assert_eq!((config.max_messages, config.max_age), (1000, Duration::from_secs(24 * 3600)));
    assert_eq!(config.duplicate_window, Duration::from_secs(3600));
    assert_eq!(stored(&outside).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_keeps_messages_for_less_than_an_hour_knows_ids_as_long() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let outside = outside(&server).await;
    let ten_minutes = Duration::from_secs(600);
    let theirs =
        Config { name: to_name(), subjects: vec!["accord.>".into()], max_age: ten_minutes, ..Config::default() };
    outside.create_stream(theirs).await.expect("made by an operator");
    publish_one(&server).await;
    let stream = outside.get_stream(to_name()).await.expect("there");
    assert_eq!(stream.cached_info().config.duplicate_window, ten_minutes);
    assert_eq!(stream.cached_info().config.subjects, ["accord.>"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_a_broker_makes_nothing_there_and_tells_no_address() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    let settings = NatsSettings { patience: Duration::from_secs(5), ..super::to(&server) };
    assert_eq!(Nats::look(&settings).await, Ok(false));
    assert!(outside(&server).await.get_stream(to_name()).await.is_err(), "nothing was made");
    publish_one(&server).await;
    assert_eq!(Nats::look(&settings).await, Ok(true));
    let nowhere = NatsSettings { url: "nats://operator:a-password@127.0.0.1:1".into(), ..settings };
    let why = Nats::look(&nowhere).await.expect_err("nobody is there");
    assert!(why.starts_with("no server answers") && !why.contains("a-password"), "{why}");
}
