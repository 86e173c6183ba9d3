//! Webhooks: what a receiver gets, and what becomes of an event when it is slow, wrong, hostile or away.

mod receiver;

use std::sync::Arc;
use std::time::Duration;

use access::TenantId;
use care_plan_service::neighbours::webhook::{Receiver as To, SigningSecret, Webhook};
use care_plan_service::relay::{CloudEvent, Relay, Turn};
use outbound::{Client, Origin, Policy, SystemResolver};
use shared_plan::ports::{DeadLetter, Outbox};
use shared_plan::{Event, EventKind};
use url::Url;

use crate::world::{FakeOutbox, Moved, Resting, event, settings};
use receiver::{Answers, Receiver};

/// How long a test waits for a receiver that never answers.
const PATIENCE: Duration = Duration::from_millis(200);
/// The tenant of the documents with even numbers.
const TENANT: &str = "valley";

fn secret() -> SigningSecret {
    SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("long enough")
}

fn status(line: &str) -> Answers {
    Answers::Status(line.to_owned())
}

/// A receiver's own queue and relay.
struct Sending {
    clock: Arc<Moved>,
    queue: Arc<FakeOutbox>,
    relay: Relay,
}

impl Sending {
    fn to(url: &Url, kinds: &[EventKind], events: Vec<Event>) -> Self {
        let policy = Policy { origins: Origin::of(url).into_iter().collect(), development: true };
        let client = Client::new(policy, Arc::new(SystemResolver)).expect("a client").with_patience(PATIENCE);
        let clock = Moved::new();
        let to =
            To { tenant: TenantId::new(TENANT), url: url.clone(), secrets: vec![secret()], events: kinds.to_vec() };
        let webhook = Webhook::new(client, clock.clone(), "https://accord.example", to);
        let (queue, resting) = (FakeOutbox::with(events), Resting::on(&clock));
        let relay = Relay::new(queue.clone(), Arc::new(webhook), clock.clone(), resting, settings());
        Self { clock, queue, relay }
    }

    async fn turn(&self) -> Turn {
        self.relay.turn().await.expect("the queue answers")
    }

    async fn dead(&self) -> Vec<DeadLetter> {
        self.queue.dead(10).await.expect("the queue answers")
    }

    async fn until_settled(&self) {
        self.relay.run(self.queue.settled()).await;
    }
}

#[tokio::test]
async fn a_receiver_can_verify_what_it_gets_and_gets_ids_only() {
    let receiver = Receiver::start(|_| status("204 No Content")).await;
    let told = event(2, 1);
    let sending = Sending::to(&receiver.url(), &[], vec![told.clone()]);
    let sent = access::Clock::now(&*sending.clock);
    assert_eq!(sending.turn().await.handed_on, 1);
    let messages = receiver.messages();
    let [message] = &messages[..] else { panic!("{messages:?}") };
    assert!(message.head.starts_with("POST /hooks/accord HTTP/1.1"), "{}", message.head);
    let (id, time) = (message.header("webhook-id"), message.header("webhook-timestamp"));
    assert_eq!((id, time), (told.id.to_string().as_str(), sent.as_second().to_string().as_str()));
    assert!(secret().vouches_for(id, time, &message.body, message.header("webhook-signature"), sent));
    assert_eq!(message.header("content-type"), "application/cloudevents+json");
    let read: CloudEvent = serde_json::from_slice(&message.body).expect("a CloudEvent");
    assert_eq!(read, CloudEvent::new(&told, "https://accord.example"));
}

