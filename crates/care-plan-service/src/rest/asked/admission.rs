//! Who calls.

use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::Caller;
use crate::identity::RequestName;
use crate::rest::Rest;
use crate::rest::problem::Problem;

/// The caller of a request.
pub(super) async fn caller(parts: &Parts, rest: &Rest) -> Result<Caller, Problem> {
    // Of two, nobody knows which one is meant.
    let mut said = parts.headers.get_all(AUTHORIZATION).iter();
    let authorization = match (said.next(), said.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    };
    let admitted = rest.admission.admit(authorization).await?;
    let request = parts.extensions.get::<RequestName>().map(|name| name.0.clone());
    Ok(Caller { request, ..admitted.caller })
}
