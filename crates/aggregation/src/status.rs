//! What a server client says, in the words of the plan.

use care_plan::snapshot::{Reason, Status};
use fhir_client::FhirError;

/// The status of a search.
pub(crate) fn status(status: fhir_client::Status) -> Status {
    match status {
        fhir_client::Status::Complete => Status::Complete,
        fhir_client::Status::Partial(why) => Status::Partial(reason(why)),
        fhir_client::Status::Failed(why) => Status::Failed(reason(why)),
        fhir_client::Status::NotPermitted(why) => Status::NotPermitted(reason(why)),
        fhir_client::Status::NotSupported => Status::NotSupported,
        fhir_client::Status::Rejected { status, .. } => Status::Failed(Reason::Http(status)),
    }
}

/// The status of a read that failed.
pub(crate) fn of_error(error: FhirError) -> Status {
    match error {
        FhirError::Refused { said } => Status::NotPermitted(Reason::Refused(said)),
        other => Status::Failed(reason(other.into())),
    }
}

fn reason(reason: fhir_client::Reason) -> Reason {
    use fhir_client::Reason as Client;
    match reason {
        Client::Unreachable => Reason::Unreachable,
        Client::TimedOut => Reason::TimedOut,
        Client::Http(status) => Reason::Http(status),
        Client::Busy(seconds) => Reason::Busy(seconds),
        Client::NotFhir => Reason::NotFhir,
        Client::Truncated => Reason::Truncated,
        Client::TooLarge => Reason::TooLarge,
        Client::TooManyPages => Reason::TooManyPages,
        Client::ForeignPage => Reason::ForeignPage,
        Client::SignInExpired => Reason::SignInExpired,
        Client::Refused(said) => Reason::Refused(said),
        Client::SourceSaysMore => Reason::SourceSaysMore,
        Client::EntriesUnusable(entries) => Reason::EntriesUnusable(entries),
    }
}

/// The worse of two: what a list of searches for one thing comes to.
pub(crate) fn joined(one: Status, other: Status) -> Status {
    match (one, other) {
        (Status::Complete, Status::Complete) => Status::Complete,
        (Status::Failed(_), Status::Failed(why)) => Status::Failed(why),
        (Status::Complete | Status::Partial(_), Status::Failed(why) | Status::Partial(why)) => Status::Partial(why),
        (Status::Failed(why) | Status::Partial(why), Status::Complete | Status::Partial(_)) => Status::Partial(why),
        (Status::Complete, other) => other,
        (one, _) => one,
    }
}
