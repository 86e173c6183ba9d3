//! The `oauth-uris` extension in the CapabilityStatement of SMART 1.0 servers (checklist D6).

use http::HeaderValue;
use http::StatusCode;
use http::header::ACCEPT;
use outbound::{Limits, Request};
use serde_json::Value;
use url::Url;

use super::{Discovery, DiscoveryError, Extras, FoundBy, allowed};
use crate::Client;

const OAUTH_URIS: &str = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

/// Fetches the CapabilityStatement and reads the extension.
pub(super) async fn fetch(client: &Client, outbound: &outbound::Client) -> Result<Discovery, DiscoveryError> {
    // A CapabilityStatement is longer than a discovery document; the cap of a resource fits it.
    let request = Request::get(client.below_base("metadata"))
        .header(ACCEPT, HeaderValue::from_static("application/fhir+json, application/json;q=0.9"))
        .limits(Limits::RESOURCE);
    let source_id = client.source.clone();
    let answer = outbound
        .send(request)
        .await
        .map_err(|cause| DiscoveryError::NotAsked { source_id: source_id.clone(), cause })?;
    if answer.status != StatusCode::OK {
        return Err(DiscoveryError::Status { source_id, status: answer.status.as_u16() });
    }
    Discovery::read_capability_statement(client, &answer.body)
}

impl Discovery {
    /// Reads what the CapabilityStatement of a SMART 1.0 server says about its endpoints (D6).
    pub fn read_capability_statement(client: &Client, body: &[u8]) -> Result<Self, DiscoveryError> {
        read(client, body)
    }
}

fn read(client: &Client, body: &[u8]) -> Result<Discovery, DiscoveryError> {
    let missing = |field| DiscoveryError::Invalid { source_id: client.source.clone(), field };
    let statement: Value = serde_json::from_slice(body).map_err(|_| missing("any field"))?;
    let extensions = statement.pointer("/rest/0/security/extension").and_then(Value::as_array);
    let children = extensions
        .and_then(|list| list.iter().find(|extension| extension["url"] == OAUTH_URIS))
        .and_then(|extension| extension["extension"].as_array())
        .ok_or_else(|| missing("oauth-uris"))?;
    let base = client.below_base("");
    let child = |name: &str| -> Option<Url> {
        base.join(children.iter().find(|child| child["url"] == name)?["valueUri"].as_str()?).ok()
    };
    let required = |field, name| allowed(client, field, child(name))?.ok_or_else(|| missing(field));
    Ok(Discovery {
        found_by: FoundBy::CapabilityStatement,
        issuer: None,
        authorization_endpoint: Some(required("authorization_endpoint", "authorize")?),
        token_endpoint: required("token_endpoint", "token")?,
        jwks_uri: None,
        revocation_endpoint: allowed(client, "revocation_endpoint", child("revoke")).unwrap_or(None),
        capabilities: Vec::new(),
        code_challenge_methods: None,
        token_auth_methods: Vec::new(),
        scopes: Vec::new(),
        brands: None,
        extras: Extras::default(),
    })
}
