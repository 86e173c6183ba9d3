//! One refresh at a time for a grant, across all processes that share a store (checklist T5, T7).

use access::{LaunchId, StoreError};

use super::{RefreshError, TokenError};
use crate::{Client, Grant, Grants, Smart};

/// How often somebody else's turn is looked at again before we give up: a little longer than a turn lasts.
const PATIENCE: usize = 650;

impl Smart {
    /// Gets a newer grant than `held`: the one that is stored already, or a refreshed one, which is then stored.
    ///
    /// A refresh token that is used twice may end the grant, so whoever refreshes takes the turn first and reads the
    /// stored grant again: where it is another than `held`, somebody has refreshed already. Let this run to its end
    /// (spawn it): a refresh that is dropped on the way loses the new token.
    ///
    /// A process that ends between the request and the store leaves the old token behind; the next turn tries it, and
    /// the source decides. That is the one way in which a token can be used twice.
    pub async fn renew(
        &self,
        client: &Client,
        launch: &LaunchId,
        held: &Grant,
        grants: &dyn Grants,
    ) -> Result<Grant, RenewError> {
        let source = client.source.as_str();
        for _ in 0..PATIENCE {
            let turn = grants.begin_refresh(launch, source, self.clock.now()).await?;
            let stored = match grants.lookup(launch, source).await {
                Ok(Some(stored)) => stored,
                // Disconnected meanwhile; the turn ended with the grant.
                Ok(None) => return Err(RenewError::Ended { source_id: source.to_owned() }),
                Err(error) => return Err(error.into()),
            };
            let is_newer = stored.access_token != held.access_token && !stored.is_stale(self.clock.now());
            let Some(turn) = turn else {
                if is_newer {
                    return Ok(stored);
                }
                grants.pause().await;
                continue;
            };
            let renewed = if is_newer { Ok(stored) } else { self.replaced(client, launch, &stored, grants).await };
            if let Err(error) = grants.end_refresh(launch, source, turn).await {
                tracing::warn!(source_id = %source, %error, "the turn to refresh ends by itself");
            }
            return renewed;
        }
        Err(RenewError::Busy { source_id: source.to_owned() })
    }

    /// Refreshes and stores; forgets the grant where the source has ended it.
    async fn replaced(
        &self,
        client: &Client,
        launch: &LaunchId,
        grant: &Grant,
        grants: &dyn Grants,
    ) -> Result<Grant, RenewError> {
        let source_id = || client.source.clone();
        if grant.refresh_token.is_none() {
            return Err(RenewError::Ended { source_id: source_id() });
        }
        match self.refresh(client, grant).await {
            Ok(fresh) => match grants.replace(launch, &client.source, &fresh).await {
                Ok(true) => Ok(fresh),
                Ok(false) => Err(RenewError::Ended { source_id: source_id() }),
                // The new token is good, and nobody but us has it.
                Err(error) => {
                    tracing::error!(source_id = %client.source, %error, "a refreshed grant could not be stored");
                    Ok(fresh)
                }
            },
            Err(RefreshError::SignInExpired { .. } | RefreshError::OtherPatient { .. }) => {
                grants.remove(launch, &client.source).await?;
                Err(RenewError::Ended { source_id: source_id() })
            }
            Err(RefreshError::Failed(error)) => Err(RenewError::Failed(error)),
        }
    }
}

/// Why there is no newer grant.
#[derive(Debug, thiserror::Error)]
pub enum RenewError {
    /// The grant has ended, or was taken back. The rest of the plan stays; offer to connect again.
    #[error("the sign-in at source {source_id} has ended")]
    Ended {
        /// The source.
        source_id: String,
    },
    /// Somebody else has been refreshing for too long: try later.
    #[error("the grant of source {source_id} is being refreshed elsewhere")]
    Busy {
        /// The source.
        source_id: String,
    },
    /// It did not work this time: the grant is kept; try later.
    #[error(transparent)]
    Failed(#[from] TokenError),
    /// The store could not be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
}
