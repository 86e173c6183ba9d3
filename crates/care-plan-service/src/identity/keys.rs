//! The public keys of the identity service, kept for a while.

use std::sync::{Arc, PoisonError, RwLock};

use access::{Clock, Secret};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use smart::{IdentityFault, PublicKeys};

/// The ways of signing that are taken: no shared secrets, and `none` never.
pub const ALGORITHMS: [&str; 4] = ["RS256", "PS256", "ES256", "ES384"];
/// Keys are asked for again after this long.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// A token with an unknown key makes us ask again, but not more often than this.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// Where the key set lies.
#[async_trait]
pub trait KeySource: Send + Sync {
    /// The key set as JSON.
    ///
    /// # Errors
    /// It could not be had.
    async fn fetch(&self) -> Result<Vec<u8>, KeysNotFetched>;
}

/// The key set could not be had.
#[derive(Debug, thiserror::Error)]
#[error("the keys of the identity service could not be had")]
pub struct KeysNotFetched(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// The keys, asked for when they are needed.
pub struct Keys {
    source: Arc<dyn KeySource>,
    clock: Arc<dyn Clock>,
    kept: RwLock<Option<Arc<Kept>>>,
    /// When the source was asked last, whatever came of it.
    asked: tokio::sync::Mutex<Option<Timestamp>>,
}

struct Kept {
    keys: PublicKeys,
    since: Timestamp,
}

impl Keys {
    /// The keys of a source; nothing is fetched yet.
    pub fn new(source: Arc<dyn KeySource>, clock: Arc<dyn Clock>) -> Self {
        Self { source, clock, kept: RwLock::default(), asked: tokio::sync::Mutex::default() }
    }

    /// Checks a token's form and signature, and hands over its claims, of which nothing is checked.
    ///
    /// A key set that is old but the only one at hand is used on, where no other can be had: a key that was known is
    /// better evidence than none, and who lost a key tells their users otherwise.
    ///
    /// # Errors
    /// `Some` of what is wrong with the token; `None` where no keys could be had.
    pub(super) async fn verify(&self, token: &Secret) -> Result<Map<String, Value>, Option<IdentityFault>> {
        let now = self.clock.now();
        let kept = self.kept();
        if let Some(kept) = &kept
            && now.duration_since(kept.since) < FRESH
        {
            match kept.keys.verify(token, &ALGORITHMS) {
                Err(IdentityFault::UnknownKey) => {}
                known => return known.map_err(Some),
            }
        }
        // What is wrong with it whatever the keys are makes nobody ask for keys.
        let nobodys = PublicKeys::read(br#"{"keys":[]}"#).expect("an empty set is a set");
        match nobodys.verify(token, &ALGORITHMS) {
            Err(IdentityFault::UnknownKey) => {}
            wrong => return wrong.map_err(Some),
        }
        self.ask(now, kept.map(|kept| kept.since)).await;
        let kept = self.kept().ok_or(None)?;
        kept.keys.verify(token, &ALGORITHMS).map_err(Some)
    }

    fn kept(&self) -> Option<Arc<Kept>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks for the keys, unless somebody has asked within the minute.
    async fn ask(&self, now: Timestamp, seen: Option<Timestamp>) {
        let mut asked = self.asked.lock().await;
        let others_did = self.kept().map(|kept| kept.since) != seen;
        let lately = asked.is_some_and(|last| now.duration_since(last) < ASK_AGAIN);
        if others_did || lately {
            return;
        }
        *asked = Some(now);
        match self.source.fetch().await {
            Ok(set) => match PublicKeys::read(&set) {
                Some(keys) => {
                    let kept = Arc::new(Kept { keys, since: now });
                    *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
                }
                None => tracing::warn!("what the identity service gives as its keys is no key set"),
            },
            Err(error) => {
                let cause = error.0.to_string();
                tracing::warn!(%error, cause, "tokens with a new key are not admitted until the keys can be had");
            }
        }
    }
}
