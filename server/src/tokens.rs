//! The tokens of one grant, kept fresh: one refresh for all requests that need one, in whatever process.

pub mod standing;

use std::sync::Arc;

use access::{LaunchId, Secret};
use async_trait::async_trait;
use fhir_client::{AccessTokens, TokenError};
use smart::{Client, Grant, Grants, RenewError, Smart};
use tokio::sync::Mutex;

/// Keeper of the tokens of one launch at one source.
pub struct TokenKeeper {
    launch: LaunchId,
    client: Arc<Client>,
    smart: Arc<Smart>,
    grants: Arc<dyn Grants>,
    clock: Arc<dyn access::Clock>,
    /// Held while a refresh is under way, so that all requests of this keeper share it.
    grant: Mutex<Option<Grant>>,
}

impl TokenKeeper {
    /// Takes the grant as it was stored.
    pub fn new(
        launch: LaunchId,
        client: Arc<Client>,
        smart: Arc<Smart>,
        grants: Arc<dyn Grants>,
        clock: Arc<dyn access::Clock>,
        grant: Grant,
    ) -> Self {
        Self { launch, client, smart, grants, clock, grant: Mutex::new(Some(grant)) }
    }

    /// Replaces the grant by a newer one, or drops it where the source has ended it (T5, T7).
    ///
    /// The refresh goes on where nobody waits for it any more: dropped on the way, it would lose the new token.
    async fn renew(&self, held: &mut Option<Grant>) -> Result<Secret, TokenError> {
        let grant = held.clone().ok_or(TokenError::SignInExpired)?;
        let (smart, client) = (self.smart.clone(), self.client.clone());
        let (launch, grants) = (self.launch.clone(), self.grants.clone());
        let renewal = tokio::spawn(async move { smart.renew(&client, &launch, &grant, grants.as_ref()).await });
        let source = &self.client.source;
        match renewal.await {
            Ok(Ok(fresh)) => {
                let token = fresh.access_token.clone();
                *held = Some(fresh);
                Ok(token)
            }
            Ok(Err(RenewError::Ended { .. })) => {
                *held = None;
                Err(TokenError::SignInExpired)
            }
            Ok(Err(error)) => {
                tracing::warn!(%source, %error, "the grant could not be refreshed");
                Err(TokenError::Unreachable)
            }
            Err(error) => {
                tracing::error!(%source, %error, "the refresh did not end");
                Err(TokenError::Unreachable)
            }
        }
    }
}

#[async_trait]
impl AccessTokens for TokenKeeper {
    async fn current(&self) -> Result<Secret, TokenError> {
        let mut held = self.grant.lock().await;
        let grant = held.as_ref().ok_or(TokenError::SignInExpired)?;
        if grant.is_stale(self.clock.now()) && grant.refresh_token.is_some() {
            return self.renew(&mut held).await;
        }
        Ok(grant.access_token.clone())
    }

    async fn after_401(&self, refused: &Secret) -> Result<Secret, TokenError> {
        let mut held = self.grant.lock().await;
        match held.as_ref() {
            Some(grant) if grant.access_token != *refused => Ok(grant.access_token.clone()),
            _ => self.renew(&mut held).await,
        }
    }
}
