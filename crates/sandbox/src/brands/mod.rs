//! User-access brands: whom the patients of an EHR know it as (SMART App Launch 2.2, "User-access Brands").
//!
//! One bundle lists every EHR of the sandbox, as the bundle of a vendor does; each EHR serves it at its own origin and
//! says by `user_access_brand_identifier` which organisation of it is its own.

mod built_in;
mod bundle;

use std::sync::{Arc, OnceLock};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};

use crate::config::{BrandConfig, EhrConfig, ListedBrands};

/// Path of the bundle.
pub(crate) const PATH: &str = "/brands";

/// An EHR as its patients know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    id: String,
    name: String,
    origin: String,
    brand: BrandConfig,
}

impl Card {
    pub(crate) fn of(config: &EhrConfig, origin: &str) -> Self {
        let brand = config.brand.clone().unwrap_or_else(|| built_in::brand(&config.id));
        Self { id: config.id.clone(), name: config.name.clone(), origin: origin.to_owned(), brand }
    }
}

/// What one EHR lists.
#[derive(Debug)]
pub(crate) struct Brands {
    listed: ListedBrands,
    own: Card,
    all: OnceLock<Vec<Card>>,
}

impl Brands {
    pub(crate) fn new(listed: ListedBrands, own: Card) -> Self {
        Self { listed, own, all: OnceLock::new() }
    }

    pub(crate) fn own(&self) -> &Card {
        &self.own
    }

    /// Tells it who is in the sandbox, itself included; once, when all have started.
    pub(crate) fn meet(&self, all: Vec<Card>) {
        // Told twice, it keeps to what it heard first.
        let _ = self.all.set(all);
    }

    fn body(&self) -> Vec<u8> {
        let all = self.all.get().filter(|_| self.listed == ListedBrands::All);
        let cards = all.map_or_else(|| std::slice::from_ref(&self.own), Vec::as_slice);
        bundle::of(cards).to_string().into_bytes()
    }
}

/// The route of the bundle, where there is one.
pub(crate) fn router(brands: Arc<Brands>) -> Router {
    match brands.listed {
        ListedBrands::None => Router::new(),
        ListedBrands::Own | ListedBrands::All => Router::new().route(PATH, get(send)).with_state(brands),
    }
}

/// Gives the bundle, or 304 to who has this very one; to pages of other origins, too.
async fn send(State(brands): State<Arc<Brands>>, headers: HeaderMap) -> Response {
    let body = brands.body();
    let tag: String = Sha256::digest(&body).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = HeaderValue::from_str(&format!("\"{tag}\"")).expect("hexadecimal digits");
    let known = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let for_all = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, for_all).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/fhir+json; charset=utf-8"))];
    (for_all, kind, Bytes::from(body)).into_response()
}
