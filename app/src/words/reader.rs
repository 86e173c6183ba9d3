//! Who reads: some sentences are plainer for the person than for those who treat them.

use access::Role;

/// Who reads a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A clinician or a coordinator.
    Professional,
    /// The patient or a carer.
    Person,
}

impl Reader {
    /// As a user reads.
    pub fn of(role: Role) -> Self {
        match role {
            Role::Clinician | Role::Coordinator => Self::Professional,
            Role::Patient | Role::Carer => Self::Person,
        }
    }
}
