//! The care plan service's doors for whoever brings a token: REST and the FHIR read surface. Without the configuration's
//! `[[care_plan_service.issuers]]` there are none, and only launches use the service.

mod keys;
mod patients;
mod trust;
mod ways;

use std::sync::Arc;

use access::rate::Limits;
use access::{Audit, Clock, Operation, TenantId};
use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::Uri;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on_service};
use care_plan_service::fhir::{Sources, Surface};
use care_plan_service::identity::{Admission, ClientAddress, Guarded, Keys, RequestName, Tokens};
use care_plan_service::neighbours::directory::DIRECTORY;
use care_plan_service::rest::{self, Rest};
use care_plan_service::{Service, identity::PatientIdentity};
use shared_plan::Foreign;
use tower::util::MapRequest;
use url::Url;

use crate::config::Config;
use crate::gate::Admitted;
use crate::routes::Table;

pub use patients::Linked;
pub use ways::ByStores;

pub use keys::source as key_source;

/// Where the FHIR surface lies.
const FHIR: &str = "/fhir/r4";

/// The doors.
#[derive(Clone)]
pub struct Doors {
    rest: Rest,
    fhir: Surface,
}

impl Doors {
    /// The doors of the configuration.
    pub fn open(
        config: &Config,
        service: &Service,
        patients: Arc<Linked>,
        outbound: &outbound::Client,
        (limits, audit, clock): (&Arc<Limits>, &Arc<dyn Audit>, &Arc<dyn Clock>),
    ) -> Option<Self> {
        if config.issuers().is_empty() {
            return None;
        }
        let patients: Arc<dyn PatientIdentity> = patients;
        let issuers = config.issuers().iter().map(|issuer| {
            let keys = Keys::new(keys::source(config, issuer, outbound), clock.clone());
            (trust::trust(config, issuer), keys)
        });
        let tokens = Arc::new(Tokens::of(issuers.collect(), patients.clone(), clock.clone()));
        let admission: Arc<dyn Admission> =
            Arc::new(Guarded::new(tokens, limits.clone(), audit.clone(), clock.clone()));
        let base = format!("{}{FHIR}", config.public_url.as_str().trim_end_matches('/'));
        let fhir = Surface::new(service.clone(), admission.clone(), sources(config), &base, clock.now());
        let fhir = fhir.tokens_from(trust::places(config));
        Some(Self { rest: Rest { service: service.clone(), admission, patients }, fhir })
    }

    /// Puts them into the table.
    pub fn add_to(&self, table: Table) -> Table {
        let operation = Operation::CallCarePlanService;
        let table = rest::routes(&self.rest).into_iter().fold(table, |table, (path, route)| {
            table.page(&path, operation, route.layer(from_fn(named)).with_state(()))
        });
        let fhir = Router::new().nest_service(FHIR, self.fhir.clone().router()).layer(from_fn(named));
        let fhir = MapRequest::new(fhir, unmatched);
        [FHIR.to_owned(), format!("{FHIR}/"), format!("{FHIR}/{{*path}}")].iter().fold(table, |table, path| {
            // Methods that nobody knows are refused by the surface too, in FHIR's own way.
            let known = on_service(known_methods(), fhir.clone()).fallback_service(fhir.clone());
            table.page(path, operation, known)
        })
    }
}

/// True where a bearer token is the only credential that is looked at. No browser sends one by itself, so nothing can be
/// forged across sites there; everything that a cookie opens lies elsewhere.
pub fn is_by_token(uri: &Uri) -> bool {
    let below = |base: &str| uri.path().strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    below(rest::BASE) || below(FHIR)
}

/// The answer where nothing lies below the path of the REST surface.
pub async fn no_such_path() -> Response {
    rest::no_such_path().await.into_response()
}

/// A router below another takes note of its own path, and of no other.
fn unmatched(mut request: Request) -> Request {
    request.extensions_mut().remove::<MatchedPath>();
    request
}

fn known_methods() -> MethodFilter {
    use MethodFilter as M;
    [M::HEAD, M::POST, M::PUT, M::PATCH, M::DELETE, M::OPTIONS, M::TRACE].into_iter().fold(M::GET, M::or)
}

/// Hands the name of the request on, by which the two logs are joined, and its address, by which is counted. A method that a path does not know comes without
/// one: the gate lets requests through to what the table has.
async fn named(mut request: Request, next: Next) -> Response {
    let admitted = request.extensions().get::<Admitted>();
    if let Some((name, address)) = admitted.map(|admitted| (admitted.request.clone(), admitted.address.clone())) {
        request.extensions_mut().insert(RequestName(name));
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}

/// Where the resources lie that a shared plan points at.
fn sources(config: &Config) -> Sources {
    let known: Vec<(String, String, String)> = config
        .sources
        .iter()
        .map(|source| (source.tenant.clone(), source.id.clone(), source.fhir_base.to_string()))
        .collect();
    let directory = config.directory_url().map(Url::to_string);
    Arc::new(move |tenant: &TenantId, foreign: &Foreign| {
        if foreign.source == DIRECTORY {
            return directory.clone();
        }
        let found = known.iter().find(|(of, id, _)| **of == *tenant.0 && *id == foreign.source);
        found.map(|(.., base)| base.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::is_by_token;

    #[test]
    fn only_what_a_token_opens_is_free_of_the_guard_against_forged_requests() {
        for (path, by_token) in [
            ("/api/v1/care-plans", true),
            ("/api/v1/care-plans/x/close?y=1", true),
            ("/fhir/r4/Goal", true),
            ("/api/v1/care-plansx", false),
            ("/fhir/r44", false),
            ("/l/x/api/v1/care-plans", false),
            ("/sign-out", false),
        ] {
            assert_eq!(is_by_token(&path.parse().expect("a path")), by_token, "{path}");
        }
    }
}
