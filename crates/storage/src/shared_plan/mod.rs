//! The ports of the shared plan, on both databases.
//!
//! Both run the same statements, so each port is written once, over a [`Door`]: what a database offers is a step that is
//! done whole or not at all, for one tenant. Only how a step begins differs (`sqlite.rs`, `postgres/door.rs`), and that
//! PostgreSQL lets a claim pass by rows that another one holds.
//!
//! - *Invariant:* every key and every condition begins with the tenant, and so does the place of every sealed value.
//! - *Invariant:* a change, its version, parts, days, events and idempotency key are one step.
//! - *Invariant:* whoever changes a document, or tells something of it, first changes its row in `document`. That orders
//!   all writers of one document, whichever database it is.

mod commit;
mod documents;
mod dues;
mod event_row;
mod once;
mod outbox;
mod parts;
mod purge;
mod sealing;
mod sqlite;
mod step;
mod timed;

pub(crate) use documents::StoredDocuments;
pub(crate) use outbox::StoredOutbox;
pub(crate) use purge::purge;
pub(crate) use sqlite::SqliteDoor;
pub(crate) use step::{Aim, Door, Row, Step, Value, step};
pub(crate) use timed::StoredTimed;
