//! The program itself, killed again and again, with its database and its broker: what it has answered for is kept and told.
//!
//! Programs write to plans over HTTP, each with idempotency keys, and ask again where no answer comes. Meanwhile `accord`,
//! PostgreSQL and NATS are killed at random moments and started again. At the end each write that was accepted is there
//! once, the log is whole, and a consumer that counts each id once has its effect exactly once, in order.
//!
//! 12 kills; `cargo xtask torture --part everything-killed` makes it 300: 200 of the program, 50 of PostgreSQL, 50 of NATS.

mod accord;
mod client;
mod consumer;
mod disk_full;
mod identity;
mod killed;
mod writers;
