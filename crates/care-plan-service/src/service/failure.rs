//! Why something was not done.

use access::StoreError;
use access::policy::Why;
use shared_plan::Version;
use shared_plan::commands::Refusal;
use shared_plan::plan::ContentError;

/// Why something was not done. Each variant is another answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The tenant has no licence `ehr.care_plans`, or there is no such tenant.
    #[error("the module is not licensed")]
    NotLicensed,
    /// The policy refuses it.
    #[error("the policy refuses it: {0:?}")]
    Refused(Why),
    /// There is no such plan or part for this caller.
    #[error("not found")]
    NotFound,
    /// No version was sent.
    #[error("the version that was seen is missing")]
    VersionMissing,
    /// Somebody else was first.
    #[error("it is at version {now} now")]
    Stale {
        /// The version now.
        now: Version,
    },
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for something else")]
    KeyReused,
    /// The plan does not allow it.
    #[error(transparent)]
    Plan(#[from] Refusal),
    /// What is kept could not be read.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store could not be asked; nothing is known to be done.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The audit event could not be written, so nothing is done and nothing is told.
    #[error("the audit event could not be written")]
    Unaudited(#[source] StoreError),
}
