//! A code becomes tokens (checklist T1, T2, L9).

use std::borrow::Cow;

use access::Secret;
use oauth2::{AuthorizationCode, PkceCodeVerifier, RedirectUrl};

use super::authentication::Sender;
use super::{Beside, TokenError, explain, oauth};
use crate::{Client, Grant, PendingLaunch, Scope, Smart};

impl Smart {
    /// Sends the code once; whatever happens, it is used up.
    pub(crate) async fn exchange(
        &self,
        client: &Client,
        pending: &PendingLaunch,
        code: Secret,
    ) -> Result<(Grant, Beside), TokenError> {
        let token_endpoint = &pending.discovery.token_endpoint;
        let sender = self.sender(client, token_endpoint)?;
        let oauth = oauth(client, token_endpoint);
        let answer = oauth
            .exchange_code(AuthorizationCode::new(code.expose().to_owned()))
            .set_redirect_uri(Cow::Owned(RedirectUrl::from_url(pending.redirect_uri.clone())))
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.expose().to_owned()))
            .request_async(&sender)
            .await
            .map_err(|error| explain(client, &error))?;
        let asked = pending.scopes.iter().map(|scope| Scope::parse(scope)).collect();
        answer
            .into_grant(self.clock.now(), asked, None, token_endpoint.clone())
            .ok_or_else(|| TokenError::NotUnderstood { source_id: client.source.clone() })
    }

    /// Checks the endpoint once more: the operator may have changed what is allowed since it was found.
    pub(super) fn sender<'a>(
        &'a self,
        client: &'a Client,
        token_endpoint: &'a url::Url,
    ) -> Result<Sender<'a>, TokenError> {
        if !client.may_use(token_endpoint) {
            return Err(TokenError::ForeignEndpoint { source_id: client.source.clone() });
        }
        Ok(Sender {
            client,
            target: token_endpoint,
            token_endpoint,
            outbound: &self.outbound,
            clock: &*self.clock,
            random: &*self.random,
        })
    }
}
