//! Accord starts, and says what is wrong, without its broker.

use care_plan_service::relay::{Nats, NatsSettings, Publisher};

use super::{SOURCE, outside, publisher, relay, stored};
use crate::world::{FakeOutbox, events};

#[tokio::test]
async fn an_address_that_is_none_is_refused_and_not_repeated() {
    for url in ["nats://accord:secret@[oops", "ftp://accord:secret@broker", "nats://accord:secret@broker:notaport"] {
        let error = Nats::connect(NatsSettings::new(url, SOURCE), || {}).await.err().expect(url);
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_before_the_broker_is_there_is_told_when_it_comes() {
    let Some(server) = test_services::or_skip(test_services::Nats::start()) else { return };
    server.kill();
    let (nats, bell) = publisher(&server).await;
    assert!(!nats.is_ready().await);
    let outbox = FakeOutbox::with(events(2, 2));
    let relay = relay(&outbox, nats, bell);
    relay.turn().await.expect("nothing is asked of the outbox");
    assert_eq!(outbox.claims(), 0);
    server.start_again().expect("it comes");
    relay.run(outbox.settled()).await;
    assert_eq!(relay.counts().failed, 0);
    assert_eq!(stored(&outside(&server).await).await.len(), 4);
}
