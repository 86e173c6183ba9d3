//! Who is here and what may they do: tenant, person, viewer, launch, session, policy, consent, audit. Pure, with ports for
//! the stores.
//!
//! One launch is one person's record opened by one user in one tab (DESIGN, invariant 1). Its id stands in every path
//! and is no credential: a launch belongs to the browser session that made it and to its tenant.

pub mod audit;
pub mod clock;
pub mod consent;
pub mod cookie;
pub mod ids;
pub mod launch;
pub mod person;
pub mod policy;
pub mod randomness;
pub mod rate;
pub mod secret;
pub mod session;
pub mod sharing;
pub mod sign_in;
pub mod standing_grant;
pub mod summary;
pub mod viewer;

pub use audit::{Audit, AuditEvent, AuditTrail, Outcome, audited, audited_change};
pub use clock::Clock;
pub use consent::{Consent, ConsentId, Consents, Erasure, Purpose, Revoked};
pub use ids::{LaunchId, SessionHash, TenantId};
pub use launch::{Launch, Launches};
pub use person::{Link, PatientAt, PersonId, Persons, Proof};
pub use policy::{Decision, Operation, decide};
pub use randomness::Randomness;
pub use secret::Secret;
pub use session::{Session, Sessions};
pub use sharing::Sharing;
pub use sign_in::{SignIn, SignIns};
pub use standing_grant::{KeptItem, KeptItems, StandingGrant, StandingGrants, StandingKey};
pub use summary::PersonSummary;
pub use viewer::{Role, UserKey, Viewer};

/// A store could not be asked. What it held is unknown: never treat this as "not there".
#[derive(Debug, thiserror::Error)]
#[error("the store could not be asked: {0}")]
pub struct StoreError(#[source] pub Box<dyn std::error::Error + Send + Sync>);
