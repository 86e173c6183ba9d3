//! The one guarded way out of the process.
//!
//! Every request that Accord sends leaves through [`Client`], whoever asks. What a source, a token or a link says is
//! untrusted (SMART checklist S2, S12), so the guard holds the same for all of them:
//!
//! - only `https`, only to origins that an operator registered, compared parsed and whole, never as text;
//! - only to public addresses: name and literal are checked before the first packet, and the connection goes to the very
//!   address that was checked, so a name that changes its mind in between (DNS rebinding) gains nothing;
//! - no redirects, no proxy from the environment, no credentials in the address;
//! - an end to everything: connecting, waiting for the first byte, the whole answer, its bytes after decompression.
//!
//! A development set-up ([`Policy::development`]) may use plain `http` and loopback addresses; nothing else changes.
//!
//! Errors carry no path, query, header or body: what we ask for is often a person's record.

mod address;
mod answer;
mod body;
mod client;
mod error;
mod limits;
mod origin;
mod policy;
mod request;
mod resolver;
mod tls;

pub use client::Client;
pub use error::OutboundError;
pub use limits::Limits;
pub use origin::Origin;
pub use policy::Policy;
pub use request::{Request, Response};
pub use resolver::{Resolver, SystemResolver};
