//! What a sandbox is made of: its EHRs, and the clients registered at each.

mod check;
mod read;

use std::path::PathBuf;

use access::Secret;
use serde::{Deserialize, Deserializer};
use url::Url;

use crate::hostile::Hostility;
use crate::latency::Latency;

pub(crate) use check::is_local;
pub use read::ConfigError;

/// A whole sandbox: any number of EHRs in one process.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxConfig {
    /// Port of the page that stops EHRs and makes them misbehave; 0 takes a free one, none means no such page.
    #[serde(default)]
    pub control_port: Option<u16>,
    /// The EHRs, in the order in which pages list them.
    #[serde(default)]
    pub ehrs: Vec<EhrConfig>,
}

/// One simulated EHR: a name, an address, people, and the applications it knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EhrConfig {
    /// Short name in addresses and cookies, such as `valley-ehr`.
    pub id: String,
    /// The name people know it by, such as "Valley Primary Care".
    pub name: String,
    /// Host in its addresses: a loopback address, `localhost` or a name below `.localhost`.
    #[serde(default = "default_host")]
    pub host: String,
    /// Port it listens on; 0 takes a free one.
    #[serde(default)]
    pub port: u16,
    /// Whose records it holds from the start.
    #[serde(default)]
    pub people: People,
    /// Folders of Bundles and single resources to load at the start.
    #[serde(default)]
    pub load: Vec<PathBuf>,
    /// How it signs id_tokens.
    #[serde(default)]
    pub signing: Signing,
    /// How long an access token is good, in seconds.
    #[serde(default = "default_access_token_seconds")]
    pub access_token_seconds: u32,
    /// Resource types it shares with no application, whatever is asked: no scope is granted, 403 is answered. A word such
    /// as `offline_access` is not granted either.
    #[serde(default)]
    pub refuse_types: Vec<String>,
    /// Resource types it does not know: 404 is answered.
    #[serde(default)]
    pub unsupported_types: Vec<String>,
    /// Resource types of which its CapabilityStatement offers no write: 405 is answered. Scopes are granted all the same.
    #[serde(default)]
    pub read_only_types: Vec<String>,
    /// Whether it demands of searches what US Core lets a server demand, such as a category.
    #[serde(default)]
    pub strict_searches: bool,
    /// Whether it offers `Patient/$match`.
    #[serde(default = "yes")]
    pub patient_match: bool,
    /// Which brands it lists for users who look for their provider.
    #[serde(default)]
    pub brands: ListedBrands,
    /// How its patients know it; the built-in EHRs have brands of their own.
    #[serde(default)]
    pub brand: Option<BrandConfig>,
    /// The lie it tells from the start, such as `token/other-patient`; honest where none is given. For tests of clients.
    #[serde(default)]
    pub hostile: Option<Hostility>,
    /// How long its FHIR server takes for an answer; no time where it is not given.
    #[serde(default)]
    pub latency: Latency,
    /// Whether anybody may read and write without a token, as servers for tests allow. For benchmarks.
    #[serde(default)]
    pub open: bool,
    /// The applications registered here.
    #[serde(default)]
    pub clients: Vec<ClientConfig>,
    /// The identity service of the organisation, at `/identity` of the same address; none where it is not given.
    #[serde(default)]
    pub identity: Option<IdentityConfig>,
}

/// An identity service: who gets tokens for the organisation's other services.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityConfig {
    /// `aud` of its tokens.
    pub audience: String,
    /// `tenant` of its tokens: what the services call the organisation.
    pub tenant: String,
    /// Who may ask for tokens.
    pub clients: Vec<IdentityClient>,
}

/// Who may ask an identity service for tokens: for users, and, with scopes, for itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityClient {
    /// `client_id`.
    pub id: String,
    /// `client_secret`.
    #[serde(deserialize_with = "given_secret")]
    pub secret: Secret,
    /// The scopes that it may have for itself, such as `system/CarePlan.rs`.
    #[serde(default)]
    pub scopes: Vec<String>,
}

