//! Who calls.

use access::{LaunchId, PatientAt, PersonId, Role, TenantId};
use shared_plan::Who;

/// A user whom a launch or a verified token has named.
#[derive(Debug, Clone, PartialEq)]
pub struct Caller {
    /// Their tenant.
    pub tenant: TenantId,
    /// Who they are, as it is kept with what they change.
    pub who: Who,
    /// In which role they act.
    pub role: Role,
    /// Whose plans they reach.
    pub people: People,
    /// The launch, where there is one.
    pub launch: Option<LaunchId>,
    /// The Patient at whose record they write, where a launch was made from one, or a token is about one.
    pub record: Option<PatientAt>,
    /// The request, by which two logs are joined.
    pub request: Option<String>,
}

/// Whose plans a caller reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum People {
    /// Everybody of the tenant: a program that the operator has registered for that.
    All,
    /// Whomever a way leads to, which is asked for each person: somebody of the care team who has named nobody.
    ByWay,
    /// One person: a launch is about one, and a patient's token too.
    Only(PersonId),
}

impl People {
    /// In which words of SMART such a caller's scopes are written.
    pub fn level(&self) -> &'static str {
        match self {
            Self::All => "system",
            Self::ByWay | Self::Only(_) => "user",
        }
    }

    /// False where this person cannot be one of them, whatever way there is.
    pub(super) fn may_hold(&self, person: &PersonId) -> bool {
        match self {
            Self::All | Self::ByWay => true,
            Self::Only(only) => only == person,
        }
    }
}
