//! What all users of one server share: its retries, and whether it is left alone.

use http::StatusCode;
use outbound::{OutboundError, Response};

use crate::breaker::Breaker;
use crate::budget::Budget;
use crate::{FhirError, Reason, answer};

/// How one server does at present, whoever asks it: hand the same one to each [`crate::FhirServer`] of a source.
#[derive(Debug, Default)]
pub struct Health {
    pub(crate) budget: Budget,
    pub(crate) breaker: Breaker,
}

/// True for a status that says no more than that the server cannot answer at present.
pub(crate) fn passes(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// Why a server is to be left alone, where what a request ended with is one more sign for it.
pub(crate) fn failure(ended: &Result<Response, OutboundError>) -> Option<Reason> {
    match ended {
        Ok(response) if passes(response.status) || answer::says_it_passes(response) => {
            Some(Reason::Http(response.status.as_u16()))
        }
        Err(error) if is_silence(error) => Some(FhirError::from(error.clone()).into()),
        Ok(_) | Err(_) => None,
    }
}

fn is_silence(error: &OutboundError) -> bool {
    matches!(error, OutboundError::Unreachable | OutboundError::TimedOut | OutboundError::Truncated)
}
