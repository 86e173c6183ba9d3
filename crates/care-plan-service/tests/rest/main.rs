//! The shared plan over REST, by whoever brings a token.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

mod algorithms;
mod audit;
mod clients;
mod description;
mod hostile;
mod idempotency;
mod identity;
mod issuers;
mod journey;
mod licence;
mod limits;
mod lists;
mod pointed;
mod problems;
mod progress;
mod scopes;
mod tenants;
mod versions;
mod ways;
mod world;
