//! `/api/v1/care-plans`: the shared plan over REST.
//!
//! - An endpoint is a line of [`endpoints::all`]: its path, its words and its handler, whose types are its description.
//!   A route without a description cannot be written.
//! - A request is read in one order ([`asked`]): who calls (401, 429), the licence (403),
//!   the scopes (403), the path (404), the media type (415),
//!   the body (400), and then the service: the policy (403), the plan (404), the version (428, 409), the command (422).
//! - *A new endpoint:* a file in `endpoints/`, a line in its list, `ACCORD_WRITE_SCHEMA=1` for the published description.
//! - *Invariant:* an answer that is an error is a [`Problem`], whatever was sent.

mod answer;
pub mod asked;
mod body;
mod endpoint;
mod endpoints;
pub mod openapi;
mod problem;
pub mod scopes;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::routing::MethodRouter;

pub use answer::Answer;
pub use endpoint::Endpoint;
pub use endpoints::all as endpoints;
pub use problem::{Code, FieldError, Problem};

use crate::Service;
use crate::identity::{Admission, PatientIdentity};

/// Where all of it lies.
pub const BASE: &str = "/api/v1/care-plans";

/// What the endpoints work with. Cheap to clone.
#[derive(Clone)]
pub struct Rest {
    /// The one way to a shared plan.
    pub service: Service,
    /// Says who calls.
    pub admission: Arc<dyn Admission>,
    /// Says whose a Patient is.
    pub patients: Arc<dyn PatientIdentity>,
}

/// Every path with what answers there, other methods included.
pub fn routes(rest: &Rest) -> Vec<(String, MethodRouter)> {
    let mut paths: BTreeMap<String, MethodRouter<Rest>> = BTreeMap::new();
    for endpoint in endpoints() {
        let path = format!("{BASE}{}", endpoint.path);
        let route = match paths.remove(&path) {
            Some(others) => others.merge(endpoint.route),
            None => endpoint.route,
        };
        paths.insert(path, route);
    }
    paths.insert(format!("{BASE}/openapi.json"), axum::routing::get(openapi::send));
    let answer = |(path, route): (String, MethodRouter<Rest>)| {
        (path, route.fallback(endpoints::other_method).with_state(rest.clone()))
    };
    paths.into_iter().map(answer).collect()
}

/// The routes as a router of their own; what is none of them is a problem too.
pub fn router(rest: &Rest) -> Router {
    let routes = routes(rest).into_iter();
    routes.fold(Router::new(), |router, (path, route)| router.route(&path, route)).fallback(no_such_path)
}

/// The answer where no path fits.
pub async fn no_such_path() -> Problem {
    Problem::of(Code::NotFound)
}
