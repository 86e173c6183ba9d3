//! One FHIR server over HTTP: search, pages, retry, versions, capability.
//!
//! A [`FhirServer`] talks to one base URL with the tokens of one grant. It answers in three ways only: what came, what
//! came but cannot be used, and why something did not come. A server that could not be asked is never one that has
//! nothing: [`Found`] carries a [`Status`] beside its resources.
//!
//! *Invariant:* a token leaves only for URLs under the base it was issued for (origin and whole path segments).
//! *Invariant:* every entry received is counted as a resource, a problem or an outcome.
//! *Invariant:* a write is sent once. Whoever wants it sent again must first look whether it has happened
//! ([`FhirError::is_unclear`]).

mod answer;
mod breaker;
mod budget;
mod capability;
mod conditional;
mod error;
mod gates;
mod health;
mod links;
mod matching;
mod options;
mod pace;
mod read;
mod remembered;
mod retry;
mod search;
mod server;
mod status;
mod tokens;
mod unable;
mod write;

pub use capability::{Capability, Offer};
pub use conditional::Validators;
pub use error::FhirError;
pub use gates::Gates;
pub use health::Health;
pub use matching::{Candidate, Matches, Wanted};
pub use options::Options;
pub use pace::{Pace, SystemPace};
pub use read::Versioned;
pub use remembered::Remembered;
pub use search::{Found, OutcomeEntry, Page, PageLimits, Query, Searched, Unusable};
pub use server::FhirServer;
pub use status::{Reason, Status};
pub use tokens::{AccessTokens, TokenError};
pub use write::{Created, Updated};
