//! The tokens of a standing grant: what a patient allowed beyond a launch, used by whoever reads by it.
//!
//! The store is asked before each request, so a consent that was taken back or has ended a moment ago lends no token any
//! more, in whatever process it was taken back. One refresh serves all who need one (checklist T5, T7).

use std::sync::Arc;

use access::{Clock, Secret, StandingGrants, StandingKey, StoreError};
use async_trait::async_trait;
use fhir_client::{AccessTokens, FhirServer, TokenError};
use jiff::Timestamp;
use smart::{Client, Grant, GrantPlace, RenewError, Smart, Turn};
use tokio::sync::Mutex;

use crate::state::Server;

/// Keeper of the tokens of one standing grant.
pub struct StandingKeeper {
    place: Arc<Place>,
    client: Arc<Client>,
    smart: Arc<Smart>,
    /// Held while a refresh is under way, so that all requests of this keeper share it.
    refreshing: Mutex<()>,
}

/// Where the grant is kept.
struct Place {
    key: StandingKey,
    standing: Arc<dyn StandingGrants>,
    clock: Arc<dyn Clock>,
}

impl StandingKeeper {
    /// Keeper of a person's grant at a source; `None` where the source is not one of that tenant any more.
    pub fn of(server: &Server, key: &StandingKey) -> Option<Self> {
        let client = server.registry.by_source(&key.source).filter(|client| client.tenant == key.tenant)?;
        let place = Place { key: key.clone(), standing: server.standing.clone(), clock: server.clock.clone() };
        Some(Self {
            place: Arc::new(place),
            client: client.clone(),
            smart: server.smart.clone(),
            refreshing: Mutex::new(()),
        })
    }

    async fn stored(&self) -> Result<Grant, TokenError> {
        match self.place.lookup().await {
            Ok(Some(grant)) => Ok(grant),
            Ok(None) => Err(TokenError::SignInExpired),
            Err(error) => {
                tracing::error!(source = %self.client.source, %error, "a standing grant could not be looked up");
                Err(TokenError::Unreachable)
            }
        }
    }

    /// Gets a newer grant than the one held. The refresh goes on where nobody waits for it any more: dropped on the way,
    /// it would lose the new token.
    async fn renewed(&self, held: Grant) -> Result<Secret, TokenError> {
        let (smart, client, place) = (self.smart.clone(), self.client.clone(), self.place.clone());
        let renewal = tokio::spawn(async move { smart.renew_at(&client, &held, &*place).await });
        let source = &self.client.source;
        match renewal.await {
            Ok(Ok(fresh)) => Ok(fresh.access_token),
            Ok(Err(RenewError::Ended { .. })) => Err(TokenError::SignInExpired),
            Ok(Err(error)) => {
                tracing::warn!(%source, %error, "a standing grant could not be refreshed");
                Err(TokenError::Unreachable)
            }
            Err(error) => {
                tracing::error!(%source, %error, "the refresh did not end");
                Err(TokenError::Unreachable)
            }
        }
    }
}

/// The FHIR server of a source, read by a standing grant.
pub fn server_at(server: &Server, key: &StandingKey) -> Option<FhirServer> {
    let (config, keeper) = (server.config.source(&key.source)?, StandingKeeper::of(server, key)?);
    let options = server.reach.options(config, &server.outbound, None);
    Some(FhirServer::new(options.tokens(Arc::new(keeper))))
}

#[async_trait]
impl AccessTokens for StandingKeeper {
    async fn current(&self) -> Result<Secret, TokenError> {
        let _turn = self.refreshing.lock().await;
        let grant = self.stored().await?;
        if grant.is_stale(self.place.clock.now()) && grant.refresh_token.is_some() {
            return self.renewed(grant).await;
        }
        Ok(grant.access_token)
    }

    async fn after_401(&self, refused: &Secret) -> Result<Secret, TokenError> {
        let _turn = self.refreshing.lock().await;
        let grant = self.stored().await?;
        if grant.access_token != *refused {
            return Ok(grant.access_token);
        }
        self.renewed(grant).await
    }
}

#[async_trait]
impl GrantPlace for Place {
    async fn lookup(&self) -> Result<Option<Grant>, StoreError> {
        let found = self.standing.lookup(&self.key, self.clock.now()).await?;
        let grant = found.map(|standing| Grant::from_bytes(&standing.content)).transpose();
        grant.map_err(|error| StoreError(Box::new(error)))
    }

    async fn replace(&self, turn: Turn, grant: &Grant) -> Result<bool, StoreError> {
        self.standing.replace(&self.key, turn.until, &grant.to_bytes()).await
    }

    async fn forget(&self, turn: Turn) -> Result<bool, StoreError> {
        self.standing.forget(&self.key, turn.until).await
    }

    async fn begin_refresh(&self, now: Timestamp) -> Result<Option<Turn>, StoreError> {
        let turn = Turn::beginning(now);
        Ok(self.standing.begin_refresh(&self.key, now, turn.until).await?.then_some(turn))
    }

    async fn end_refresh(&self, turn: Turn) -> Result<(), StoreError> {
        self.standing.end_refresh(&self.key, turn.until).await
    }
}
