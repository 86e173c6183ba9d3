//! The only crate that speaks SQL: adapters behind the ports of the other crates.
//!
//! - *Error policy:* what keeps a store from answering is a [`access::StoreError`] with its cause; "not there" is `None`.
//! - *Time* is handed in by each call, *randomness* through the [`Sealer`].
//! - *Secrets and clinical text* lie in columns named `sealed`; a copy of the file shows none of them (see [`seal`]).
//!   What is kept for years is sealed by a key of its own, and found by marks that name nobody (`keeper.rs`).
//! - *Retention* stands above each table in `migrations/` and is carried out by [`Store::purge`].
//! - *Two databases:* SQLite for one process, PostgreSQL for several processes or tenants ([`postgres`]). Each store is
//!   written once for both, over what `step` offers.
//! - *A new port:* the trait beside its domain, a table with its retention in a new migration of each database, its rights
//!   in `postgres/rights.rs`, one file here, one line in `ports.rs`, its laws in `tests/ports/`. The laws know the trait
//!   only, so that each database runs the same ones.

mod audit;
mod consents;
mod database;
mod grants;
mod homecoming;
mod intents;
mod keeper;
mod kept_items;
pub mod key;
mod launches;
mod pending_launches;
mod persons;
mod ports;
pub mod postgres;
mod purge;
pub mod seal;
mod sessions;
mod shared_plan;
mod sign_ins;
mod standing_grants;
mod step;
mod store;
#[cfg(test)]
mod testing;
mod time;

pub use database::{Database, OpenError};
pub use homecoming::BroughtHome;
pub use key::{KeyError, SealingKey};
pub use postgres::PostgresDatabase;
pub use purge::Purged;
pub use seal::{SealError, Sealer};
pub use step::INSTALLATION;
pub use store::{Ports, Store};
