//! Who asks, and what they may do: decided by the SMART half, kept by this one.

use std::fmt;
use std::sync::Arc;

use axum::http::HeaderMap;
use fhir_server::{Interaction, Outcome};

/// Decides from a request's headers who asks.
pub trait Guard: Send + Sync {
    /// Says what the bearer of the headers may do.
    ///
    /// # Errors
    /// A [`Refusal`] with 401 without a valid token, or 403.
    fn admit(&self, headers: &HeaderMap) -> Result<Access, Refusal>;
}

/// Says whether an interaction with a type is allowed.
pub type May = Arc<dyn Fn(&str, Interaction) -> bool + Send + Sync>;

/// What one request may do.
#[derive(Clone)]
pub struct Access {
    /// Whether the scopes allow an interaction with a type.
    pub may: May,
    /// The one patient whose resources may be seen and written; `None` for a user or system with rights to all.
    pub patient: Option<String>,
}

impl Access {
    /// Everything, for everybody: for tools and tests.
    pub fn everything() -> Self {
        Self { may: Arc::new(|_, _| true), patient: None }
    }

    /// Every interaction, for the resources of one patient.
    pub fn to_patient(id: impl Into<String>) -> Self {
        Self { patient: Some(id.into()), ..Self::everything() }
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("patient", &self.patient).finish_non_exhaustive()
    }
}

/// Why a request is not let in.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// 401 or 403.
    pub status: u16,
    /// What to say.
    pub outcome: Outcome,
    /// `WWW-Authenticate`, for a 401.
    pub challenge: Option<String>,
}

/// Lets everybody in with all rights.
#[derive(Debug, Clone, Copy, Default)]
pub struct Open;

impl Guard for Open {
    fn admit(&self, _headers: &HeaderMap) -> Result<Access, Refusal> {
        Ok(Access::everything())
    }
}
