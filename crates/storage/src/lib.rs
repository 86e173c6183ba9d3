//! The only crate that speaks SQL: adapters behind the ports of the other crates.
//!
//! - *Error policy:* what keeps a store from answering is a [`access::StoreError`] with its cause; "not there" is `None`.
//! - *Time* is handed in by each call, *randomness* through the [`Sealer`].
//! - *Secrets and clinical text* lie in columns named `sealed`; a copy of the file shows none of them (see [`seal`]).
//! - *Retention* stands above each table in `migrations/` and is carried out by [`Database::purge`].
//! - *A new port:* the trait beside its domain, a table with its retention in a new migration, one file here, one line in
//!   `database.rs`, its laws in `tests/ports/`. The laws know the trait only, so that each database runs the same ones.

mod database;
mod grants;
mod intents;
pub mod key;
mod launches;
mod pending_launches;
mod purge;
pub mod seal;
mod sessions;
#[cfg(test)]
mod testing;
mod time;

pub use database::{Database, OpenError};
pub use grants::SqliteGrants;
pub use intents::SqliteIntents;
pub use key::{KeyError, SealingKey};
pub use launches::SqliteLaunches;
pub use pending_launches::SqlitePendingLaunches;
pub use purge::Purged;
pub use seal::{SealError, Sealer};
pub use sessions::SqliteSessions;
