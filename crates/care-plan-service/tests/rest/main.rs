//! The shared plan over REST, by whoever brings a token.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

mod description;
mod hostile;
mod idempotency;
mod identity;
mod journey;
mod licence;
mod lists;
mod problems;
mod tenants;
mod versions;
mod world;
