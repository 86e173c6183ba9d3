//! What a source sends back to `/callback/{source}` (checklist L7, L8).

use std::fmt;

use access::{Secret, StoreError};
use url::Url;

use crate::{IdentityError, TokenError};

/// The answer of a source, read but not yet believed. Only the six parameters of the checklist are read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Callback {
    pub(super) code: Option<Secret>,
    pub(super) state: Option<Secret>,
    pub(super) iss: Option<String>,
    pub(super) error: Option<String>,
    pub(super) error_uri: Option<String>,
    pub(super) twice: bool,
}

impl Callback {
    /// Reads the query of a callback. Never fails: what is wrong with it comes out when the launch is completed, after
    /// state and browser were checked.
    pub fn parse(query: &str) -> Self {
        let mut callback = Self::default();
        let mut fields: [(&str, Option<String>); 6] =
            ["code", "state", "iss", "error", "error_description", "error_uri"].map(|name| (name, None));
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let Some((_, slot)) = fields.iter_mut().find(|(known, _)| *known == name) else { continue };
            callback.twice |= slot.replace(value.into_owned()).is_some();
        }
        // The description is free text of the source. It is read for the count above, and never shown or logged.
        let [code, state, iss, error, _, error_uri] = fields.map(|(_, value)| value.filter(|text| !text.is_empty()));
        Self { code: code.map(Secret::new), state: state.map(Secret::new), iss, error, error_uri, ..callback }
    }

    /// The state by which the waiting launch is found; `None` where there is none, and where any parameter stands twice:
    /// of two nobody can say which one was meant.
    pub fn state(&self) -> Option<&Secret> {
        self.state.as_ref().filter(|_| !self.twice)
    }
}

/// Shows which parameters there are, and no value.
impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("code", &self.code.is_some())
            .field("state", &self.state.is_some())
            .field("iss", &self.iss.is_some())
            .field("error", &self.error.is_some())
            .finish_non_exhaustive()
    }
}

/// What a source said instead of a code (RFC 6749 section 4.1.2.1 and OpenID Connect Core section 3.1.2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorizationRefusal {
    /// The user, or a rule of the source, said no.
    AccessDenied,
    /// The source does not grant the scopes that were asked for.
    InvalidScope,
    /// The source does not know this client, or not for this kind of request.
    UnauthorizedClient,
    /// The source could not do it just now.
    Unavailable,
    /// The source did not understand the request, or the launch has ended.
    InvalidRequest,
    /// Anything else.
    Other,
}

impl AuthorizationRefusal {
    pub(super) fn of(error: &str) -> Self {
        match error {
            "access_denied" => Self::AccessDenied,
            "invalid_scope" => Self::InvalidScope,
            "unauthorized_client" => Self::UnauthorizedClient,
            "server_error" | "temporarily_unavailable" => Self::Unavailable,
            "invalid_request" | "unsupported_response_type" => Self::InvalidRequest,
            _ => Self::Other,
        }
    }
}

/// Why the answer of a source did not become a launch.
#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    /// There is no state, or a parameter stands twice.
    #[error("the answer to source {source_id}'s address cannot be understood")]
    NotUnderstood {
        /// The source whose address was called.
        source_id: String,
    },
    /// No launch waits for this answer: made up, used already, or older than ten minutes.
    #[error("no launch at source {source_id} waits for this answer")]
    UnknownState {
        /// The source whose address was called.
        source_id: String,
    },
    /// The launch that waits was begun at another source (S7).
    #[error("the answer came to the address of source {source_id}, which was not asked")]
    OtherSource {
        /// The source whose address was called.
        source_id: String,
    },
    /// The browser has no cookie of ours: blocked inside a frame, perhaps. Offer a new window (E3).
    #[error("the browser that brought the answer of source {source_id} has no cookie")]
    NoBrowserCookie {
        /// The source.
        source_id: String,
    },
    /// Another browser asked (S4).
    #[error("another browser began the launch at source {source_id}")]
    OtherBrowser {
        /// The source.
        source_id: String,
    },
    /// The answer names another issuer than the one that was asked (RFC 9207).
    #[error("the answer for source {source_id} names another issuer")]
    OtherIssuer {
        /// The source.
        source_id: String,
    },
    /// The source said no.
    #[error("source {source_id} refused the launch: {refusal:?}")]
    Refused {
        /// The source.
        source_id: String,
        /// Why.
        refusal: AuthorizationRefusal,
        /// A page of the source about it, only where it lies at one of the source's own origins (L8).
        more: Option<Url>,
    },
    /// There is neither a code nor an error.
    #[error("the answer of source {source_id} holds no code")]
    NoCode {
        /// The source.
        source_id: String,
    },
    /// The code did not become tokens.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The identity token did not verify.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// A record was asked for, and the answer names no patient. None is guessed.
    #[error("source {source_id} names no patient")]
    MissingPatient {
        /// The source.
        source_id: String,
    },
    /// The store could not be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
}
