//! How a search went.

use crate::FhirError;

/// State of a search. One that could not be made is never one that found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Everything there is was read.
    Complete,
    /// Something is missing.
    Partial(Reason),
    /// Nothing could be read.
    Failed(Reason),
    /// The server does not share this with us (403).
    NotPermitted(Reason),
    /// The server does not have this type or search (404, 405, 501).
    NotSupported,
    /// The server does not take this query; a narrower one may do.
    Rejected {
        /// 400 or 422.
        status: u16,
        /// Its words, where it gave any.
        said: Option<String>,
    },
}

/// Why something is missing. Carries no patient data beyond the server's own words, and no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No connection: refused, reset, no such host, or an address we must not go to.
    Unreachable,
    /// No answer within the time allowed.
    TimedOut,
    /// An HTTP status that is an error.
    Http(u16),
    /// The server asks to be left alone for so many seconds, longer than anybody waits.
    Busy(u64),
    /// The answer is not FHIR, such as an HTML page with status 200.
    NotFhir,
    /// The answer broke off.
    Truncated,
    /// More than the cap for one answer.
    TooLarge,
    /// More pages or entries than the cap, or pages that repeat.
    TooManyPages,
    /// A `next` link that leads away from the server.
    ForeignPage,
    /// The grant has ended: the user must sign in there again.
    SignInExpired,
    /// The server refused (403), in its own words where it gave any.
    Refused(Option<String>),
    /// The server said that more exists than it sent.
    SourceSaysMore,
    /// Some entries could not be used.
    EntriesUnusable(usize),
}

impl Status {
    /// The status of a search whose first page failed with `error`.
    pub(crate) fn of_first_page(error: FhirError) -> Self {
        match error {
            FhirError::Refused { .. } => Self::NotPermitted(Reason::from(error)),
            FhirError::NotFound | FhirError::NotSupported { .. } => Self::NotSupported,
            FhirError::Rejected { status, said, .. } => Self::Rejected { status, said },
            other => Self::Failed(Reason::from(other)),
        }
    }
}

impl From<FhirError> for Reason {
    fn from(error: FhirError) -> Self {
        match error {
            FhirError::Unreachable | FhirError::NotAllowed => Self::Unreachable,
            FhirError::TimedOut => Self::TimedOut,
            FhirError::Truncated => Self::Truncated,
            FhirError::TooLarge => Self::TooLarge,
            FhirError::NotFhir { .. } | FhirError::OtherResource => Self::NotFhir,
            FhirError::SignInExpired => Self::SignInExpired,
            FhirError::Refused { said } => Self::Refused(said),
            FhirError::NotFound => Self::Http(404),
            FhirError::NotSupported { .. } => Self::Http(405),
            FhirError::PageExpired => Self::Http(410),
            FhirError::Busy { seconds, .. } => Self::Busy(seconds),
            FhirError::Resting { after } => after,
            FhirError::Rejected { status, .. } | FhirError::Http { status, .. } => Self::Http(status),
            FhirError::Stale => Self::Http(412),
            FhirError::VersionRequired => Self::Http(428),
            FhirError::OnlyRead { .. } => Self::Http(405),
        }
    }
}
