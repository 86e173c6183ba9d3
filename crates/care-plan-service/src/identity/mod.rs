//! Who calls with a token of the tenant's identity service.
//!
//! - A token is verified whole before anything of it is used: algorithm, key, signature, issuer, audience, times, subject.
//! - *Invariant:* whoever is not admitted learns that they are not, and nothing of why; the reason goes into the log.

mod admitted;
mod scopes;

pub use admitted::{Admission, Admitted, NotAdmitted};
pub use scopes::Scopes;
