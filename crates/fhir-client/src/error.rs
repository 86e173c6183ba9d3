//! Why a request brought nothing.
//!
//! A variant is an outcome that a caller treats differently. The words that a server gives (`said`) come from its
//! OperationOutcome, trimmed and capped; no URL, body or token is ever in an error.

use crate::Reason;

/// Why a request brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FhirError {
    /// No connection: refused, reset or no such host; or the authorization server could not be asked.
    #[error("the server could not be reached")]
    Unreachable,
    /// The address is outside what the tenant allows, or outside the server's base. Nothing was sent.
    #[error("the address is not one we may ask")]
    NotAllowed,
    /// No answer within the time allowed.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The answer broke off.
    #[error("the answer broke off")]
    Truncated,
    /// More than the cap for one answer.
    #[error("the answer is larger than is allowed")]
    TooLarge,
    /// Not FHIR JSON: an HTML page, another resource than asked for, JSON that does not parse.
    #[error("the answer is not FHIR: {detail}")]
    NotFhir {
        /// What it is instead, in our words.
        detail: String,
    },
    /// Another resource than the one that was asked for: of another type, or with another id.
    #[error("the server answered with another resource than was asked for")]
    OtherResource,
    /// 401 with a fresh token too, or no token to be had: the user must sign in there again.
    #[error("the sign-in at this source has expired")]
    SignInExpired,
    /// 403.
    #[error("the server does not permit this")]
    Refused {
        /// The server's words.
        said: Option<String>,
    },
    /// 404 or 410.
    #[error("the server does not have this")]
    NotFound,
    /// 405 or 501.
    #[error("the server does not do this")]
    NotSupported {
        /// The server's words.
        said: Option<String>,
    },
    /// 400 or 422: the server does not take the query or the content.
    #[error("the server rejects this ({status})")]
    Rejected {
        /// 400 or 422.
        status: u16,
        /// The server's words.
        said: Option<String>,
        /// The elements it complains about (`OperationOutcome.issue.expression`).
        expressions: Vec<String>,
    },
    /// A later page that the server does not keep any more (Epic's 4113): the search must begin anew.
    #[error("the server no longer has this page of the search")]
    PageExpired,
    /// 429 or 503, with a longer wait than a person at a page can be asked for.
    #[error("the server asks to be left alone for {seconds} s")]
    Busy {
        /// The HTTP status.
        status: u16,
        /// How long it wants to wait.
        seconds: u64,
        /// The server's words.
        said: Option<String>,
    },
    /// Not asked: the server has failed too often just now and is left alone for a moment.
    #[error("the server has failed too often and is left alone for a moment")]
    Resting {
        /// What it has failed with.
        after: Reason,
    },
    /// 409 or 412: the resource changed since it was read. The two are the same event (Oracle Health answers 409).
    #[error("the resource has changed at the server")]
    Stale,
    /// The server speaks a release of FHIR that is only read, never written: nothing was sent.
    #[error("the server speaks FHIR {version}, which is only read")]
    OnlyRead {
        /// The release it speaks.
        version: String,
    },
    /// 428: the server wants to know which version is to be replaced.
    #[error("the server asks for the version that is to be replaced")]
    VersionRequired,
    /// Any other status that is an error.
    #[error("the server answered {status}")]
    Http {
        /// The HTTP status.
        status: u16,
        /// The server's words.
        said: Option<String>,
    },
}

impl FhirError {
    /// True where a write may have happened all the same, so that the server must be looked at before it is sent again.
    pub fn is_unclear(&self) -> bool {
        match self {
            Self::TimedOut | Self::Truncated | Self::TooLarge | Self::NotFhir { .. } | Self::OtherResource => true,
            Self::Http { status, .. } | Self::Busy { status, .. } => *status >= 500 || *status == 408,
            Self::Unreachable
            | Self::NotAllowed
            | Self::SignInExpired
            | Self::Refused { .. }
            | Self::NotFound
            | Self::NotSupported { .. }
            | Self::Rejected { .. }
            | Self::PageExpired
            | Self::Resting { .. }
            | Self::Stale
            | Self::OnlyRead { .. }
            | Self::VersionRequired => false,
        }
    }

    /// The server's own words, where it gave any.
    pub fn said(&self) -> Option<&str> {
        match self {
            Self::Refused { said }
            | Self::NotSupported { said }
            | Self::Rejected { said, .. }
            | Self::Busy { said, .. }
            | Self::Http { said, .. } => said.as_deref(),
            _ => None,
        }
    }
}
