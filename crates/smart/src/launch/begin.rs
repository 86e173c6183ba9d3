//! Where the browser is sent, and what is kept until it comes back (checklist L4 to L6).

use std::borrow::Cow;
use std::fmt;

use access::{LaunchId, Secret, Sharing};
use jiff::Timestamp;
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl};

use super::{PENDING_LIFETIME, PendingLaunch, Way};
use crate::digest::{random_secret, secret_hash};
use crate::scope::{Context, asked};
use crate::{Client, DiscoveryError, Smart};

/// How a launch starts.
#[derive(Debug, Clone)]
pub enum Start {
    /// The EHR sent the browser, with what it has opened.
    Ehr {
        /// The issuer as the EHR wrote it; the registry found the client by it. It goes back as `aud`, because some
        /// servers compare it letter by letter.
        iss: String,
        /// The opaque handle.
        launch: Secret,
    },
    /// The user chose this source; the patient is chosen there.
    Standalone {
        /// The user's name at the source, where it is known (OpenID Connect).
        login_hint: Option<String>,
    },
    /// As [`Start::Standalone`], and the user agreed that the access lasts when they have gone (`offline_access`, T6).
    Standing {
        /// The user's name at the source, where it is known (OpenID Connect).
        login_hint: Option<String>,
        /// What the user agreed to; it comes back with the pending launch.
        sharing: Sharing,
    },
    /// The user signs in, without a person.
    SignIn {
        /// The user's name at the source, where it is known (OpenID Connect).
        login_hint: Option<String>,
    },
}

/// What to do now: send the browser its way, give it `browser` as a cookie, keep `pending` under `state_hash`.
pub struct Authorization {
    /// Where the browser is sent, and how.
    pub way: Way,
    /// Under which the pending launch is stored.
    pub state_hash: [u8; 32],
    /// What the browser's cookie must hold when the answer comes: the one that was handed in, or a new one.
    pub browser: Secret,
    /// What is kept, sealed, until the answer comes.
    pub pending: PendingLaunch,
    /// When the pending launch ends.
    pub expires: Timestamp,
}

impl Smart {
    /// Begins a launch at a source.
    ///
    /// `browser` is the secret in the browser's pre-login cookie, if it has one: two launches in two tabs then share it
    /// and neither spoils the other. `for_launch` names the launch that gets one more source, if it is not a new launch.
    pub async fn begin(
        &self,
        client: &Client,
        start: Start,
        browser: Option<Secret>,
        for_launch: Option<LaunchId>,
    ) -> Result<Authorization, BeginError> {
        let discovery = self.discover(client).await?;
        let source_id = || client.source.clone();
        let endpoint = discovery
            .authorization_endpoint
            .clone()
            .ok_or_else(|| BeginError::NoAuthorization { source_id: source_id() })?;
        let (context, aud) = match &start {
            Start::Ehr { iss, .. } => (Context::Ehr, iss.as_str()),
            Start::Standalone { .. } => (Context::Patient, client.base_text()),
            Start::Standing { .. } => (Context::StandingPatient, client.base_text()),
            Start::SignIn { .. } if !discovery.signs_in() => {
                return Err(BeginError::NoSignIn { source_id: source_id() });
            }
            Start::SignIn { .. } => (Context::SignIn, client.base_text()),
        };
        let sharing = match &start {
            Start::Standing { sharing, .. } => Some(sharing.clone()),
            Start::Ehr { .. } | Start::Standalone { .. } | Start::SignIn { .. } => None,
        };
        let scopes = asked(&discovery, context, &client.extra_scopes);
        let [state, verifier, nonce] = std::array::from_fn(|_| random_secret(&*self.random));
        let browser = browser.unwrap_or_else(|| random_secret(&*self.random));

        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.expose().to_owned()));
        let oauth =
            BasicClient::new(ClientId::new(client.client_id.clone())).set_auth_uri(AuthUrl::from_url(endpoint.clone()));
        let state_text = state.expose().to_owned();
        let mut request = oauth
            .authorize_url(|| CsrfToken::new(state_text))
            .set_redirect_uri(Cow::Owned(RedirectUrl::from_url(client.redirect_uri.clone())))
            .set_pkce_challenge(challenge)
            .add_scopes(scopes.iter().map(|scope| oauth2::Scope::new(scope.clone())))
            .add_extra_param("aud", aud);
        if discovery.signs_in() {
            request = request.add_extra_param("nonce", nonce.expose());
        }
        match &start {
            Start::Ehr { launch, .. } => request = request.add_extra_param("launch", launch.expose()),
            Start::Standalone { login_hint: Some(hint) }
            | Start::Standing { login_hint: Some(hint), .. }
            | Start::SignIn { login_hint: Some(hint) } => {
                request = request.add_extra_param("login_hint", hint);
            }
            Start::Standalone { login_hint: None }
            | Start::Standing { login_hint: None, .. }
            | Start::SignIn { login_hint: None } => {}
        }
        let (url, _) = request.url();
        let way = Way::of(url, &endpoint, discovery.offers("authorize-post"));

        let created = self.clock.now();
        let pending = PendingLaunch {
            tenant: client.tenant.clone(),
            source: client.source.clone(),
            discovery: (*discovery).clone(),
            verifier,
            nonce,
            browser_hash: secret_hash(browser.expose()),
            redirect_uri: client.redirect_uri.clone(),
            scopes,
            expects_patient: context != Context::SignIn,
            for_launch,
            sharing,
            created,
        };
        tracing::info!(source_id = %client.source, "launch begun");
        let expires = created.saturating_add(PENDING_LIFETIME).expect("a duration without calendar units");
        Ok(Authorization { way, state_hash: secret_hash(state.expose()), browser, pending, expires })
    }
}

/// Shows what is kept, and of the way the origin only.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("way", &self.way)
            .field("pending", &self.pending)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// Why a launch cannot begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BeginError {
    /// It could not be found out what the source offers.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The source has no authorization endpoint.
    #[error("source {source_id} offers no launch")]
    NoAuthorization {
        /// The source.
        source_id: String,
    },
    /// The source does not say, in a way that can be verified, who the user is.
    #[error("source {source_id} offers no sign-in")]
    NoSignIn {
        /// The source.
        source_id: String,
    },
}
