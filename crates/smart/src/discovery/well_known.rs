//! `.well-known/smart-configuration` (checklist D1 to D5).

use http::HeaderValue;
use http::StatusCode;
use http::header::ACCEPT;
use outbound::{Limits, Request};
use url::Url;

use super::{Discovery, DiscoveryError, Extras, FoundBy, allowed};
use crate::Client;
use crate::document::Document;

/// Fetches and checks the document; `None` where there is none (404, or no JSON), so that the fallback may be asked.
pub(super) async fn fetch(client: &Client, outbound: &outbound::Client) -> Result<Option<Discovery>, DiscoveryError> {
    let request = Request::get(client.below_base(".well-known/smart-configuration"))
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .limits(Limits::DISCOVERY);
    let source_id = client.source.clone();
    let answer = outbound
        .send(request)
        .await
        .map_err(|cause| DiscoveryError::NotAsked { source_id: source_id.clone(), cause })?;
    match answer.status {
        StatusCode::OK => Discovery::read(client, &answer.body),
        StatusCode::NOT_FOUND => Ok(None),
        status => Err(DiscoveryError::Status { source_id, status: status.as_u16() }),
    }
}

impl Discovery {
    /// Reads the body of `.well-known/smart-configuration`; `None` where it is no JSON, so that the other document may be
    /// asked (D6).
    pub fn read(client: &Client, body: &[u8]) -> Result<Option<Self>, DiscoveryError> {
        match serde_json::from_slice::<serde_json::Value>(body) {
            Ok(serde_json::Value::Object(fields)) => read(client, &Document(fields)).map(Some),
            Ok(_) => Err(DiscoveryError::Invalid { source_id: client.source.clone(), field: "any field" }),
            Err(_) => Ok(None),
        }
    }
}

/// Reads the document. `grant_types_supported` is required since 2.0 only, and nothing here depends on it.
pub(crate) fn read(client: &Client, document: &Document) -> Result<Discovery, DiscoveryError> {
    let missing = |field| DiscoveryError::Invalid { source_id: client.source.clone(), field };
    let base = client.below_base("");
    let url = |field| document.url(field, &base);

    let capabilities = document.texts("capabilities").ok_or_else(|| missing("capabilities"))?;
    let lists = |capability: &str| capabilities.iter().any(|listed| listed == capability);
    let token_endpoint = required(client, "token_endpoint", url("token_endpoint"))?;
    let authorization_endpoint = allowed(client, "authorization_endpoint", url("authorization_endpoint"))?;
    if authorization_endpoint.is_none() && (lists("launch-ehr") || lists("launch-standalone")) {
        return Err(missing("authorization_endpoint"));
    }
    let issuer = document.text("issuer").map(str::to_owned);
    let jwks_uri = allowed(client, "jwks_uri", url("jwks_uri"))?;
    if lists("sso-openid-connect") && issuer.is_none() {
        return Err(missing("issuer"));
    }
    if lists("sso-openid-connect") && jwks_uri.is_none() {
        return Err(missing("jwks_uri"));
    }
    let code_challenge_methods = document.texts("code_challenge_methods_supported");
    let leaves_s256_out = |methods: &Vec<String>| !methods.iter().any(|method| method == "S256");
    if code_challenge_methods.as_ref().is_some_and(leaves_s256_out) && !client.assume_s256 {
        return Err(DiscoveryError::NoPkce { source_id: client.source.clone() });
    }
    Ok(Discovery {
        found_by: FoundBy::WellKnown,
        issuer,
        authorization_endpoint,
        token_endpoint,
        jwks_uri,
        revocation_endpoint: offered(client, url("revocation_endpoint")),
        brands: offered(client, url("user_access_brand_bundle")),
        extras: extras(client, document, &base),
        code_challenge_methods,
        token_auth_methods: document.texts("token_endpoint_auth_methods_supported").unwrap_or_default(),
        scopes: document.texts("scopes_supported").unwrap_or_default(),
        capabilities,
    })
}

/// Reads what nothing depends on (D3).
fn extras(client: &Client, document: &Document, base: &Url) -> Extras {
    let url = |field| offered(client, document.url(field, base));
    let text = |value: &serde_json::Value, field: &str| value.get(field)?.as_str().map(str::to_owned);
    let identifier = document.0.get("user_access_brand_identifier");
    let associated = document.0.get("associated_endpoints").and_then(serde_json::Value::as_array);
    Extras {
        grant_types: document.texts("grant_types_supported").unwrap_or_default(),
        registration_endpoint: url("registration_endpoint"),
        introspection_endpoint: url("introspection_endpoint"),
        management_endpoint: url("management_endpoint"),
        brand_identifier: identifier.and_then(|value| Some((text(value, "system")?, text(value, "value")?))),
        associated_endpoints: associated.into_iter().flatten().filter_map(|value| text(value, "url")).collect(),
    }
}

/// What is only offered and not needed: where it must not be used it is as good as not offered.
fn offered(client: &Client, url: Option<Url>) -> Option<Url> {
    allowed(client, "", url).unwrap_or(None)
}

fn required(client: &Client, field: &'static str, url: Option<Url>) -> Result<Url, DiscoveryError> {
    allowed(client, field, url)?.ok_or_else(|| DiscoveryError::Invalid { source_id: client.source.clone(), field })
}
