//! The tokens of one grant, kept fresh: one refresh for all requests that need one.

use std::sync::Arc;

use access::{LaunchId, Secret};
use async_trait::async_trait;
use fhir_client::{AccessTokens, TokenError};
use smart::{Client, Grant, Grants, RefreshError, Smart};
use tokio::sync::Mutex;

/// Keeper of the tokens of one launch at one source.
pub struct TokenKeeper {
    launch: LaunchId,
    client: Arc<Client>,
    smart: Arc<Smart>,
    grants: Arc<dyn Grants>,
    clock: Arc<dyn access::Clock>,
    /// Held while a refresh is under way, so that a rotated refresh token is used once.
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

    /// Replaces the grant, in memory and in the store, or drops it where the source has ended it (T5, T7).
    async fn refresh(&self, held: &mut Option<Grant>) -> Result<Secret, TokenError> {
        let grant = held.as_ref().ok_or(TokenError::SignInExpired)?;
        if grant.refresh_token.is_none() {
            return Err(TokenError::SignInExpired);
        }
        match self.smart.refresh(&self.client, grant).await {
            Ok(fresh) => {
                let token = fresh.access_token.clone();
                let stored = self.grants.put(&self.launch, &self.client.source, &fresh).await;
                *held = Some(fresh);
                if let Err(error) = stored {
                    tracing::error!(source = %self.client.source, %error, "a refreshed grant could not be stored");
                }
                Ok(token)
            }
            Err(RefreshError::SignInExpired { .. } | RefreshError::OtherPatient { .. }) => {
                *held = None;
                if let Err(error) = self.grants.remove(&self.launch, &self.client.source).await {
                    tracing::error!(source = %self.client.source, %error, "an ended grant could not be removed");
                }
                Err(TokenError::SignInExpired)
            }
            Err(RefreshError::Failed(error)) => {
                tracing::warn!(source = %self.client.source, %error, "the grant could not be refreshed");
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
            return self.refresh(&mut held).await;
        }
        Ok(grant.access_token.clone())
    }

    async fn after_401(&self, refused: &Secret) -> Result<Secret, TokenError> {
        let mut held = self.grant.lock().await;
        match held.as_ref() {
            Some(grant) if grant.access_token != *refused => Ok(grant.access_token.clone()),
            _ => self.refresh(&mut held).await,
        }
    }
}
