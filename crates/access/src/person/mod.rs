//! The person: Accord's own id for one human, and the Patients at sources that are proven to be theirs.
//!
//! - A person is per tenant: data of two tenants never meet, so one human at two tenants is two persons.
//! - A Patient belongs to at most one person at a time.
//! - A link is made by proof only, and says how, by whom and when. Names and birth dates are no proof (see [`likeness`]).
//! - Two persons that turn out to be one are joined by a confirmed question only.
//! - A link can be split again. What hung on it is ended in the same step, and listed for whoever holds more of it.
//! - History is kept: which link was believed when decides what was shown to whom.

mod facts;
pub mod likeness;
mod persons;
mod proof;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use persons::{EndedLink, Ending, HeldLink, Hung, Joined, Joining, Linking, Persons, Split, WhyEnded};
pub use proof::{MatchGrade, Proof, Score};

use crate::UserKey;
use crate::ids::random_id;

random_id! {
    /// Accord's own id for one human, per tenant: 128 random bits as 32 lower-case hex digits.
    PersonId
}

/// A Patient resource: never its id alone, which another source may have given to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PatientAt {
    /// The source.
    pub source: String,
    /// `Patient` id there.
    pub patient: String,
}

impl PatientAt {
    /// Names a Patient.
    pub fn new(source: impl Into<String>, patient: impl Into<String>) -> Self {
        Self { source: source.into(), patient: patient.into() }
    }
}

/// One Patient is one person's, with how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The Patient.
    pub at: PatientAt,
    /// How it is known.
    pub how: Proof,
    /// The user who gave the proof; `None` where the source named no user.
    pub who: Option<UserKey>,
    /// When.
    pub when: Timestamp,
}
