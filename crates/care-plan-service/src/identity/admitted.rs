//! What comes of a request's credentials.

use async_trait::async_trait;

use super::Scopes;
use crate::Caller;

/// A caller whose token was verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Admitted {
    /// Who calls, in which role, and whose plans they reach.
    pub caller: Caller,
    /// What the token allows at the FHIR surface. REST asks the policy by role only.
    pub scopes: Scopes,
}

/// Why a request was not admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAdmitted {
    /// No token came, or one that is refused: 401.
    #[error("no token, or one that is refused")]
    Refused,
    /// It could not be found out, because keys or the store could not be asked: 503.
    #[error("who calls could not be found out")]
    NotAsked,
}

/// The name of a request, by which two logs are joined; put into the request's extensions by whoever gives it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestName(pub String);

/// Says who calls.
#[async_trait]
pub trait Admission: Send + Sync {
    /// Reads the value of the `Authorization` header.
    ///
    /// # Errors
    /// No token; one that is refused; keys or a store that could not be asked.
    async fn admit(&self, authorization: Option<&str>) -> Result<Admitted, NotAdmitted>;
}
