//! The list of brands, fetched below the guard and kept for a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::header::{ACCEPT, ETAG, IF_NONE_MATCH};
use http::{HeaderValue, StatusCode};
use jiff::{SignedDuration, Timestamp};
use outbound::{Limits, OutboundError, Request};
use url::Url;

use super::BrandBundle;
use crate::{Client, DiscoveryError, Smart};

/// A list changes seldom, and is large.
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// A source that cannot be asked is left alone for this long.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// The lists of all sources. Each has its own lock, so that many users ask a source once.
#[derive(Default)]
pub(crate) struct KnownBrands {
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

type Slot = tokio::sync::Mutex<Option<Kept>>;

struct Kept {
    from: Url,
    etag: Option<HeaderValue>,
    bundle: Arc<BrandBundle>,
    ask_again: Timestamp,
}

impl KnownBrands {
    fn slot(&self, source: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(source.to_owned()).or_default())
    }
}

impl Smart {
    /// The brands that a source's own discovery document links to; at an origin of this source only.
    ///
    /// What was read holds while the source cannot be asked.
    pub async fn brands(&self, client: &Client) -> Result<Arc<BrandBundle>, BrandsError> {
        let source_id = || client.source.clone();
        let discovery = self.discover(client).await?;
        let url = discovery.brands.clone().filter(|url| client.may_use(url));
        let url = url.ok_or_else(|| BrandsError::NotOffered { source_id: source_id() })?;
        let slot = self.brands.slot(&client.source);
        let mut kept = slot.lock().await;
        if kept.as_ref().is_some_and(|kept| kept.from != url) {
            *kept = None;
        }
        let now = self.clock.now();
        if let Some(known) = kept.as_ref().filter(|known| now < known.ask_again) {
            return Ok(Arc::clone(&known.bundle));
        }
        let after = |how_long| now.saturating_add(how_long).expect("a duration without calendar units");
        match (self.fetch_brands(client, &url, kept.as_ref()).await, kept.as_mut()) {
            (Ok(Some((bundle, etag))), _) => {
                let bundle = Arc::new(bundle);
                *kept = Some(Kept { from: url, etag, bundle: Arc::clone(&bundle), ask_again: after(FRESH) });
                Ok(bundle)
            }
            (Ok(None), Some(known)) => {
                known.ask_again = after(FRESH);
                Ok(Arc::clone(&known.bundle))
            }
            (Ok(None), None) => Err(BrandsError::NotUnderstood { source_id: source_id() }),
            (Err(error), Some(known)) => {
                tracing::warn!(source_id = %client.source, %error, "the list of brands could not be read again");
                known.ask_again = after(ASK_AGAIN);
                Ok(Arc::clone(&known.bundle))
            }
            (Err(error), None) => Err(error),
        }
    }

    /// Asks for the list; `None` where it is still the one that is known.
    async fn fetch_brands(
        &self,
        client: &Client,
        url: &Url,
        known: Option<&Kept>,
    ) -> Result<Option<(BrandBundle, Option<HeaderValue>)>, BrandsError> {
        let source_id = || client.source.clone();
        let mut request = Request::get(url.clone())
            .header(ACCEPT, HeaderValue::from_static("application/fhir+json, application/json;q=0.9"))
            .limits(Limits::RESOURCE);
        if let Some(etag) = known.and_then(|known| known.etag.clone()) {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let answer = self.outbound.send(request).await;
        let answer = answer.map_err(|cause| BrandsError::NotAsked { source_id: source_id(), cause })?;
        match answer.status {
            StatusCode::OK => {
                let bundle = BrandBundle::read(&answer.body);
                let bundle = bundle.ok_or_else(|| BrandsError::NotUnderstood { source_id: source_id() })?;
                Ok(Some((bundle, answer.headers.get(ETAG).cloned())))
            }
            StatusCode::NOT_MODIFIED if known.is_some() => Ok(None),
            _ => Err(BrandsError::NotUnderstood { source_id: source_id() }),
        }
    }
}

/// Why there is no list of brands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrandsError {
    /// It could not be found out where the list is.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The source links to none, or to one at a foreign origin.
    #[error("source {source_id} offers no list of brands")]
    NotOffered {
        /// The source.
        source_id: String,
    },
    /// The source did not answer.
    #[error("the list of brands of source {source_id} could not be asked for")]
    NotAsked {
        /// The source.
        source_id: String,
        /// Why.
        #[source]
        cause: OutboundError,
    },
    /// What came is no list of brands.
    #[error("the list of brands of source {source_id} cannot be used")]
    NotUnderstood {
        /// The source.
        source_id: String,
    },
}
