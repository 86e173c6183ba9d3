//! What writes.

use axum::extract::Request;

use super::admission::{Entered, enter};
use super::body::{Body, Sent};
use super::path::{FromPath, path};
use super::{once, query, seen};
use crate::Caller;
use crate::rest::Rest;
use crate::rest::problem::Problem;
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

impl<P: FromPath, B: Body> Write<P, B> {
    /// Reads a request, and hands over who came in beside it.
    pub(in crate::rest) async fn of(request: Request, rest: &Rest) -> Result<(Self, Entered), Problem> {
        let (mut parts, body) = request.into_parts();
        let entered = enter(&mut parts, rest, true).await?;
        let caller = entered.caller.clone();
        query::query::<()>(&parts.uri)?;
        let path = path(&mut parts).await?;
        let bytes = super::json::bytes(&parts.headers, body).await?;
        let Sent { body, version, reason } = super::body::read::<B>(&bytes)?;
        let seen = if B::CHANGES { seen::seen(&parts.headers, version)? } else { None };
        let once = once::once(&parts, &caller, seen, &bytes)?;
        Ok((Self { caller, path, body, asked: Asked { seen, reason, once } }, entered))
    }
}
