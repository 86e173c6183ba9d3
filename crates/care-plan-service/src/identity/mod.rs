//! Who calls with a token of the tenant's identity service.
//!
//! - A token is verified whole before anything of it is used: algorithm, key, signature, issuer, audience, times, subject.
//! - A token is believed from its own issuer only, and of an issuer of one tenant for this tenant only.
//! - *Invariant:* whoever is not admitted learns that they are not, and nothing of why; the reason goes into the log.

mod admitted;
mod claims;
mod guarded;
mod keys;
mod known;
mod patient;
mod role;
mod scopes;
mod tally;
mod tokens;
mod trust;

pub use admitted::{
    Admission, Admitted, Asking, ClientAddress, Counting, NotAdmitted, RefusedToken, RequestName, whole_seconds,
};
pub use guarded::Guarded;
pub use keys::{ALGORITHMS, KeySource, Keys, KeysNotFetched};
pub use patient::PatientIdentity;
pub use scopes::Scopes;
pub use tokens::Tokens;
pub use trust::{ClaimNames, Program, Trust};
