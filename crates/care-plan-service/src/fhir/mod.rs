//! `/fhir/r4`: the shared plan as a FHIR R4 server shows it. Nothing is written here.
//!
//! - What is served, with its parameters, is one table ([`OFFERS`]); searches, `/metadata` and `docs/fhir-surface.md` follow it.
//! - A request is read in one order: method (405), path (404), what the client takes (406), who calls (401), scope (403), and
//!   then the service, which asks the policy and writes what is told before it is told.
//! - *Invariant:* what is of another tenant or person is answered exactly as what never existed, with the same queries made.
//! - *Invariant:* a search reads the store page by page; only what one person has is ever gathered whole.
//! - *Invariant:* every answer that is no resource is an OperationOutcome, and names no content.

mod answer;
mod failure;
mod held;
mod history;
mod http;
mod metadata;
mod patient;
mod provenance;
mod read;
mod reader;
mod scopes;
mod search;
mod table;
mod tokens;
mod walk;

use std::sync::Arc;

use access::TenantId;
use axum::Router;
use fhir_server::Base;
use jiff::Timestamp;
use shared_plan::Foreign;

use crate::Service;
use crate::identity::Admission;

pub use table::{COMMON, CONTROLS, Combination, Expectation, OFFERS, Offer};
pub use tokens::TokenPlace;

/// Tells the base address of the source of a tenant at which a resource lies, where it is known.
pub type Sources = Arc<dyn Fn(&TenantId, &Foreign) -> Option<String> + Send + Sync>;

/// The FHIR surface. Cheap to clone.
#[derive(Clone)]
pub struct Surface {
    service: Service,
    admission: Arc<dyn Admission>,
    sources: Sources,
    base: Base,
    since: Timestamp,
    tokens: Arc<[TokenPlace]>,
}

impl Surface {
    /// A surface at a base address, such as `https://accord.example/fhir/r4`; `since` is when it was last changed.
    pub fn new(
        service: Service,
        admission: Arc<dyn Admission>,
        sources: Sources,
        base: &str,
        since: Timestamp,
    ) -> Self {
        Self { service, admission, sources, base: Base::new(base), since, tokens: Arc::default() }
    }

    /// Says where tokens come from, in `/metadata` and in `/.well-known/smart-configuration`.
    #[must_use]
    pub fn tokens_from(mut self, places: Vec<TokenPlace>) -> Self {
        self.tokens = places.into();
        self
    }

    /// The routes, to be put under the path of the base by `nest_service`, which knows the base with a slash behind it, too.
    pub fn router(self) -> Router {
        Router::new().fallback(http::answer).with_state(Arc::new(self))
    }
}
