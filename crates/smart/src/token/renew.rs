//! One refresh at a time for a grant, across all processes that share a store (checklist T5, T7).

use access::{LaunchId, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{RefreshError, TokenError};
use crate::grant::a_moment;
use crate::{Client, Grant, Grants, Smart, Turn};

/// How often somebody else's turn is looked at again before we give up: a little longer than a turn lasts.
const PATIENCE: usize = 650;

/// Where one grant is kept, whatever it rests on: a launch, or a consent.
#[async_trait]
pub trait GrantPlace: Send + Sync {
    /// The grant as it is stored now; `None` where it has ended or was taken back.
    async fn lookup(&self) -> Result<Option<Grant>, StoreError>;
    /// Stores the grant in the place of the one that the turn was taken for; false, and nothing stored, where that one is
    /// not there any more.
    async fn replace(&self, turn: Turn, grant: &Grant) -> Result<bool, StoreError>;
    /// Forgets the grant that the turn was taken for; false where that one is not there any more.
    async fn forget(&self, turn: Turn) -> Result<bool, StoreError>;
    /// Takes the turn to refresh; `None` while somebody else has it, in whatever process, and where there is no grant.
    async fn begin_refresh(&self, now: Timestamp) -> Result<Option<Turn>, StoreError>;
    /// Gives the turn back. One that ended by itself, and is somebody else's now, stays theirs.
    async fn end_refresh(&self, turn: Turn) -> Result<(), StoreError>;
    /// Waits a moment, before somebody else's turn is looked at again.
    async fn pause(&self) {
        a_moment().await;
    }
}

impl Smart {
    /// Gets a newer grant of a launch than `held`: see [`Smart::renew_at`]. The launch is one of the client's tenant.
    ///
    /// # Errors
    /// As [`Smart::renew_at`].
    pub async fn renew(
        &self,
        client: &Client,
        launch: &LaunchId,
        held: &Grant,
        grants: &dyn Grants,
    ) -> Result<Grant, RenewError> {
        self.renew_at(client, held, &OfLaunch { tenant: &client.tenant, launch, source: &client.source, grants }).await
    }

    /// Gets a newer grant than `held`: the one that is stored already, or a refreshed one, which is then stored.
    ///
    /// A refresh token that is used twice may end the grant, so whoever refreshes takes the turn first and reads the
    /// stored grant again: where it is another than `held`, somebody has refreshed already. Let this run to its end
    /// (spawn it): a refresh that is dropped on the way loses the new token.
    ///
    /// A process that ends between the request and the store leaves the old token behind; the next turn tries it, and
    /// the source decides. That is the one way in which a token can be used twice.
    ///
    /// # Errors
    /// Why there is none; [`RenewError::Ended`] means that there will be none.
    pub async fn renew_at(&self, client: &Client, held: &Grant, at: &dyn GrantPlace) -> Result<Grant, RenewError> {
        let source = client.source.as_str();
        for _ in 0..PATIENCE {
            let turn = at.begin_refresh(self.clock.now()).await?;
            let stored = match at.lookup().await {
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
                at.pause().await;
                continue;
            };
            let renewed = if is_newer { Ok(stored) } else { self.replaced(client, &stored, (at, turn)).await };
            if let Err(error) = at.end_refresh(turn).await {
                tracing::warn!(source_id = %source, %error, "the turn to refresh ends by itself");
            }
            return renewed;
        }
        Err(RenewError::Busy { source_id: source.to_owned() })
    }

    /// Refreshes and stores; forgets the grant where the source has ended it. What took its place meanwhile stays.
    async fn replaced(
        &self,
        client: &Client,
        grant: &Grant,
        (at, turn): (&dyn GrantPlace, Turn),
    ) -> Result<Grant, RenewError> {
        let source_id = || client.source.clone();
        if grant.refresh_token.is_none() {
            return Err(RenewError::Ended { source_id: source_id() });
        }
        match self.refresh(client, grant).await {
            Ok(fresh) => match at.replace(turn, &fresh).await {
                Ok(true) => Ok(fresh),
                Ok(false) => {
                    let instead = instead(client, grant, at).await;
                    // Taken back while it was on its way: giving back what was stored gave an older token back (T8). Where
                    // another stands there, giving this one back could end that one too: they may be of one sign-in.
                    if matches!(instead, Err(RenewError::Ended { .. }))
                        && let Err(error) = self.revoke(client, &fresh).await
                    {
                        tracing::warn!(source_id = %client.source, %error, "a refreshed grant could not be given back");
                    }
                    instead
                }
                // The new token is good, and nobody but us has it.
                Err(error) => {
                    tracing::error!(source_id = %client.source, %error, "a refreshed grant could not be stored");
                    Ok(fresh)
                }
            },
            Err(RefreshError::SignInExpired { .. } | RefreshError::OtherPatient { .. }) => {
                if at.forget(turn).await? {
                    return Err(RenewError::Ended { source_id: source_id() });
                }
                instead(client, grant, at).await
            }
            Err(RefreshError::Failed(error)) => Err(RenewError::Failed(error)),
        }
    }
}

/// What stands in the place of a grant whose turn is somebody else's now.
async fn instead(client: &Client, former: &Grant, at: &dyn GrantPlace) -> Result<Grant, RenewError> {
    let source_id = client.source.clone();
    match at.lookup().await? {
        None => Err(RenewError::Ended { source_id }),
        // Whoever has the turn now has not stored theirs yet.
        Some(same) if same.access_token == former.access_token => Err(RenewError::Busy { source_id }),
        Some(newer) => Ok(newer),
    }
}

/// The grant of one source of a launch.
struct OfLaunch<'a> {
    tenant: &'a TenantId,
    launch: &'a LaunchId,
    source: &'a str,
    grants: &'a dyn Grants,
}

#[async_trait]
impl GrantPlace for OfLaunch<'_> {
    async fn lookup(&self) -> Result<Option<Grant>, StoreError> {
        self.grants.lookup(self.tenant, self.launch, self.source).await
    }

    async fn replace(&self, turn: Turn, grant: &Grant) -> Result<bool, StoreError> {
        self.grants.replace(self.tenant, self.launch, self.source, turn, grant).await
    }

    async fn forget(&self, turn: Turn) -> Result<bool, StoreError> {
        self.grants.forget(self.tenant, self.launch, self.source, turn).await
    }

    async fn begin_refresh(&self, now: Timestamp) -> Result<Option<Turn>, StoreError> {
        self.grants.begin_refresh(self.tenant, self.launch, self.source, now).await
    }

    async fn end_refresh(&self, turn: Turn) -> Result<(), StoreError> {
        self.grants.end_refresh(self.tenant, self.launch, self.source, turn).await
    }

    async fn pause(&self) {
        self.grants.pause().await;
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
