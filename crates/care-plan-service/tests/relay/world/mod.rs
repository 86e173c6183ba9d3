//! What the tests share: events, a clock that is moved by hand, an outbox and publishers that fail as they are told.

pub mod outbox;
pub mod publisher;

use std::sync::{Arc, Mutex};

use access::{Clock, PersonId, TenantId};
use async_trait::async_trait;
use care_plan_service::relay::{Relay, RelaySettings, Rest, Retries};
use jiff::{SignedDuration, Timestamp};
use shared_plan::ports::Kind;
use shared_plan::{Event, EventId, EventKind, Version};

pub use outbox::FakeOutbox;
pub use publisher::{Answer, Recorder};

/// When the tests begin.
pub const START: Timestamp = Timestamp::constant(1_790_000_000, 0);

/// The event at a seat of a document; its id says which.
pub fn event(document: u8, seat: u8) -> Event {
    let mut id = [0; 16];
    (id[0], id[1]) = (document, seat);
    Event {
        id: EventId::from_random(id),
        what: EventKind::ALL[usize::from(seat) % EventKind::ALL.len()],
        tenant: TenantId::new(if document.is_multiple_of(2) { "valley" } else { "hill" }),
        person: PersonId::from_random([document; 16]),
        kind: Kind::Plan,
        document: format!("{document:032x}"),
        version: Version(u64::from(seat) + 1),
        index: 0,
        part: None,
        programme: None,
        state: None,
        facts: None,
        at: START + SignedDuration::from_secs(i64::from(seat)),
    }
}

/// Events of some documents, as they happened in turn.
pub fn events(documents: u8, each: u8) -> Vec<Event> {
    (0..each).flat_map(|seat| (0..documents).map(move |document| event(document, seat))).collect()
}

/// A clock that is moved.
#[derive(Debug)]
pub struct Moved(Mutex<Timestamp>);

impl Moved {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(START)))
    }

    pub fn by(&self, time: SignedDuration) {
        let mut now = self.0.lock().expect("nobody panicked");
        *now += time;
    }
}

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panicked")
    }
}

/// Rests by moving the clock, and notes for how long.
pub struct Resting {
    clock: Arc<Moved>,
    pub rests: Mutex<Vec<SignedDuration>>,
}

impl Resting {
    pub fn on(clock: &Arc<Moved>) -> Arc<Self> {
        Arc::new(Self { clock: Arc::clone(clock), rests: Mutex::default() })
    }
}

#[async_trait]
impl Rest for Resting {
    async fn rest(&self, at_most: SignedDuration) {
        self.rests.lock().expect("nobody panicked").push(at_most);
        self.clock.by(at_most);
        tokio::task::yield_now().await;
    }
}

/// Settings by which little time has to be moved: four tries.
pub fn settings() -> RelaySettings {
    RelaySettings { retries: Retries { tries: 4, ..Retries::default() }, ..RelaySettings::default() }
}

/// An outbox, who takes its events, and the relay between.
pub struct World {
    pub clock: Arc<Moved>,
    pub outbox: Arc<FakeOutbox>,
    pub recorder: Arc<Recorder>,
    pub resting: Arc<Resting>,
    pub relay: Relay,
}

impl World {
    /// With these events waiting, and a publisher that answers so.
    pub fn new(events: Vec<Event>, answer: impl FnMut(&Event) -> Answer + Send + 'static) -> Self {
        let clock = Moved::new();
        let (outbox, recorder, resting) = (FakeOutbox::with(events), Recorder::new(answer), Resting::on(&clock));
        let relay = Relay::new(outbox.clone(), recorder.clone(), clock.clone(), resting.clone(), settings());
        Self { clock, outbox, recorder, resting, relay }
    }

    /// Runs until nothing waits any more.
    pub async fn run_until_settled(&self) {
        self.relay.run(self.outbox.settled()).await;
    }

    /// What was taken, as (document, seat).
    pub fn taken(&self) -> Vec<(u8, u8)> {
        self.recorder.taken().iter().map(seat_of).collect()
    }
}

/// Document and seat of an event made by [`event`], read from its id.
pub fn seat_of(event: &Event) -> (u8, u8) {
    let id = event.id.to_string();
    let byte = |at: usize| u8::from_str_radix(&id[at..at + 2], 16).expect("hex");
    (byte(0), byte(2))
}
