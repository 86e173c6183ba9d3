//! What only PostgreSQL has: walls between tenants, and a process that looks at them before it works behind them.
//!
//! Where PostgreSQL is not installed, each test says so and passes (`test_services::or_skip`).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod catalogue;
mod held;
mod homecoming;
mod installation;
mod interleaved;
mod migrations;
mod oracle;
mod people;
mod persons;
mod plans;
mod refusals;
mod restart;
mod sealed;
mod settings;
