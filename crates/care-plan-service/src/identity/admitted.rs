//! What comes of a request's credentials.

use access::rate::TooOften;
use access::{Role, TenantId, UserKey};
use async_trait::async_trait;
use http::header::AUTHORIZATION;
use http::request::Parts;

use super::Scopes;
use crate::Caller;

/// A caller whose token was verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Admitted {
    /// Who calls, in which role, and whose plans they reach.
    pub caller: Caller,
    /// What the token allows.
    pub scopes: Scopes,
}

/// Why a request was not admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAdmitted {
    /// No token came: 401.
    #[error("no token")]
    NoToken,
    /// A token came that is refused: 401.
    #[error("the token is refused")]
    Refused(RefusedToken),
    /// They asked too often: 429.
    #[error(transparent)]
    TooOften(#[from] TooOften),
    /// It could not be found out, because keys or a store could not be asked: 503.
    #[error("who calls could not be found out")]
    NotAsked,
}

/// A token that was refused, for the logs only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedToken {
    /// In whose logs it belongs: that of the tenant which a verified token names, else those of all whose tokens come from
    /// the issuer that it names. What a token says before its signature is verified chooses no log among them.
    pub tenants: Vec<TenantId>,
    /// What is wrong with it.
    pub why: String,
}

/// The name of a request, by which two logs are joined; put into the request's extensions by whoever gives it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestName(pub String);

/// From where a request comes, as a key for limits; put into the request's extensions by whoever knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientAddress(pub String);

/// What a request says before it is known who calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asking {
    /// The one `Authorization` header. Of two, nobody knows which one is meant: then there is none that can be read.
    pub authorization: Option<String>,
    /// Whether there was any.
    pub has_credentials: bool,
    /// From where it comes.
    pub address: String,
    /// The name of the request.
    pub request: Option<String>,
}

impl Asking {
    /// What a request says.
    pub fn of(parts: &Parts) -> Self {
        let mut said = parts.headers.get_all(AUTHORIZATION).iter();
        let (first, second) = (said.next(), said.next());
        let one = first.filter(|_| second.is_none()).and_then(|value| value.to_str().ok());
        Self {
            authorization: one.map(str::to_owned),
            has_credentials: first.is_some(),
            address: parts.extensions.get::<ClientAddress>().map(|address| address.0.clone()).unwrap_or_default(),
            request: parts.extensions.get::<RequestName>().map(|name| name.0.clone()),
        }
    }
}

/// Says who calls.
#[async_trait]
pub trait Admission: Send + Sync {
    /// Reads the credentials of a request.
    ///
    /// # Errors
    /// No token; one that is refused; asked too often; keys or a store that could not be asked.
    async fn admit(&self, asking: &Asking) -> Result<Admitted, NotAdmitted>;

    /// The same, where `counting` may turn the caller away as soon as it is known who it is.
    ///
    /// # Errors
    /// As [`Admission::admit`], and as `counting` says.
    async fn admit_counting(&self, asking: &Asking, counting: &dyn Counting) -> Result<Admitted, NotAdmitted> {
        let admitted = self.admit(asking).await?;
        let Caller { tenant, who, role, .. } = &admitted.caller;
        counting.known(tenant, who.user.as_ref(), *role).await?;
        Ok(admitted)
    }
}

/// Counts who calls: after the signature, and before anything is looked up for them.
#[async_trait]
pub trait Counting: Send + Sync {
    /// They call once more.
    ///
    /// # Errors
    /// They called too often, or that could not be written down.
    async fn known(&self, tenant: &TenantId, user: Option<&UserKey>, role: Role) -> Result<(), NotAdmitted>;
}

/// Counts nobody.
pub(super) struct Uncounted;

#[async_trait]
impl Counting for Uncounted {
    async fn known(&self, _: &TenantId, _: Option<&UserKey>, _: Role) -> Result<(), NotAdmitted> {
        Ok(())
    }
}

/// For `Retry-After`: the seconds after which it is worth asking again, never too few.
pub fn whole_seconds(TooOften { retry_after }: TooOften) -> u32 {
    u32::try_from(retry_after.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
}
