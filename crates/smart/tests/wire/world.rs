//! One source, one client registered there, and a clock, randomness and store that tests can look into.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use access::{Clock, Randomness, Secret, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use outbound::{Origin, Policy, SystemResolver};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use smart::{
    Authorization, Callback, CallbackError, Client, ClientAuth, Granted, PendingLaunch, PendingLaunches, Smart, Start,
    Way,
};

use crate::ehr::Ehr;
use crate::signer::Signer;

pub const NOON: &str = "2026-11-21T12:00:00Z";

pub struct World {
    pub ehr: Ehr,
    pub client: Client,
    pub smart: Smart,
    pub clock: Arc<Hands>,
    pub pendings: Memory,
    pub signer: Signer,
}

impl World {
    /// A source that does everything right.
    pub async fn new(auth: ClientAuth) -> Self {
        let ehr = Ehr::start().await;
        let root = &ehr.root;
        let client = Client {
            source: "valley-ehr".to_owned(),
            tenant: TenantId::new("valley"),
            fhir_base: format!("{root}/fhir").parse().expect("a URL"),
            client_id: "accord app".to_owned(),
            auth,
            redirect_uri: "http://127.0.0.1:3000/callback/valley-ehr".parse().expect("a URL"),
            extra_scopes: vec!["patient/Goal.u".to_owned()],
            allowed_origins: Vec::new(),
            other_keys: Vec::new(),
            assume_s256: false,
        };
        let origins = Origin::parse(root).into_iter().collect();
        let outbound = outbound::Client::new(Policy { origins, development: true }, Arc::new(SystemResolver));
        let clock = Arc::new(Hands(Mutex::new(NOON.parse().expect("a time"))));
        let random = Arc::new(Repeating::new(root.as_bytes()));
        let smart = Smart::new(outbound.expect("a client"), clock.clone(), random);
        let signer = Signer::es384();
        ehr.answer_json("/fhir/.well-known/smart-configuration", well_known(root));
        let openid = json!({"issuer": root, "jwks_uri": format!("{root}/jwks")});
        ehr.answer_json("/.well-known/openid-configuration", openid);
        ehr.answer_json("/jwks", json!({"keys": [signer.public]}));
        ehr.answer_json("/token", token_answer());
        Self { ehr, client, smart, clock, pendings: Memory::default(), signer }
    }

    pub async fn public() -> Self {
        Self::new(ClientAuth::Public).await
    }

    pub fn ehr_start(&self) -> Start {
        Start::Ehr { iss: self.client.fhir_base.to_string(), launch: Secret::new("launch-handle-canary") }
    }

    /// Begins a launch and stores it, as the server does.
    pub async fn begin(&self, start: Start) -> Authorization {
        let authorization = self.smart.begin(&self.client, start, None, None).await.expect("a launch");
        self.store(&authorization).await;
        authorization
    }

    pub async fn store(&self, authorization: &Authorization) {
        let stored = self.pendings.put(authorization.state_hash, &authorization.pending, authorization.expires);
        stored.await.expect("memory");
    }

    /// Comes back from the source with a query, in the browser that left.
    pub async fn complete(&self, authorization: &Authorization, query: &str) -> Result<Granted, CallbackError> {
        let callback = Callback::parse(query);
        self.smart.complete(&self.client, callback, Some(&authorization.browser), &self.pendings).await
    }

    /// A whole launch from the EHR, with what the token endpoint answers at the moment.
    pub async fn launch(&self) -> Result<Granted, CallbackError> {
        let authorization = self.begin(self.ehr_start()).await;
        self.complete(&authorization, &format!("code=code-canary&state={}", state(&authorization))).await
    }

    /// Claims of an identity token that is right in all respects.
    pub fn claims(&self, authorization: &Authorization) -> Value {
        let now = self.clock.now().as_second();
        json!({
            "iss": self.ehr.root, "aud": self.client.client_id, "sub": "subject-canary", "iat": now, "exp": now + 300,
            "nonce": parameter(authorization, "nonce"), "fhirUser": "Practitioner/p1", "name": "Dr. Maria Lopez",
        })
    }
}

pub fn well_known(root: &str) -> Value {
    json!({
        "issuer": root,
        "jwks_uri": format!("{root}/jwks"),
        "authorization_endpoint": format!("{root}/authorize"),
        "token_endpoint": format!("{root}/token"),
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "capabilities": ["launch-ehr", "launch-standalone", "sso-openid-connect", "permission-v2"],
        "a field of next year": {"deep": [1, 2, 3]},
    })
}

pub fn token_answer() -> Value {
    json!({
        "access_token": "access-canary", "token_type": "Bearer", "expires_in": 600, "refresh_token": "refresh-canary",
        "scope": "openid fhirUser launch patient/Patient.rs patient/Goal.read", "patient": "pat-1", "encounter": "enc-1",
        "need_patient_banner": false,
    })
}

/// The value of a parameter that the browser carries to the source.
pub fn parameter(authorization: &Authorization, name: &str) -> Option<String> {
    let mut values = parameters(authorization).into_iter().filter(|(parameter, _)| parameter == name);
    let value = values.next().map(|(_, value)| value);
    assert!(values.next().is_none(), "{name} stands twice");
    value
}

/// All that the browser carries to the source.
pub fn parameters(authorization: &Authorization) -> Vec<(String, String)> {
    let mut pairs: Vec<_> =
        authorization.way.url().query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    if let Way::Post { fields, .. } = &authorization.way {
        pairs.extend(fields.iter().cloned());
    }
    pairs
}

pub fn state(authorization: &Authorization) -> String {
    parameter(authorization, "state").expect("a state")
}

/// A clock whose hands tests move.
pub struct Hands(Mutex<Timestamp>);

impl Hands {
    pub fn forward(&self, by: SignedDuration) {
        let mut now = self.0.lock().expect("not poisoned");
        *now = now.checked_add(by).expect("in range");
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("not poisoned")
    }
}

/// Randomness that is the same each time it begins.
pub struct Repeating(Mutex<[u8; 32]>);

impl Repeating {
    pub fn new(seed: &[u8]) -> Self {
        Self(Mutex::new(Sha256::digest(seed).into()))
    }
}

impl Randomness for Repeating {
    fn fill(&self, bytes: &mut [u8]) {
        let mut block = self.0.lock().expect("not poisoned");
        for chunk in bytes.chunks_mut(32) {
            *block = Sha256::digest(*block).into();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// A store that keeps bytes, so that every launch also goes through its stored form.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<[u8; 32], Sealed>>);

/// Bytes and when they end.
type Sealed = (Vec<u8>, Timestamp);

#[async_trait]
impl PendingLaunches for Memory {
    async fn put(&self, state_hash: [u8; 32], pending: &PendingLaunch, expires: Timestamp) -> Result<(), StoreError> {
        self.0.lock().expect("not poisoned").insert(state_hash, (pending.to_bytes().to_vec(), expires));
        Ok(())
    }

    async fn take(&self, state_hash: [u8; 32], now: Timestamp) -> Result<Option<PendingLaunch>, StoreError> {
        let found = self.0.lock().expect("not poisoned").remove(&state_hash);
        let alive = found.filter(|(_, expires)| now < *expires);
        Ok(alive.map(|(bytes, _)| PendingLaunch::from_bytes(&bytes).expect("what was stored")))
    }
}
