//! Hands on what happened: from the outbox to a broker, or to who listens in this process.
//!
//! - *Kept first.* An event is a row in the step of its change; what is here may be killed at any moment.
//! - *At least once, with the same id.* It is handed on again until it is noted that it was; who hears it counts each id
//!   once, for ever.
//! - *In order, per document.* The port gives the next event of a document only when the one before is handed on.
//!   Documents do not wait for each other: one that cannot be handed on holds back its own document only.
//! - *Two ways to fail* ([`PublishError`]): nobody is there, which passes and never makes a dead letter; or this event
//!   is refused, which does after some tries. A dead letter holds back its document until it is told again
//!   ([`replay`]).
//! - *Ids only.* [`CloudEvent`] is the shape in which others get it (`docs/events.md`).
//!
//! Rows stay after the broker has them, for at least a day: a broker may lose in a power failure what it had
//! acknowledged, and then they are told again.
//!
//! *A new way on:* a file that implements [`Publisher`] (the outbox waits for it) or [`Listener`] (the channel does), its
//! wiring in the server.

mod bell;
mod channel;
mod envelope;
mod nats;
mod operate;
mod publisher;
mod retries;
mod run;
mod subject;
mod together;
mod turn;

pub use bell::{Bell, Rest};
pub use channel::{Channel, Heard, Listener, Subscription};
pub use envelope::{CloudEvent, DATA_SCHEMA, Data, SPEC_VERSION};
pub use nats::{Nats, NatsError, NatsSettings};
pub use operate::{Figures, Retention, dead_letters, figures, forget, replay};
pub use publisher::{PublishError, Publisher};
pub use retries::Retries;
pub use subject::{ALL_SUBJECTS, subject};
pub use together::Together;
pub use turn::{Counts, Relay, RelaySettings, Turn};