impl EhrConfig {
    /// An EHR with the built-in people of that id, on a free port, without clients.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            host: default_host(),
            port: 0,
            people: People::default(),
            load: Vec::new(),
            signing: Signing::default(),
            access_token_seconds: default_access_token_seconds(),
            refuse_types: Vec::new(),
            unsupported_types: Vec::new(),
            read_only_types: Vec::new(),
            strict_searches: false,
            patient_match: true,
            brands: ListedBrands::default(),
            brand: None,
            hostile: None,
            latency: Latency::default(),
            open: false,
            clients: Vec::new(),
            identity: None,
        }
    }

    /// The same EHR with one more client.
    pub fn with_client(mut self, client: ClientConfig) -> Self {
        self.clients.push(client);
        self
    }
}

/// Whose records an EHR holds before anything is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum People {
    /// The invented people of this crate.
    #[default]
    BuiltIn,
    /// Nobody; what is loaded is all there is.
    None,
}

/// Which brands an EHR lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListedBrands {
    /// Those of every EHR of the sandbox, as a vendor does.
    #[default]
    All,
    /// Its own.
    Own,
    /// None; discovery does not mention any.
    None,
}

/// How the patients of an EHR know it, beside its name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandConfig {
    /// Other names that they use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Where it is.
    #[serde(default)]
    pub city: Option<String>,
    /// The state it is in, as two letters.
    #[serde(default)]
    pub state: Option<String>,
    /// Name of its portal.
    #[serde(default)]
    pub portal: Option<String>,
}

/// Algorithm of the id_tokens an EHR signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Signing {
    /// ECDSA on P-384.
    #[default]
    ES384,
    /// RSA with 2048 bits; the key takes a moment to make.
    RS256,
}

/// One application as an EHR knows it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientConfig {
    /// Its `client_id`.
    pub id: String,
    /// The name on the launcher's button; the id with a capital letter where it is not given.
    #[serde(default)]
    pub name: Option<String>,
    /// How it proves at the token endpoint who it is.
    pub auth: AuthMethod,
    /// The shared secret of `client_secret_basic` and `client_secret_post`.
    #[serde(default, deserialize_with = "secret")]
    pub secret: Option<Secret>,
    /// Where its public keys are, for `private_key_jwt`.
    #[serde(default)]
    pub jwks_url: Option<Url>,
    /// A file that holds its public keys, for `private_key_jwt`.
    #[serde(default)]
    pub jwks_file: Option<PathBuf>,
    /// Its public keys themselves, for `private_key_jwt`.
    #[serde(default)]
    pub jwks: Option<serde_json::Value>,
    /// Where codes may be sent, compared character by character. None for a client that no user signs in for.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Registers it for Backend Services with these scopes, such as `system/Patient.rs`; for `private_key_jwt` only.
    #[serde(default)]
    pub system_scopes: Vec<String>,
    /// Where an EHR launch sends the browser; without one the launcher does not offer this client.
    #[serde(default)]
    pub launch_url: Option<Url>,
}

impl ClientConfig {
    /// Whether it may ask for tokens without a user.
    pub fn is_backend(&self) -> bool {
        !self.system_scopes.is_empty()
    }

    /// The name people see.
    pub fn shown_name(&self) -> String {
        let mut letters = self.id.chars();
        let capital = || letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        self.name.clone().unwrap_or_else(capital)
    }

    /// A public client with one redirect address and no EHR launch.
    pub fn public(id: impl Into<String>, redirect_uri: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: None,
            auth: AuthMethod::Public,
            secret: None,
            jwks_url: None,
            jwks_file: None,
            jwks: None,
            redirect_uris: vec![redirect_uri.into()],
            system_scopes: Vec::new(),
            launch_url: None,
        }
    }
}

/// How a client authenticates at the token endpoint (the names are those of OpenID Connect Discovery).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// It does not; its `client_id` stands in the body.
    Public,
    /// Id and secret in the `Authorization` header, form-encoded first (RFC 6749 section 2.3.1).
    ClientSecretBasic,
    /// Id and secret in the body.
    ClientSecretPost,
    /// A signed assertion (SMART client-confidential-asymmetric).
    PrivateKeyJwt,
}

fn default_host() -> String {
    "127.0.0.1".to_owned()
}

fn yes() -> bool {
    true
}

fn default_access_token_seconds() -> u32 {
    3600
}

fn given_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(Secret::new))
}
