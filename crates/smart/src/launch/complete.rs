//! From the answer of a source to a grant (checklist L7, L9).

use access::Secret;
use jiff::Timestamp;
use subtle::ConstantTimeEq;

use super::{AuthorizationRefusal, Callback, CallbackError, PENDING_LIFETIME, PendingLaunch, PendingLaunches};
use crate::digest::secret_hash;
use crate::{Client, Grant, Identity, LaunchContext, Smart};

/// What a source granted, and to whom.
#[derive(Debug, Clone)]
pub struct Granted {
    /// Tokens, scopes and the patient there.
    pub grant: Grant,
    /// Who the user is, where the source says so in a way that was verified.
    pub identity: Option<Identity>,
    /// What the source had open.
    pub context: LaunchContext,
    /// What the launch was begun with.
    pub pending: PendingLaunch,
}

impl Smart {
    /// Completes a launch: the pending launch is taken, browser and issuer are compared, the code becomes tokens, the
    /// identity token is verified.
    ///
    /// `client` is the registration of the source whose callback address was called. The order of the checks is the
    /// checklist's (L7): a stranger learns nothing from the answer. Nothing is tried twice, because a code is used up by
    /// the first try (L9).
    pub async fn complete(
        &self,
        client: &Client,
        callback: Callback,
        browser: Option<&Secret>,
        pendings: &dyn PendingLaunches,
    ) -> Result<Granted, CallbackError> {
        let now = self.clock.now();
        let source_id = client.source.clone();
        let Some(state) = callback.state() else {
            return Err(CallbackError::NotUnderstood { source_id });
        };
        let pending = pendings
            .take(secret_hash(state.expose()), now)
            .await?
            .filter(|pending| is_alive(pending, now))
            .ok_or_else(|| CallbackError::UnknownState { source_id: source_id.clone() })?;
        check_sender(client, &callback, browser, &pending)?;
        let code = code(client, callback)?;

        let (grant, beside) = self.exchange(client, &pending, code).await?;
        if pending.expects_patient && grant.patient.is_none() {
            return Err(CallbackError::MissingPatient { source_id });
        }
        let identity = match beside.id_token.filter(|_| pending.discovery.signs_in()) {
            Some(token) => Some(self.identify(client, &pending.discovery, &token, &pending.nonce).await?),
            None => None,
        };
        tracing::info!(source_id = %client.source, "launch completed");
        Ok(Granted { grant, identity, context: beside.context, pending })
    }
}

fn is_alive(pending: &PendingLaunch, now: Timestamp) -> bool {
    now.duration_since(pending.created) < PENDING_LIFETIME
}

/// Checks that the answer belongs to the source, the browser and the issuer that were asked.
fn check_sender(
    client: &Client,
    callback: &Callback,
    browser: Option<&Secret>,
    pending: &PendingLaunch,
) -> Result<(), CallbackError> {
    let source_id = client.source.clone();
    if pending.source != client.source || pending.tenant != client.tenant {
        return Err(CallbackError::OtherSource { source_id });
    }
    let Some(browser) = browser else { return Err(CallbackError::NoBrowserCookie { source_id }) };
    if !bool::from(secret_hash(browser.expose()).ct_eq(&pending.browser_hash)) {
        return Err(CallbackError::OtherBrowser { source_id });
    }
    // A source that does not tell its issuer in discovery cannot be compared; its own callback path still guards (S7).
    match (&callback.iss, &pending.discovery.issuer) {
        (Some(said), Some(known)) if said != known => Err(CallbackError::OtherIssuer { source_id }),
        _ => Ok(()),
    }
}

fn code(client: &Client, callback: Callback) -> Result<Secret, CallbackError> {
    let source_id = client.source.clone();
    match (callback.error, callback.code) {
        (Some(error), _) => {
            let more = callback.error_uri.and_then(|text| text.parse().ok()).filter(|url| client.may_use(url));
            Err(CallbackError::Refused { source_id, refusal: AuthorizationRefusal::of(&error), more })
        }
        (None, Some(code)) => Ok(code),
        (None, None) => Err(CallbackError::NoCode { source_id }),
    }
}
