//! A source reached by the tenant's own registration there (SMART Backend Services, checklist T4): nobody is signed in.
//!
//! It reads and never writes: a change needs somebody who is known to the source.

use std::sync::Arc;

use access::{Secret, TenantId};
use async_trait::async_trait;
use fhir_client::{AccessTokens, FhirServer, TokenError};
use smart::{BackendError, Client, Smart};

use crate::config::{Launches, SourceConfig};
use crate::state::Server;

/// The sources of a tenant that are reached so, in the order of the configuration.
pub fn sources<'a>(server: &'a Server, tenant: &'a TenantId) -> impl Iterator<Item = &'a SourceConfig> {
    let ours = server.config.sources.iter().filter(|source| *source.tenant == *tenant.0);
    ours.filter(|source| source.launches.contains(&Launches::Backend))
}

/// The FHIR server of a source, with the tokens of our own registration there.
pub fn server_at(server: &Server, source: &str) -> Option<FhirServer> {
    let (config, client) = (server.config.source(source)?, server.registry.by_source(source)?);
    let keeper = BackendKeeper { client: client.clone(), smart: server.smart.clone() };
    let options = server.reach.options(config, &server.outbound, None);
    Some(FhirServer::new(options.tokens(Arc::new(keeper))))
}

/// Keeper of the token of our registration at one source; `smart` holds it for all who read there.
struct BackendKeeper {
    client: Arc<Client>,
    smart: Arc<Smart>,
}

impl BackendKeeper {
    async fn token(&self) -> Result<Secret, TokenError> {
        self.smart.backend_token(&self.client).await.map(|grant| grant.access_token).map_err(|error| {
            tracing::warn!(source = %self.client.source, %error, "no backend token");
            match error {
                BackendError::NoKey { .. } => TokenError::SignInExpired,
                BackendError::Discovery(_) | BackendError::Token(_) => TokenError::Unreachable,
            }
        })
    }
}

#[async_trait]
impl AccessTokens for BackendKeeper {
    async fn current(&self) -> Result<Secret, TokenError> {
        self.token().await
    }

    async fn after_401(&self, refused: &Secret) -> Result<Secret, TokenError> {
        let held = self.token().await?;
        if held != *refused {
            return Ok(held);
        }
        self.smart.forget_backend_token(&self.client).await;
        self.token().await
    }
}
