//! A new access token for one that has ended (checklist T5, T7).

use oauth2::RefreshToken;

use super::authentication::Sender;
use super::{TokenError, TokenRefusal, explain, oauth};
use crate::{Client, Grant, Smart};

impl Smart {
    /// Gets a new access token. The grant that comes back replaces the old one, refresh token included, in one step.
    ///
    /// The caller sees to it that one refresh is under way for a grant at a time: a refresh token that is used twice may
    /// end the grant.
    pub async fn refresh(&self, client: &Client, grant: &Grant) -> Result<Grant, RefreshError> {
        let ended = || RefreshError::SignInExpired { source_id: client.source.clone() };
        let Some(token) = grant.refresh_token.as_ref() else { return Err(ended()) };
        let sender: Sender<'_> = self.sender(client, &grant.token_endpoint)?;
        let oauth = oauth(client, &grant.token_endpoint);
        let answer = oauth
            .exchange_refresh_token(&RefreshToken::new(token.expose().to_owned()))
            .request_async(&sender)
            .await
            .map_err(|error| explain(client, &error));
        let answer = match answer {
            Err(TokenError::Refused { refusal: TokenRefusal::InvalidGrant, .. }) => return Err(ended()),
            answer => answer?,
        };
        let (mut renewed, _) = answer
            .into_grant(self.clock.now(), grant.scopes.clone(), Some(token.clone()), grant.token_endpoint.clone())
            .ok_or_else(|| TokenError::NotUnderstood { source_id: client.source.clone() })?;
        if renewed.patient.is_some() && renewed.patient != grant.patient {
            return Err(RefreshError::OtherPatient { source_id: client.source.clone() });
        }
        renewed.patient.clone_from(&grant.patient);
        tracing::debug!(source_id = %client.source, "access token renewed");
        Ok(renewed)
    }
}

/// Why there is no new access token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The grant has ended: forget it, and offer to connect again. The rest of the plan stays.
    #[error("the sign-in at source {source_id} has ended")]
    SignInExpired {
        /// The source.
        source_id: String,
    },
    /// The new token is for another patient than the launch: forget the grant.
    #[error("source {source_id} answered a refresh for another patient")]
    OtherPatient {
        /// The source.
        source_id: String,
    },
    /// It did not work this time: keep the grant, and try later.
    #[error(transparent)]
    Failed(#[from] TokenError),
}
