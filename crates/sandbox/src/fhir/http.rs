//! FHIR over HTTP: from request to interaction, from answer to response.
//!
//! One door for every path, because FHIR answers each of them, the wrong ones included, with an OperationOutcome.

mod request;
mod response;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::response::Response;
use fhir_server::search::parse_pairs;
use fhir_server::{Base, Failure, Method, Prefer, Route, capability_statement};
use serde_json::Value;
use url::Url;

use super::access::{Access, Guard};
use super::answer::Answer;
use super::caller::Caller;
use super::interactions::update::Conditions;
use super::interactions::{bundle, create, delete, history, matching, patch, read, search, update};
use super::read_only::without_writes;
use super::store::Store;
use request::{Headers, body_of};

/// The FHIR surface of one EHR.
#[derive(Clone)]
pub struct Surface {
    store: Arc<Store>,
    guard: Arc<dyn Guard>,
    base: Base,
    name: String,
    security: Option<Value>,
}

impl Surface {
    /// A surface at a base address, such as `http://127.0.0.1:4001/fhir`.
    pub fn new(store: Arc<Store>, guard: Arc<dyn Guard>, base: Url) -> Self {
        Self { store, guard, base: Base::new(base.as_str()), name: "Simulated EHR".to_owned(), security: None }
    }

    /// Sets the name that `/metadata` gives.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets `rest.security` of `/metadata`, such as SMART's oauth-uris.
    #[must_use]
    pub fn security(mut self, security: Value) -> Self {
        self.security = Some(security);
        self
    }

    /// The routes, to be put under the path of the base by `nest_service`, which knows the base with a slash behind
    /// it, too; `nest` does not.
    pub fn router(self) -> Router {
        Router::new().fallback(answer).with_state(Arc::new(self))
    }
}

async fn answer(Shared(surface): Shared<Arc<Surface>>, request: Request) -> Response {
    surface.answer(request).await
}

impl Surface {
    async fn answer(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let headers = Headers(&parts.headers);
        let prefer = headers.text("prefer").map(Prefer::parse).unwrap_or_default();
        let query = parts.uri.query().unwrap_or_default();
        let route = match self.understand(parts.method.as_str(), parts.uri.path(), query, headers) {
            Ok(route) => route,
            Err(failure) => return response::refused(&failure),
        };
        if route == Route::Metadata {
            return response::answered(Answer::of_value(self.metadata()), &self.base);
        }
        let access = match self.guard.admit(&parts.headers) {
            Ok(access) => access,
            Err(refusal) => return response::not_admitted(&refusal),
        };
        let form = matches!(route, Route::Search { .. }) && parts.method == http::Method::POST;
        let content = match body_of(&route, form, headers, body).await {
            Ok(content) => content,
            Err(failure) => return response::refused(&failure),
        };
        match self.perform(route, query, content, headers, &access, prefer) {
            Ok(answer) => response::unless_known(answer, headers, &self.base),
            Err(failure) => response::refused(&failure),
        }
    }

    fn understand(&self, method: &str, path: &str, query: &str, headers: Headers<'_>) -> Result<Route, Failure> {
        let wrong = || Failure::new(405, "not-supported", "FHIR does not know this method.");
        let route = Route::parse(Method::parse(method).ok_or_else(wrong)?, path)?;
        headers.check_accept(query)?;
        Ok(route)
    }

    fn perform(
        &self,
        route: Route,
        query: &str,
        content: request::Content,
        headers: Headers<'_>,
        access: &Access,
        prefer: Prefer,
    ) -> Result<Answer, Failure> {
        let caller = Caller { access, base: &self.base, behaviour: self.store.behaviour(), now: self.store.now() };
        let if_match = headers.text("if-match");
        let shape = |answer: Answer| answer.shaped(prefer.answer);
        match route {
            Route::Metadata => Ok(Answer::of_value(self.metadata())),
            Route::Read { kind, id } => read::read(&self.store.read(), caller, &kind, &id),
            Route::Vread { kind, id, version } => read::vread(&self.store.read(), caller, &kind, &id, &version),
            Route::History { kind, id } => history::history(&self.store.read(), caller, &kind, &id),
            Route::Search { kind } => {
                let mut pairs = parse_pairs(query);
                pairs.extend(content.pairs());
                search::search(&self.store.read(), caller, &kind, pairs, prefer.handling)
            }
            Route::Match => matching::find(&self.store.read(), caller, &content.json()?),
            Route::Create { kind } => {
                let condition = headers.text("if-none-exist");
                create::create(&mut self.store.write(), caller, &kind, content.json()?, condition, None).map(shape)
            }
            Route::Update { kind, id } => {
                let only_new = headers.text("if-none-match").is_some_and(|text| text.trim() == "*");
                let conditions = Conditions { if_match, only_new };
                update::update(&mut self.store.write(), caller, &kind, &id, content.json()?, conditions).map(shape)
            }
            Route::Patch { kind, id } => {
                patch::patch(&mut self.store.write(), caller, &kind, &id, content.json()?, if_match).map(shape)
            }
            Route::Delete { kind, id } => delete::delete(&mut self.store.write(), caller, &kind, &id, if_match),
            Route::Bundle => bundle::perform(&mut self.store.write(), caller, &content.json()?, prefer.answer),
        }
    }

    fn metadata(&self) -> Value {
        let behaviour = self.store.behaviour();
        let off = |kind: &str| behaviour.unsupported_types.iter().any(|unsupported| unsupported == kind);
        let mut kinds: Vec<&str> = fhir_server::params::types().map(|row| row.name).filter(|kind| !off(kind)).collect();
        kinds.sort_unstable();
        let statement = capability_statement(&fhir_server::Surface {
            name: &self.name,
            software: ("Accord sandbox", env!("CARGO_PKG_VERSION")),
            base: self.base.as_str(),
            date: self.store.now(),
            security: self.security.as_ref(),
            kinds,
            interactions: &fhir_server::Interaction::ALL,
            operations: if behaviour.patient_match { &[fhir_server::Operation::PATIENT_MATCH] } else { &[] },
            transactions: true,
        });
        without_writes(statement, &behaviour.read_only_types)
    }
}