#[tokio::test]
async fn a_receiver_that_was_down_gets_every_event_in_its_order_and_knows_it_by_its_id() {
    let receiver =
        Receiver::start(|number| status(if number < 5 { "503 Service Unavailable" } else { "200 OK" })).await;
    let events: Vec<Event> = (0..3).map(|seat| event(2, seat)).collect();
    let sending = Sending::to(&receiver.url(), &[], events.clone());
    sending.until_settled().await;
    let messages = receiver.messages();
    let ids: Vec<&str> = messages.iter().map(|message| message.header("webhook-id")).collect();
    let [first, second, third] = [0, 1, 2].map(|seat| events[seat].id.to_string());
    assert_eq!(ids, [[first.as_str(); 6].as_slice(), &[&second, &third]].concat());
    let times: Vec<&str> = messages[..6].iter().map(|message| message.header("webhook-timestamp")).collect();
    assert!(times.is_sorted() && times[0] != times[5], "each try has a time of its own: {times:?}");
    assert_eq!(sending.dead().await, [], "whoever is away makes no dead letter");
}

#[tokio::test]
async fn a_receiver_that_never_stops_answering_has_the_event_and_holds_nobody() {
    let receiver = Receiver::start(|_| Answers::Endless).await;
    let sending = Sending::to(&receiver.url(), &[], vec![event(2, 0)]);
    assert_eq!(sending.turn().await.handed_on, 1);
}

#[tokio::test]
async fn a_receiver_that_never_answers_is_asked_again() {
    let receiver = Receiver::start(|number| if number == 0 { Answers::Never } else { status("200 OK") }).await;
    let sending = Sending::to(&receiver.url(), &[], vec![event(2, 0)]);
    assert_eq!(sending.turn().await.failed, 1);
    sending.until_settled().await;
    assert_eq!(receiver.messages().len(), 2);
}

#[tokio::test]
async fn a_redirect_to_the_inside_is_not_followed() {
    let inside = Receiver::start(|_| status("200 OK")).await;
    let to = format!("307 Temporary Redirect\r\nlocation: {}", inside.url());
    let receiver = Receiver::start(move |_| status(&to)).await;
    let sending = Sending::to(&receiver.url(), &[], vec![event(2, 0)]);
    assert_eq!(sending.turn().await.failed, 1);
    assert!(inside.bytes().is_empty(), "nobody inside was asked");
}

#[tokio::test]
async fn an_inside_address_gets_nothing_even_where_an_operator_entered_it() {
    let url: Url = "http://10.0.0.1/hooks".parse().expect("an address");
    let sending = Sending::to(&url, &[], vec![event(2, 0)]);
    assert_eq!(sending.turn().await.failed, 1);
}

#[tokio::test]
async fn who_cannot_prove_who_they_are_gets_not_one_byte_of_an_event() {
    let receiver = Receiver::start(|_| status("200 OK")).await;
    let url: Url = format!("https://127.0.0.1:{}/hooks", receiver.port).parse().expect("an address");
    let told = event(2, 0);
    let sending = Sending::to(&url, &[], vec![told.clone()]);
    assert_eq!(sending.turn().await.failed, 1);
    let id = told.id.to_string();
    let came = receiver.bytes().concat();
    assert!(!came.windows(id.len()).any(|window| window == id.as_bytes()));
}

#[tokio::test]
async fn what_a_receiver_will_never_take_is_a_dead_letter_that_says_why() {
    let receiver = Receiver::start(|_| status("422 Unprocessable Content")).await;
    let sending = Sending::to(&receiver.url(), &[], vec![event(2, 0), event(4, 0)]);
    sending.until_settled().await;
    let dead = sending.dead().await;
    assert_eq!(dead.len(), 2);
    assert_eq!(dead[0].why, "refused: the receiver answers 422");
    assert_eq!(dead[0].outgoing.failures, settings().retries.tries);
}

#[tokio::test]
async fn what_a_receiver_did_not_ask_for_is_not_sent_and_does_not_wait() {
    let receiver = Receiver::start(|_| status("200 OK")).await;
    let wanted = event(2, 6);
    let events = vec![event(2, 0), wanted.clone(), event(3, 6)];
    let sending = Sending::to(&receiver.url(), &[wanted.what], events);
    sending.until_settled().await;
    let messages = receiver.messages();
    let ids: Vec<&str> = messages.iter().map(|message| message.header("webhook-id")).collect();
    assert_eq!(ids, [wanted.id.to_string().as_str()], "not of another kind, not of another tenant");
}
