//! Where tokens come from, for apps that look it up (SMART App Launch 2.2, "Conformance").

use fhir_server::Failure;
use serde_json::{Value, json};

use super::table::OFFERS;

/// Where the tokens of an identity service are had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenPlace {
    /// The tenant, where it makes the tokens of one only.
    pub tenant: Option<String>,
    /// Its name in tokens.
    pub issuer: String,
    /// Where users are sent to sign in.
    pub authorize: Option<String>,
    /// Where tokens are had.
    pub token: String,
    /// Where its public keys lie.
    pub keys: Option<String>,
    /// Whether programs get tokens there for themselves.
    pub has_programs: bool,
}

/// `/.well-known/smart-configuration`. Where several organisations have identity services of their own, `?tenant=` says
/// whose is asked for.
///
/// # Errors
/// 404 where nothing is known, or where it is not said which one is meant.
pub(super) fn smart_configuration(places: &[TokenPlace], query: &str) -> Result<Value, Failure> {
    let asked = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "tenant");
    let place = match (places, asked) {
        ([only], None) => Some(only),
        (several, Some((_, tenant))) => several
            .iter()
            .find(|place| place.tenant.as_deref() == Some(&*tenant))
            .or_else(|| several.iter().find(|place| place.tenant.is_none())),
        _ => None,
    };
    let unsaid = || Failure::new(404, "not-found", "Say whose tokens are meant: ?tenant= and the organisation's id.");
    place.map(document).ok_or_else(unsaid)
}

fn document(place: &TokenPlace) -> Value {
    let mut grants = Vec::new();
    let mut capabilities = vec!["permission-v1", "permission-v2", "permission-user", "permission-patient"];
    let mut scopes: Vec<String> = vec!["openid".to_owned(), "fhirUser".to_owned()];
    let levels: &[&str] = if place.has_programs { &["user", "patient", "system"] } else { &["user", "patient"] };
    for level in levels {
        scopes.extend(OFFERS.iter().map(|offer| format!("{level}/{}.rs", offer.kind.name())));
    }
    let mut document = json!({
        "issuer": place.issuer,
        "token_endpoint": place.token,
        "code_challenge_methods_supported": ["S256"],
    });
    if let Some(authorize) = &place.authorize {
        document["authorization_endpoint"] = json!(authorize);
        grants.push("authorization_code");
        capabilities.push("launch-standalone");
    }
    if place.has_programs {
        grants.push("client_credentials");
    }
    if let Some(keys) = &place.keys {
        document["jwks_uri"] = json!(keys);
    }
    (document["grant_types_supported"], document["capabilities"], document["scopes_supported"]) =
        (json!(grants), json!(capabilities), json!(scopes));
    document
}

/// `rest.security` of `/metadata`: where tokens come from, of each identity service, as SMART 1 says it.
pub(super) fn security(places: &[TokenPlace]) -> Value {
    let mut security = json!({ "cors": false, "service": [{ "coding": [{
        "system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR",
    }] }] });
    if places.is_empty() {
        return security;
    }
    let uri = |name: &str, address: &str| json!({ "url": name, "valueUri": address });
    let extension = |place: &TokenPlace| {
        let authorize = place.authorize.iter().map(|address| uri("authorize", address));
        let uris: Vec<Value> = authorize.chain([uri("token", &place.token)]).collect();
        json!({ "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", "extension": uris })
    };
    security["extension"] = places.iter().map(extension).collect();
    let whose = |place: &TokenPlace| match &place.tenant {
        Some(tenant) => format!("{tenant}: {}", place.token),
        None => place.token.clone(),
    };
    let list = places.iter().map(whose).collect::<Vec<_>>().join("; ");
    security["description"] = json!(format!("Tokens are had at {list}"));
    security
}
