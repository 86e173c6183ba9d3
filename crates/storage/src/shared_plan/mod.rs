//! The ports of the shared plan, on both databases.
//!
//! Both run the same statements, so each port is written once, over a [`Door`](crate::step::Door): what a database
//! offers is a step that is done whole or not at all, for one tenant.
//!
//! - *Invariant:* every key and every condition begins with the tenant, and so does the place of every sealed value.
//! - *Invariant:* a change, its version, parts, days, events and idempotency key are one step.
//! - *Invariant:* whoever changes a document, or tells something of it, first changes its row in `document`. That orders
//!   all writers of one document, whichever database it is.

mod commit;
mod deliveries;
mod documents;
mod dues;
mod event_row;
mod hanging;
mod once;
mod outbox;
mod parts;
mod purge;
mod sealing;
mod taking;
mod timed;
mod whose;

pub(crate) use deliveries::StoredDeliveries;
pub(crate) use documents::StoredDocuments;
pub(crate) use outbox::StoredOutbox;
pub(crate) use purge::purge;
pub(crate) use timed::StoredTimed;
pub(crate) use whose::{StoredWhose, doubt};
