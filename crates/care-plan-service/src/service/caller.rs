//! Who calls.

use access::{LaunchId, PersonId, Role, TenantId};
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
    /// The request, by which two logs are joined.
    pub request: Option<String>,
}

/// Whose plans a caller reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum People {
    /// Everybody of the tenant.
    All,
    /// One person: a launch is about one, and a patient's token too.
    Only(PersonId),
}

impl Caller {
    /// True where this person's plans are reached.
    pub fn reaches(&self, person: &PersonId) -> bool {
        match &self.people {
            People::All => true,
            People::Only(only) => only == person,
        }
    }
}
