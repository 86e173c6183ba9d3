//! The authorization server of one EHR: who may ask, how it signs, what it remembers.

use std::sync::{Arc, Mutex, MutexGuard};

use access::{Clock, Randomness};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use url::Url;

use super::{
    keys::SigningKey,
    memory::{Grant, Memory},
};
use crate::{config::ClientConfig, config::EhrConfig, directory::Directory, random::opaque};

/// How long a code is good (RFC 6749 section 4.1.2 advises ten minutes at most; SMART about one).
pub(super) const CODE_LIFE: SignedDuration = SignedDuration::from_secs(60);
/// How long a launch id and a half-done sign-in are good.
pub(super) const PENDING_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How long an offline refresh token is good.
pub(super) const OFFLINE_LIFE: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How long an online refresh token is good: about a working day, as there is no session that could end it.
pub(super) const ONLINE_LIFE: SignedDuration = SignedDuration::from_hours(8);

/// How long an access token without a user is good at most (SMART Backend Services: five minutes).
const SYSTEM_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// What is handed in to an authorization server.
pub(crate) struct Setting {
    /// The origin of the EHR, without a slash at the end; the issuer of its id_tokens.
    pub origin: String,
    /// The people who sign in, and the people whose records are here.
    pub directory: Directory,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives codes, tokens and keys.
    pub random: Arc<dyn Randomness>,
    /// What discovery says about brands: the address of the list, and which one of it is this EHR's.
    pub brands: Option<(String, Value)>,
}

/// The authorization server of one EHR.
pub(crate) struct Authority {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) clients: Vec<ClientConfig>,
    pub(crate) refuse_types: Vec<String>,
    pub(crate) directory: Directory,
    access_token_life: SignedDuration,
    pub(super) key: SigningKey,
    pub(super) random: Arc<dyn Randomness>,
    pub(super) brands: Option<(String, Value)>,
    origin: String,
    clock: Arc<dyn Clock>,
    memory: Mutex<Memory>,
}

impl Authority {
    /// Makes the server and its signing key.
    pub(crate) fn new(config: &EhrConfig, setting: Setting) -> Self {
        Self {
            id: config.id.clone(),
            name: config.name.clone(),
            clients: config.clients.clone(),
            refuse_types: config.refuse_types.clone(),
            directory: setting.directory,
            access_token_life: SignedDuration::from_secs(config.access_token_seconds.into()),
            key: SigningKey::generate(config.signing, &*setting.random),
            random: setting.random,
            brands: setting.brands,
            origin: setting.origin,
            clock: setting.clock,
            memory: Mutex::default(),
        }
    }

    /// The issuer: the origin without a slash at the end.
    pub(crate) fn issuer(&self) -> &str {
        &self.origin
    }

    /// The FHIR base, without a slash at the end: what a client sends as `aud`.
    pub(crate) fn fhir_base(&self) -> String {
        format!("{}/fhir", self.origin)
    }

    pub(super) fn token_endpoint(&self) -> String {
        format!("{}/auth/token", self.origin)
    }

    pub(super) fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Where to authorize, as servers of SMART 1.0 say it in their CapabilityStatement; some clients still look there.
    pub(crate) fn oauth_uris(&self) -> Value {
        let uri = |url: &str, path: &str| json!({ "url": url, "valueUri": self.endpoint(path) });
        json!({
            "cors": false,
            "service": [{ "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                "code": "SMART-on-FHIR"
            }] }],
            "extension": [{
                "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                "extension": [
                    uri("authorize", "/auth/authorize"),
                    uri("token", "/auth/token"),
                    uri("revoke", "/auth/revoke"),
                ]
            }]
        })
    }

    pub(crate) fn client(&self, id: &str) -> Option<&ClientConfig> {
        self.clients.iter().find(|client| client.id == id)
    }

    /// How long an access token of a grant is good.
    pub(super) fn access_token_life(&self, grant: &Grant) -> SignedDuration {
        match grant.user {
            Some(_) => self.access_token_life,
            None => self.access_token_life.min(SYSTEM_LIFE),
        }
    }

    /// Whether any client is registered for Backend Services.
    pub(super) fn has_backend_clients(&self) -> bool {
        self.clients.iter().any(ClientConfig::is_backend)
    }

    /// A fresh code, token or launch id.
    pub(super) fn opaque(&self) -> String {
        opaque(&*self.random)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().expect("nothing panics while the memory is held")
    }

    /// Prepares an EHR launch and gives the address that the browser is sent to, or `None` if this client,
    /// user or person is not here or the client is not launched from EHRs.
    pub(crate) fn launch(&self, client_id: &str, user_id: &str, patient: &str) -> Option<Url> {
        let client = self.client(client_id)?;
        let mut url = client.launch_url.clone()?;
        let user = self.directory.user(user_id)?;
        if !self.directory.may_open(user, patient) {
            return None;
        }
        let launch = super::Launch {
            client: client.id.clone(),
            user: user.id.clone(),
            patient: patient.to_owned(),
            expires: self.now() + PENDING_LIFE,
        };
        let id = self.opaque();
        self.memory().put_launch(id.clone(), launch, self.now());
        url.query_pairs_mut().append_pair("iss", &self.fhir_base()).append_pair("launch", &id);
        Some(url)
    }

    /// Ends every access token now; refresh tokens stay good.
    pub(crate) fn expire_tokens(&self) -> usize {
        self.memory().expire_access_tokens()
    }

    /// Ends everything that users allowed, refresh tokens included.
    pub(crate) fn end_grants(&self) -> usize {
        self.memory().end_grants_of_users()
    }
}
