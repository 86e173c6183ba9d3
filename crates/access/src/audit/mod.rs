//! Audit: who did what with whose record, from which source, and what came of it.
//!
//! - *Written before the answer.* A read is told to the user only when its event is stored; if it cannot be stored, the
//!   read is refused ([`audited`]). A change is noted before it is begun ([`audited_change`]).
//! - *No names.* The user is issuer and subject, the patient is source and id. No token, cookie or text of a record.
//! - *Refusals and mismatches are events too:* they show an attack, or a chart about to be mixed up.

mod fhir;
mod guard;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use fhir::{Observer, to_fhir};
pub use guard::{Unaudited, audited, audited_change};

use crate::person::PatientAt;
use crate::policy::{Operation, Why};
use crate::{LaunchId, Role, StoreError, TenantId, UserKey};

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEvent {
    /// Whose log.
    pub tenant: TenantId,
    /// What was done.
    pub operation: Operation,
    /// By whom; `None` for a stranger, or where the source named no user.
    pub who: Option<UserKey>,
    /// As what.
    pub role: Option<Role>,
    /// With whose record.
    pub patient: Option<PatientAt>,
    /// At which source; for a read of several sources there is one event for each.
    pub source: Option<String>,
    /// With which resource of theirs, such as `CarePlan/4f…`, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// In which launch.
    pub launch: Option<LaunchId>,
    /// What came of it.
    pub outcome: Outcome,
    /// When.
    pub when: Timestamp,
    /// Why, in the user's words, where they were asked.
    pub reason: Option<String>,
    /// The request, by which two logs are joined (`X-Request-Id`).
    pub request: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// The policy refused it.
    Refused(Why),
    /// What came back, or what was to be written, was about somebody else (smart-launch P3, P4).
    PatientMismatch,
    /// It was asked too often.
    TooOften,
    /// It was tried and could not be done.
    Failed,
    /// It is not there, or not for this user: nothing was done.
    NotThere,
    /// Somebody else was first: nothing was done.
    Stale,
}

impl Outcome {
    /// The word in the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused(_) => "refused",
            Self::PatientMismatch => "patient-mismatch",
            Self::TooOften => "too-often",
            Self::Failed => "failed",
            Self::NotThere => "not-there",
            Self::Stale => "stale",
        }
    }
}

impl AuditEvent {
    /// An event that says what was done; the rest is added where it is known.
    pub fn new(tenant: TenantId, operation: Operation, when: Timestamp) -> Self {
        Self {
            tenant,
            operation,
            who: None,
            role: None,
            patient: None,
            source: None,
            what: None,
            launch: None,
            outcome: Outcome::Done,
            when,
            reason: None,
            request: None,
        }
    }

    /// The same event of a launch: its user, its Patient, its source.
    #[must_use]
    pub fn of_launch(mut self, launch: &crate::Launch) -> Self {
        self.who.clone_from(&launch.viewer.user);
        self.role = Some(launch.viewer.role);
        self.patient = Some(PatientAt::new(&*launch.source, &*launch.patient));
        self.source = Some(launch.source.clone());
        self.launch = Some(launch.id.clone());
        self
    }

    /// The same event at another source, with the Patient there.
    #[must_use]
    pub fn at(mut self, patient: PatientAt) -> Self {
        self.source = Some(patient.source.clone());
        self.patient = Some(patient);
        self
    }

    /// The same event with what came of it.
    #[must_use]
    pub fn with(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }
}

/// Where events are written: never changed, and kept for as long as the law asks.
#[async_trait]
pub trait Audit: Send + Sync {
    /// Writes events in one step: all of them or none. A page that reads four sources writes four at once.
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError>;

    /// Writes one event.
    async fn write(&self, event: &AuditEvent) -> Result<(), StoreError> {
        self.write_all(std::slice::from_ref(event)).await
    }
}

/// Where events are read again.
#[async_trait]
pub trait AuditTrail: Send + Sync {
    /// Lists the events about a Patient, oldest first: "who saw my plan" (45 CFR 164.528).
    async fn of_patient(&self, tenant: &TenantId, at: &PatientAt) -> Result<Vec<AuditEvent>, StoreError>;
    /// Looks whether an event was changed, taken out or put in since it was written.
    async fn verify(&self, tenant: &TenantId) -> Result<Verified, StoreError>;
}

/// What a look over the whole log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// Every event follows from the one before.
    Whole {
        /// How many.
        events: u64,
        /// The mark of the last one. Kept elsewhere once a day, it also shows that nothing was cut off at the end.
        head: [u8; 32],
    },
    /// An event does not follow from the one before.
    Broken {
        /// Its number.
        at: u64,
    },
}
