//! What the service refuses, as FHIR says it.

use fhir_server::Failure;

use crate::service::Failure as Why;

/// The refusal of a request about one resource.
pub(super) fn of_resource(kind: &str, id: &str) -> impl FnOnce(Why) -> Failure {
    move |why| match why {
        Why::NotFound => Failure::not_found(kind, id),
        other => of(other),
    }
}

/// The refusal of any other request.
pub(super) fn of(why: Why) -> Failure {
    match why {
        Why::NotFound => Failure::new(404, "not-found", "There is no such resource here."),
        Why::NotLicensed | Why::Refused(_) => Failure::forbidden("This is not allowed to you."),
        Why::Store(error) => unanswered(&error),
        Why::Unaudited(error) => unanswered(&error),
        Why::Content(error) => broken(&error),
        // Of a reading these are none.
        Why::VersionMissing | Why::Stale { .. } | Why::KeyReused => broken(&why),
        Why::Plan(refusal) => broken(&refusal),
    }
}

/// Nothing is told where the store or the audit log could not be asked.
fn unanswered(error: &(dyn std::error::Error + 'static)) -> Failure {
    tracing::error!(error, "a FHIR request could not be answered");
    Failure::new(503, "transient", "This cannot be answered at the moment. Try again later.")
}

fn broken(error: &(dyn std::error::Error + 'static)) -> Failure {
    tracing::error!(error, "a FHIR request failed");
    Failure::new(500, "exception", "Something went wrong on our side.")
}
