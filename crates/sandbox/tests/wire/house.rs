//! One running EHR with a client of each kind, a clock that can be moved, and the steps every test needs.

use std::sync::{Arc, Mutex};

use access::{Clock, Secret};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use sandbox::{
    AuthMethod, ClientConfig, EhrConfig, Running, RunningEhr, Sandbox, SandboxConfig, SeededRandom, Signing,
    Surroundings,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use crate::web::{Answer, Web};

pub const CALLBACK: &str = "http://127.0.0.1:3000/callback/valley-ehr";
pub const VERIFIER: &str = "a-verifier-that-is-long-enough-for-rfc-7636-section-4";
pub const SCOPES: &str = "launch openid fhirUser patient/*.rs";

/// A clock that stands still until it is moved.
pub struct TestClock(Mutex<Timestamp>);

impl TestClock {
    pub fn forward(&self, seconds: i64) {
        *self.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

pub struct House {
    pub running: Running,
    pub clock: Arc<TestClock>,
}

impl House {
    /// The EHR "valley-ehr" with its built-in people and the public client `app`.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same, changed before it starts.
    pub async fn with(change: impl FnOnce(&mut EhrConfig)) -> Self {
        let mut ehr =
            EhrConfig::new("valley-ehr", "Valley Primary Care").with_client(launched("app", AuthMethod::Public));
        change(&mut ehr);
        Self::of(vec![ehr]).await
    }

    pub async fn of(ehrs: Vec<EhrConfig>) -> Self {
        let clock = Arc::new(TestClock(Mutex::new("2026-03-01T12:00:00Z".parse().unwrap())));
        let surroundings = Surroundings { clock: clock.clone(), random: Arc::new(SeededRandom::new(1)) };
        let config = SandboxConfig { control_port: Some(0), ehrs };
        Self { running: Sandbox::start_within(config, surroundings).await.unwrap(), clock }
    }

    pub fn ehr(&self) -> &RunningEhr {
        &self.running.ehrs()[0]
    }

    pub fn base(&self) -> String {
        self.ehr().fhir_base().to_string()
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.ehr().origin())
    }

    /// The person that tests launch for.
    pub fn patient(&self) -> String {
        patients(self.ehr().id())[0].clone()
    }

    /// Somebody else.
    pub fn other_patient(&self) -> String {
        patients(self.ehr().id())[1].clone()
    }

    /// Address of an authorization request with some parameters replaced; an empty value takes one out.
    pub fn authorize(&self, changes: &[(&str, &str)]) -> String {
        let base = self.base();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut parameters = vec![
            ("response_type", "code"),
            ("client_id", "app"),
            ("redirect_uri", CALLBACK),
            ("scope", "launch/patient openid fhirUser patient/*.rs"),
            ("state", "the-state"),
            ("aud", &base),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("nonce", "the-nonce"),
        ];
        parameters.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        parameters.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        Url::parse_with_params(&self.at("/auth/authorize"), parameters).unwrap().into()
    }

    /// Launches from the EHR and gives the code.
    pub async fn code(&self, client: &str, scope: &str) -> String {
        let user = user(self.ehr().id(), sandbox::people::UserKind::Clinician);
        let launch = self.ehr().launch(client, &user, &self.patient()).expect("the client is launched from here");
        let launch = launch.query_pairs().find(|(name, _)| name == "launch").unwrap().1.into_owned();
        let url = self.authorize(&[("client_id", client), ("scope", scope), ("launch", &launch)]);
        Web::default().get(&url).await.parameter("code").expect("a code")
    }

    /// Redeems a code of the public client with some fields replaced; an empty value takes one out.
    pub async fn redeem(&self, code: &str, changes: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("client_id", "app"),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
            ("code", code),
        ];
        fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        Web::default().post(&self.at("/auth/token"), &fields).await
    }

    /// A whole EHR launch of the public client.
    pub async fn tokens(&self, scope: &str) -> Value {
        let code = self.code("app", scope).await;
        self.redeem(&code, &[]).await.json()
    }

    pub async fn access_token(&self, scope: &str) -> String {
        text(&self.tokens(scope).await, "access_token")
    }

    /// Reads below the FHIR base with a token.
    pub async fn fhir(&self, token: &str, path: &str) -> Answer {
        Web::bearer(token).get(&format!("{}{path}", self.base())).await
    }
}

/// A client that EHRs can launch.
pub fn launched(id: &str, auth: AuthMethod) -> ClientConfig {
    let secret = matches!(auth, AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost);
    ClientConfig {
        auth,
        secret: secret.then(|| Secret::new("s3cret & more")),
        launch_url: Some(Url::parse("http://127.0.0.1:3000/launch").unwrap()),
        ..ClientConfig::public(id, CALLBACK)
    }
}

pub fn rs256(ehr: &mut EhrConfig) {
    ehr.signing = Signing::RS256;
}

pub fn patients(ehr: &str) -> Vec<String> {
    sandbox::people::users(ehr)[0].patients.clone()
}

pub fn user(ehr: &str, kind: sandbox::people::UserKind) -> String {
    sandbox::people::users(ehr).into_iter().find(|user| user.kind == kind).unwrap().id
}

pub fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned()
}
