//! Why a request was not answered.

use http::StatusCode;

use crate::Origin;

/// Why a request was not answered, or why its answer was not accepted.
///
/// No variant carries a path, a query, a header or a body: they hold what must not be in a log. An answer with an error
/// status is no error here; the caller knows what a 404 means.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The origin is not registered, or the address is none for the web, or holds credentials.
    #[error("requests to {} are not allowed", display(.origin.as_ref()))]
    NotAllowed {
        /// The origin asked for, where there is one.
        origin: Option<Origin>,
    },
    /// The name leads to an address inside somebody's network.
    #[error("the address is not a public one")]
    PrivateAddress,
    /// No connection: the name is unknown, nobody listens there, or connecting took too long.
    #[error("no connection could be made")]
    Unreachable,
    /// The other side could not prove who it is.
    #[error("the certificate was not accepted")]
    UntrustedCertificate,
    /// The answer did not begin, or did not end, in time.
    #[error("no answer in time")]
    TimedOut,
    /// The answer ended early, or was none in the sense of HTTP.
    #[error("the answer ended before it was complete")]
    Truncated,
    /// The body is longer than allowed, or grows more than allowed when decompressed.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer sends us elsewhere, which is never followed.
    #[error("the answer is a redirect ({status})")]
    Redirected {
        /// The status, 300 to 399 without 304.
        status: StatusCode,
    },
    /// The body is encoded in a way that we did not ask for, or not as it says.
    #[error("the answer's encoding could not be read")]
    BadEncoding,
    /// The request itself cannot be sent as it is, or the client could not be set up.
    #[error("the request could not be built")]
    BadRequest,
}

impl OutboundError {
    /// True where it is certain that not one byte of the request was sent, so that sending again cannot do it twice.
    pub fn nothing_was_sent(&self) -> bool {
        match self {
            Self::NotAllowed { .. }
            | Self::PrivateAddress
            | Self::Unreachable
            | Self::UntrustedCertificate
            | Self::BadRequest => true,
            Self::TimedOut | Self::Truncated | Self::TooLarge | Self::Redirected { .. } | Self::BadEncoding => false,
        }
    }
}

fn display(origin: Option<&Origin>) -> String {
    origin.map_or_else(|| "an address that is none for the web".to_owned(), Origin::to_string)
}
