//! What reads.

use axum::extract::Request;

use super::admission::{Entered, enter};
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

impl<P: FromPath, Q: FromQuery> Read<P, Q> {
    /// Reads a request.
    pub(in crate::rest) async fn of(request: Request, rest: &Rest) -> Result<Self, Problem> {
        let (mut parts, _) = request.into_parts();
        let Entered { caller, .. } = enter(&mut parts, rest, false).await?;
        let query = query(&parts.uri)?;
        Ok(Self { caller, path: path(&mut parts).await?, query })
    }
}
