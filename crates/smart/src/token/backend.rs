//! Tokens without a user: SMART Backend Services (checklist T4).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use oauth2::Scope as AskedScope;

use super::{TokenError, explain, oauth};
use crate::scope::{Context, asked};
use crate::{Client, ClientAuth, DiscoveryError, Grant, Scope, Smart};

/// A token is not used longer than this, whatever the answer says.
const LONGEST: SignedDuration = SignedDuration::from_secs(300);

/// The token of each source. Each has its own lock, so that many readers ask a source once.
#[derive(Default)]
pub(crate) struct BackendTokens {
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

type Slot = tokio::sync::Mutex<Option<Grant>>;

impl BackendTokens {
    fn slot(&self, source: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(source.to_owned()).or_default())
    }
}

impl Smart {
    /// A token with `system/` scopes: the one at hand while it lasts, else a new one. There is no refresh token.
    pub async fn backend_token(&self, client: &Client) -> Result<Grant, BackendError> {
        let source_id = || client.source.clone();
        if !matches!(client.auth, ClientAuth::PrivateKeyJwt(_)) {
            return Err(BackendError::NoKey { source_id: source_id() });
        }
        let slot = self.backend_tokens.slot(&client.source);
        let mut kept = slot.lock().await;
        if let Some(grant) = kept.as_ref().filter(|grant| !grant.is_stale(self.clock.now())) {
            return Ok(grant.clone());
        }
        *kept = None;
        let discovery = self.discover(client).await?;
        let scopes = asked(&discovery, Context::Backend, &client.extra_scopes);
        let sender = self.sender(client, &discovery.token_endpoint)?;
        let oauth = oauth(client, &discovery.token_endpoint);
        let answer = oauth
            .exchange_client_credentials()
            .add_scopes(scopes.iter().map(|scope| AskedScope::new(scope.clone())))
            .request_async(&sender)
            .await
            .map_err(|error| explain(client, &error))?;
        let now = self.clock.now();
        let asked = scopes.iter().map(|scope| Scope::parse(scope)).collect();
        let (mut grant, _) = answer
            .into_grant(now, asked, None, discovery.token_endpoint.clone())
            .ok_or_else(|| TokenError::NotUnderstood { source_id: source_id() })?;
        let latest = now.saturating_add(LONGEST).expect("a duration without calendar units");
        grant.expires = grant.expires.min(latest);
        grant.refresh_token = None;
        grant.patient = None;
        *kept = Some(grant.clone());
        tracing::debug!(source_id = %client.source, "backend token fetched");
        Ok(grant)
    }

    /// Forgets the token at hand, after the source refused it.
    pub async fn forget_backend_token(&self, client: &Client) {
        *self.backend_tokens.slot(&client.source).lock().await = None;
    }
}

/// Why there is no backend token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// Backend services take a signed assertion only.
    #[error("source {source_id} has no private_key_jwt, which backend services need")]
    NoKey {
        /// The source.
        source_id: String,
    },
    /// It could not be found out where to ask.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The source gave none.
    #[error(transparent)]
    Token(#[from] TokenError),
}
