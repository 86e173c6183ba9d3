//! What can be configured (DESIGN section 6).

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

use super::{CarePlanServiceConfig, DatabaseUrl, Quirk, WebhookConfig};

/// The whole configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address that users reach.
    pub listen: SocketAddr,
    /// Address of `/metrics` and `/readyz`, for operators only.
    pub admin_listen: Option<SocketAddr>,
    /// Addresses of our own proxies: the last entry of their `X-Forwarded-For` is the client that limits count.
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    /// Address as browsers write it.
    pub public_url: Url,
    /// `sqlite://FILE`; a relative file lies beside the configuration. Or `postgres://…` of the role that Accord runs as: it
    /// owns nothing, and passes by no policy.
    pub database_url: DatabaseUrl,
    /// `postgres://…` of the role that owns the tables; only `accord migrate` uses it.
    pub owner_url: Option<DatabaseUrl>,
    /// `nats://HOST:PORT`, several with commas: where events of shared plans go. Without it they stay in this process.
    pub nats_url: Option<String>,
    /// FHIR base address of a terminology server that checks the codes of shared plans. Without it they stand as written.
    pub terminology_url: Option<Url>,
    /// Allows http and loopback sources; refused when `public_url` is https.
    #[serde(default)]
    pub development: bool,
    /// Where keys lie.
    pub keys: Keys,
    /// Buttons of the start page that open the simulated EHRs; development only.
    pub demo: Option<Demo>,
    /// Where shared plans lay before everything lay in `database_url`. Read, so that whoever has it is told what to write.
    pub shared_plan: Option<serde::de::IgnoredAny>,
    /// Whose tokens are taken at the care plan service; without it only launches use it.
    pub care_plan_service: Option<CarePlanServiceConfig>,
    /// Organisations.
    #[serde(default)]
    pub tenants: Vec<TenantConfig>,
    /// FHIR servers.
    #[serde(default)]
    pub sources: Vec<SourceConfig>,
    /// Folder of the configuration file: relative paths start here.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// Where keys lie.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Key that seals tokens and texts at rest; made on first start where `development = true`.
    pub sealing_key_file: PathBuf,
}

/// Where the demonstration begins.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// The simulated EHR's page that launches Accord.
    pub launcher: Url,
    /// The source that patients and coordinators sign in at.
    pub source: String,
}

/// An organisation that runs Accord.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantConfig {
    /// Its id, such as `valley`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// IANA time zone: "today" is the tenant's.
    pub time_zone: String,
    /// Language and region, such as `en-US`.
    #[serde(default = "default_locale")]
    pub locale: String,
    /// What it has licensed.
    #[serde(default)]
    pub entitlements: Vec<String>,
    /// Users who are care coordinators, each as `{source id}/{fhirUser}`, such as `valley-ehr/Practitioner/17`. A
    /// relative reference is one of the source's own FHIR server; somebody of another server is listed by the whole
    /// address, as the source's identity tokens say it.
    #[serde(default)]
    pub coordinators: Vec<String>,
    /// Origins that may show Accord in a frame.
    #[serde(default)]
    pub frame_ancestors: Vec<String>,
}

fn default_locale() -> String {
    "en-US".to_owned()
}

/// One FHIR server of a tenant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceConfig {
    /// Its id, such as `valley-ehr`; stands in the redirect address `/callback/{id}`.
    pub id: String,
    /// The tenant it belongs to.
    pub tenant: String,
    /// Its name for people.
    pub name: String,
    /// Two or three letters for its badge; made from the name where missing.
    pub tag: Option<String>,
    /// FHIR base address, which is also the `iss` of its launches.
    pub fhir_base: Url,
    /// How it may be reached.
    #[serde(default = "default_launches")]
    pub launches: Vec<Launches>,
    /// Our client id there.
    pub client_id: String,
    /// How we authenticate there.
    pub auth: Auth,
    /// Further origins that its endpoints may have, such as the authorization server's.
    #[serde(default)]
    pub allowed_origins: Vec<Url>,
    /// Scopes to ask for beyond the usual.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Types that may be written there, where the server takes them.
    #[serde(default)]
    pub writes: Vec<String>,
    /// Requests to it at a time.
    #[serde(default = "default_parallel")]
    pub parallel: usize,
    /// True where the source checks S256 although its discovery document lists methods without it.
    #[serde(default)]
    pub assume_s256: bool,
    /// Known ways of it: its vendor's, or its own.
    #[serde(default)]
    pub quirks: Vec<Quirk>,
}

fn default_launches() -> Vec<Launches> {
    vec![Launches::Ehr, Launches::Standalone]
}

fn default_parallel() -> usize {
    16
}

/// How a source may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Launches {
    /// Launched from the EHR.
    Ehr,
    /// The user signs in there from our side.
    Standalone,
    /// Backend Services: without a user, by a signed assertion.
    Backend,
}

/// Client authentication at a source.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Auth {
    /// None: development servers only.
    Public,
    /// Secret in the Authorization header.
    ClientSecretBasic {
        /// File that holds the secret.
        secret_file: PathBuf,
    },
    /// Secret in the body.
    ClientSecretPost {
        /// File that holds the secret.
        secret_file: PathBuf,
    },
    /// Signed assertion.
    PrivateKeyJwt {
        /// PKCS #8 PEM; made on first start where `development = true`.
        key_file: PathBuf,
        /// `ES384` or `RS384`.
        alg: String,
        /// Key that signs next: published beside the one that signs, a day or more before it takes its place.
        #[serde(default)]
        next_key_file: Option<PathBuf>,
        /// Key that signed until lately: published for a day or more after that.
        #[serde(default)]
        previous_key_file: Option<PathBuf>,
    },
}

impl Config {
    /// A path of the configuration, as the process can open it.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// The tenant with this id.
    pub fn tenant(&self, id: &str) -> Option<&TenantConfig> {
        self.tenants.iter().find(|tenant| tenant.id == id)
    }

    /// Whose tokens are believed at the doors of the care plan service.
    pub fn issuers(&self) -> &[super::IssuerConfig] {
        self.care_plan_service.as_ref().map(|section| section.issuers.as_slice()).unwrap_or_default()
    }

    /// Where members of teams are looked up.
    pub fn directory_url(&self) -> Option<&Url> {
        self.care_plan_service.as_ref()?.directory_url.as_ref()
    }

    /// Who is told of events by HTTP.
    pub fn webhooks(&self) -> &[WebhookConfig] {
        self.care_plan_service.as_ref().map(|section| section.webhooks.as_slice()).unwrap_or_default()
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&SourceConfig> {
        self.sources.iter().find(|source| source.id == id)
    }
}

impl SourceConfig {
    /// Letters of the badge.
    pub fn badge(&self) -> String {
        self.tag.clone().unwrap_or_else(|| {
            self.name
                .split_whitespace()
                .filter_map(|word| word.chars().next())
                .filter(|letter| letter.is_alphanumeric())
                .take(3)
                .collect::<String>()
                .to_uppercase()
        })
    }
}
