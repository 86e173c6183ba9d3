//! Why an issue cannot be settled here, said before anybody types.

use care_plan::plan::{Confidentiality, DetectedIssue, IssueCode};
use care_plan::snapshot::Status;
use fhir::SourceId;

use crate::desk::shared_plan::{SOURCE, SharedPlanDoor};
use crate::sections::Look;

/// Why an issue cannot be settled here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// There is no care plan service here.
    NoService,
    /// The organisation has no licence.
    NotLicensed,
    /// The viewer's role may not.
    Role,
    /// What was settled before could not be read, so nobody knows whether this was.
    NotRead,
    /// A record labels what it says as confidential: it is not copied without the person's consent.
    Labelled,
    /// It was settled before, and nobody knows any more whether for this person.
    Waits,
    /// It is settled where the sources are: by reading one, or by saying whose a record is.
    AtSources,
}

/// Says why an issue cannot be settled here; nothing where it can.
pub fn locked(look: &Look, issue: &DetectedIssue) -> Option<Locked> {
    match look.shared_plan() {
        SharedPlanDoor::None => return Some(Locked::NoService),
        SharedPlanDoor::NotLicensed | SharedPlanDoor::ReadOnly => return Some(Locked::NotLicensed),
        SharedPlanDoor::Open => {}
    }
    if matches!(issue.code, IssueCode::MissingSource | IssueCode::PersonMismatch) {
        return Some(Locked::AtSources);
    }
    if !look.kept().may_decide {
        return Some(Locked::Role);
    }
    let record = look.snapshot().record(&SourceId::new(SOURCE));
    let failed = record.is_none_or(|record| !matches!(record.status(), Status::Complete | Status::Pending));
    if failed || !look.kept().is_read {
        return Some(Locked::NotRead);
    }
    if look.kept().waiting.is_about(issue) {
        return Some(Locked::Waits);
    }
    // Neither the decision nor a message copies it (invariant 10); what cannot be found is not known to be normal.
    (care_plan::label(look.snapshot(), look.plan(), issue) != Confidentiality::Normal).then_some(Locked::Labelled)
}
