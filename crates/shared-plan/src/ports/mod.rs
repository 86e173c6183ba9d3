//! The ports of the shared plan: what a database does for it. Their laws are in the tests of `storage`.

mod delivery;
mod document;
mod outbox;
mod timed;
mod whose;

pub use delivery::Deliveries;
pub use document::{
    Commit, Committed, Document, Documents, Due, DueKind, Key, Kind, Once, PartKey, Selection, VersionHead,
};
pub use outbox::{Backlog, DeadLetter, Outbox, Outgoing};
pub use timed::{Passed, Timed};
pub use whose::{Doubt, Moved, Said, Settled, Whose, WhyMoved};
