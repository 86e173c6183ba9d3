//! What writes.

use axum::extract::{FromRequest, Request};

use super::admission::caller;
use super::body::{Body, Sent};
use super::path::{FromPath, path};
use super::{once, query, seen};
use crate::Caller;
use crate::rest::Rest;
use crate::rest::problem::{Code, Problem};
use crate::service::Asked;

/// A request that writes.
pub struct Write<P, B> {
    /// Who calls.
    pub caller: Caller,
    /// The ids of its path.
    pub path: P,
    /// What it says.
    pub body: B,
    /// Version, reason and idempotency key.
    pub asked: Asked,
}

impl<P: FromPath, B: Body> FromRequest<Rest> for Write<P, B> {
    type Rejection = Problem;

    async fn from_request(request: Request, rest: &Rest) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = caller(&parts, rest).await?;
        // Before anything is looked up, the body included: who has no licence has no body worth reading.
        if !rest.service.is_licensed(&caller.tenant) {
            return Err(Problem::of(Code::ModuleNotLicensed));
        }
        query::query::<()>(parts.uri.query())?;
        let path = path(&mut parts).await?;
        let bytes = super::json::bytes(&parts.headers, body).await?;
        let Sent { body, version, reason } = super::body::read::<B>(&bytes)?;
        let seen = if B::CHANGES { seen::seen(&parts.headers, version)? } else { None };
        let once = once::once(&parts, &caller, seen, &bytes)?;
        Ok(Self { caller, path, body, asked: Asked { seen, reason, once } })
    }
}
