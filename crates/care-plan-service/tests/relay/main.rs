//! The relay's laws, on an outbox as nasty as a real one; the channel; NATS as Debian packages it; the documentation.

mod channel;
mod documentation;
mod faults;
mod laws;
mod nats;
mod operate;
mod webhooks;
mod world;
