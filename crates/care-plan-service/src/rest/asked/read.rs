//! What reads.

use axum::extract::{FromRequest, Request};

use super::admission::caller;
use super::path::{FromPath, path};
use super::query::{FromQuery, query};
use crate::Caller;
use crate::rest::Rest;
use crate::rest::problem::Problem;

/// A request that reads.
pub struct Read<P, Q = ()> {
    /// Who calls.
    pub caller: Caller,
    /// The ids of its path.
    pub path: P,
    /// The parameters of its query.
    pub query: Q,
}

impl<P: FromPath, Q: FromQuery> FromRequest<Rest> for Read<P, Q> {
    type Rejection = Problem;

    async fn from_request(request: Request, rest: &Rest) -> Result<Self, Problem> {
        let (mut parts, _) = request.into_parts();
        let caller = caller(&parts, rest).await?;
        let query = query(parts.uri.query())?;
        Ok(Self { caller, path: path(&mut parts).await?, query })
    }
}
