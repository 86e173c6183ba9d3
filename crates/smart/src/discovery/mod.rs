//! What a source offers and where its endpoints are (checklist section 1).

mod cache;
mod capability_statement;
mod well_known;

use serde::{Deserialize, Serialize};
use url::Url;

pub(crate) use cache::Discoveries;
#[cfg(test)]
pub(crate) use well_known::read;

use crate::Client;

/// What a source offers, checked: every endpoint lies at an origin that the operator allowed for this source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Which document said so.
    pub found_by: FoundBy,
    /// The OAuth issuer, which is not the FHIR base.
    pub issuer: Option<String>,
    /// Where the browser is sent; `None` for a source that only backend services use.
    pub authorization_endpoint: Option<Url>,
    /// Where codes become tokens.
    pub token_endpoint: Url,
    /// Where the keys of identity tokens are.
    pub jwks_uri: Option<Url>,
    /// Where a token can be given back.
    pub revocation_endpoint: Option<Url>,
    /// SMART capabilities (`launch-ehr`, `permission-v2`, …), as listed.
    pub capabilities: Vec<String>,
    /// `None` where the source does not say, which some do although they check the challenge.
    pub code_challenge_methods: Option<Vec<String>>,
    /// Client authentications that the token endpoint takes, as listed.
    pub token_auth_methods: Vec<String>,
    /// Scopes, as listed; never exhaustive.
    pub scopes: Vec<String>,
    /// The bundle of brands that this source itself links to (D9).
    #[serde(default)]
    pub brands: Option<Url>,
    /// What nothing here depends on, for the operator's page (D3).
    #[serde(default)]
    pub extras: Extras,
}

/// What a source may say besides, as listed (checklist D3). Nothing is sent to these addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras {
    /// `grant_types_supported`; required since 2.0, missing often.
    pub grant_types: Vec<String>,
    /// `registration_endpoint`
    pub registration_endpoint: Option<Url>,
    /// `introspection_endpoint`
    pub introspection_endpoint: Option<Url>,
    /// `management_endpoint`
    pub management_endpoint: Option<Url>,
    /// `user_access_brand_identifier`: system and value.
    pub brand_identifier: Option<(String, String)>,
    /// `associated_endpoints` (experimental): the addresses.
    pub associated_endpoints: Vec<String>,
}

/// Which document said what a source offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FoundBy {
    /// `.well-known/smart-configuration`.
    WellKnown,
    /// The `oauth-uris` extension of the CapabilityStatement, as SMART 1.0 servers have it.
    CapabilityStatement,
}

impl Discovery {
    /// True where the source lists a capability.
    pub fn offers(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|listed| todays_spelling(listed) == capability)
    }

    /// What the source lists of the capabilities that SMART names, in SMART's order (D8).
    pub fn known_capabilities(&self) -> impl Iterator<Item = &'static str> {
        CAPABILITIES.into_iter().filter(|capability| self.offers(capability))
    }

    /// What the source lists and SMART does not name.
    pub fn other_capabilities(&self) -> impl Iterator<Item = &str> {
        self.capabilities.iter().map(String::as_str).filter(|listed| !CAPABILITIES.contains(&todays_spelling(listed)))
    }

    /// True where the source can say who the user is, in a way that can be verified.
    pub fn signs_in(&self) -> bool {
        self.offers("sso-openid-connect") && self.issuer.is_some() && self.jwks_uri.is_some()
    }

    #[cfg(test)]
    pub(crate) fn for_tests(capabilities: &[&str]) -> Self {
        let url = |path: &str| Some(Url::parse(&format!("https://ehr.example/{path}")).expect("a URL"));
        Self {
            found_by: FoundBy::WellKnown,
            issuer: Some("https://ehr.example".to_owned()),
            authorization_endpoint: url("authorize"),
            token_endpoint: url("token").expect("a URL"),
            jwks_uri: url("jwks"),
            revocation_endpoint: None,
            capabilities: capabilities.iter().chain(&["sso-openid-connect"]).map(|text| (*text).to_owned()).collect(),
            code_challenge_methods: None,
            token_auth_methods: Vec::new(),
            scopes: Vec::new(),
            brands: None,
            extras: Extras::default(),
        }
    }
}

/// Every capability that SMART App Launch 2.2 names (D8).
pub const CAPABILITIES: [&str; 19] = [
    "launch-ehr",
    "launch-standalone",
    "authorize-post",
    "client-public",
    "client-confidential-symmetric",
    "client-confidential-asymmetric",
    "sso-openid-connect",
    "context-banner",
    "context-style",
    "context-ehr-patient",
    "context-ehr-encounter",
    "context-standalone-patient",
    "context-standalone-encounter",
    "permission-offline",
    "permission-online",
    "permission-patient",
    "permission-user",
    "permission-v1",
    "permission-v2",
];

/// Two capabilities had other names before 2.0, which servers still send (D8).
fn todays_spelling(listed: &str) -> &str {
    match listed {
        "context-passthrough-banner" => "context-banner",
        "context-passthrough-style" => "context-style",
        other => other,
    }
}

/// Why it could not be found out what a source offers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiscoveryError {
    /// The source did not answer.
    #[error("source {source_id} could not be asked what it offers")]
    NotAsked {
        /// The source.
        source_id: String,
        /// Why.
        #[source]
        cause: outbound::OutboundError,
    },
    /// The source answered with an error.
    #[error("source {source_id} answered {status} when asked what it offers")]
    Status {
        /// The source.
        source_id: String,
        /// HTTP status.
        status: u16,
    },
    /// A field that is needed is missing or cannot be read. The other document is then not asked: a broken answer is not
    /// repaired by guessing (D6).
    #[error("source {source_id} does not say {field} in what it offers")]
    Invalid {
        /// The source.
        source_id: String,
        /// The field.
        field: &'static str,
    },
    /// An endpoint lies at an origin that the operator did not allow for this source (D7, S2).
    #[error("source {source_id} names a {field} at an origin that is not allowed for it")]
    ForeignEndpoint {
        /// The source.
        source_id: String,
        /// The field.
        field: &'static str,
    },
    /// The source lists ways to check the challenge, and `S256` is not among them (D5).
    #[error("source {source_id} does not take PKCE with S256")]
    NoPkce {
        /// The source.
        source_id: String,
    },
}

/// Checks an endpoint that will be used.
fn allowed(client: &Client, field: &'static str, url: Option<Url>) -> Result<Option<Url>, DiscoveryError> {
    match url {
        Some(url) if !client.may_use(&url) || !url.username().is_empty() || url.password().is_some() => {
            Err(DiscoveryError::ForeignEndpoint { source_id: client.source.clone(), field })
        }
        url => Ok(url),
    }
}
