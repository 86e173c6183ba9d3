//! Whose word it is that is changed.

use access::{Operation, Role};
use shared_plan::Who;

/// What they must be allowed who change what `who` said: of a professional, to write the plan; of the person and their
/// carer, nothing more.
pub(super) fn owned_by_team(who: &Who) -> Option<Operation> {
    match who.role {
        Some(Role::Patient | Role::Carer) => None,
        Some(Role::Clinician | Role::Coordinator) | None => Some(Operation::WriteSharedPlan),
    }
}

/// For what is changed by everybody who may do it at all.
pub(super) fn owned_by_nobody<K>(_: &K) -> Option<Operation> {
    None
}

/// What is written into the log: the gravest of what was allowed, but settling an issue by its own name.
pub(super) fn written_as(operation: Operation, more: Option<Operation>) -> Operation {
    more.filter(|_| operation != Operation::DecideIssue).unwrap_or(operation)
}
