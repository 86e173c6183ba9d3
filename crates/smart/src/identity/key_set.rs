//! The public keys of an issuer, kept for a while (checklist C2).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use outbound::{Limits, Request};
use serde_json::{Map, Value};
use url::Url;

use super::{IdentityError, IdentityFault};
use crate::document::Document;
use crate::{Client, Discovery, Smart};

const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// A token with an unknown key makes us ask again, but not more often than this.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// The keys of each source's issuer.
#[derive(Default)]
pub(crate) struct KeySets {
    slots: Mutex<HashMap<(String, String), Arc<Slot>>>,
}

type Slot = tokio::sync::Mutex<Option<(Timestamp, Vec<Jwk>)>>;

impl KeySets {
    fn slot(&self, source: &str, issuer: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry((source.to_owned(), issuer.to_owned())).or_default())
    }
}

impl Smart {
    /// Finds the key for a token; an unknown name makes the set be fetched again, once in five minutes.
    pub(super) async fn verification_key(
        &self,
        client: &Client,
        discovery: &Discovery,
        algorithm: Algorithm,
        kid: Option<&str>,
    ) -> Result<DecodingKey, IdentityError> {
        let issuer = discovery.issuer.as_deref().unwrap_or_default();
        let slot = self.key_sets.slot(&client.source, issuer);
        let mut kept = slot.lock().await;
        let now = self.clock.now();
        let younger_than = |kept: &Option<(Timestamp, Vec<Jwk>)>, age| {
            kept.as_ref().is_some_and(|(fetched, _)| now.duration_since(*fetched) < age)
        };
        let find = |kept: &Option<(Timestamp, Vec<Jwk>)>| choose(kept.as_ref()?.1.as_slice(), algorithm, kid);

        let mut key = None;
        if younger_than(&kept, FRESH) {
            key = find(&kept);
        }
        if key.is_none() && !younger_than(&kept, ASK_AGAIN) {
            *kept = Some((now, self.fetch_keys(client, discovery, issuer).await?));
            key = find(&kept);
        }
        key.ok_or_else(|| IdentityError::Refused { source_id: client.source.clone(), fault: IdentityFault::UnknownKey })
    }

    async fn fetch_keys(
        &self,
        client: &Client,
        discovery: &Discovery,
        issuer: &str,
    ) -> Result<Vec<Jwk>, IdentityError> {
        let wrong = |field| IdentityError::Keys { source_id: client.source.clone(), field };
        let configuration = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let configuration = configuration.parse().map_err(|_| wrong("issuer is no address"))?;
        let jwks_uri = match self.fetch_document(client, configuration).await? {
            Some(document) if document.text("issuer") != Some(issuer) => {
                return Err(wrong("issuer is another"));
            }
            Some(document) => document.text("jwks_uri").and_then(|text| text.parse().ok()),
            // SMART 2 servers need no second document: the first one names the keys as well.
            None => discovery.jwks_uri.clone(),
        };
        let set = self.fetch_document(client, jwks_uri.ok_or_else(|| wrong("jwks_uri"))?).await?;
        set.as_ref().and_then(|set| keys(&set.0)).ok_or_else(|| wrong("keys"))
    }

    /// Fetches a document at one of the source's origins; `None` where there is none.
    async fn fetch_document(&self, client: &Client, url: Url) -> Result<Option<Document>, IdentityError> {
        let wrong = |field| IdentityError::Keys { source_id: client.source.clone(), field };
        if !client.may_use(&url) {
            return Err(wrong("origin is not allowed"));
        }
        let answer = self
            .outbound
            .send(Request::get(url).limits(Limits::DISCOVERY))
            .await
            .map_err(|cause| IdentityError::NotAsked { source_id: client.source.clone(), cause })?;
        match answer.status {
            StatusCode::OK => Document::parse(&answer.body).map(Some).ok_or_else(|| wrong("not JSON")),
            StatusCode::NOT_FOUND => Ok(None),
            _ => Err(wrong("status")),
        }
    }
}

/// The keys of a set. One that cannot be read is one that cannot be used; the others still can.
pub(super) fn keys(set: &Map<String, Value>) -> Option<Vec<Jwk>> {
    let keys = set.get("keys")?.as_array()?;
    Some(keys.iter().filter_map(|key| serde_json::from_value(key.clone()).ok()).collect())
}

/// Reads a set and chooses from it.
pub(crate) fn choose_from(set: &Map<String, Value>, algorithm: Algorithm, kid: Option<&str>) -> Option<DecodingKey> {
    choose(&keys(set)?, algorithm, kid)
}

/// Chooses the key. Without a name in the token there must be no choice; the name is only ever compared.
pub(super) fn choose(keys: &[Jwk], algorithm: Algorithm, kid: Option<&str>) -> Option<DecodingKey> {
    let key = match kid {
        Some(kid) => keys.iter().find(|key| key.common.key_id.as_deref() == Some(kid) && fits(key, algorithm)),
        None => keys.first().filter(|key| keys.len() == 1 && fits(key, algorithm)),
    };
    DecodingKey::from_jwk(key?).ok()
}

/// True where a key is made for signatures of this algorithm.
pub(super) fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let (curve, name) = match algorithm {
        Algorithm::RS256 => (None, KeyAlgorithm::RS256),
        Algorithm::RS384 => (None, KeyAlgorithm::RS384),
        Algorithm::PS256 => (None, KeyAlgorithm::PS256),
        Algorithm::ES256 => (Some(EllipticCurve::P256), KeyAlgorithm::ES256),
        Algorithm::ES384 => (Some(EllipticCurve::P384), KeyAlgorithm::ES384),
        _ => return false,
    };
    let right_kind = match &key.algorithm {
        AlgorithmParameters::RSA(_) => curve.is_none(),
        AlgorithmParameters::EllipticCurve(parameters) => curve.as_ref() == Some(&parameters.curve),
        _ => false,
    };
    let for_signing = !matches!(&key.common.public_key_use, Some(used) if *used != PublicKeyUse::Signature);
    right_kind && for_signing && key.common.key_algorithm.is_none_or(|named| named == name)
}
