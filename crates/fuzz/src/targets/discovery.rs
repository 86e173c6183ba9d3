//! What a source says about its endpoints, in both documents.
//!
//! Law: whatever is used lies at an origin of the source and carries no user information; PKCE is never given up; what was
//! read survives being stored; an error names our fields and nothing that the source said.

use smart::{Discovery, DiscoveryError};

use super::Target;
use crate::registration::CLIENT;

/// Stands in no word of ours, so that it must not stand in an error either.
const FOREIGN: &str = "xq7-canary";

pub const TARGET: Target = Target {
    name: "discovery",
    words: &[
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "revocation_endpoint",
        "registration_endpoint",
        "user_access_brand_bundle",
        "user_access_brand_identifier",
        "associated_endpoints",
        "code_challenge_methods_supported",
        "S256",
        "plain",
        "capabilities",
        "launch-ehr",
        "sso-openid-connect",
        "context-passthrough-banner",
        "https://ehr.example/x",
        "https://ehr.example:443/x",
        "https://user@ehr.example/x",
        "https://ehr.example.evil.test/x",
        "http://ehr.example/x",
        "//evil.test/x",
        "../../x",
        "javascript:alert(1)",
        "oauth-uris",
        "valueUri",
        "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
        FOREIGN,
    ],
    tries: 1_500,
    check,
};

fn check(input: &[u8]) -> String {
    let first = match Discovery::read(&CLIENT, input) {
        Ok(Some(found)) => lawful(&found),
        Ok(None) => "no JSON".to_owned(),
        Err(error) => quiet(&error),
    };
    let second = match Discovery::read_capability_statement(&CLIENT, input) {
        Ok(found) => lawful(&found),
        Err(error) => quiet(&error),
    };
    format!("{first}; {second}")
}

fn lawful(found: &Discovery) -> String {
    let used = [Some(&found.token_endpoint), found.authorization_endpoint.as_ref(), found.jwks_uri.as_ref()];
    let used = used.into_iter().chain([found.revocation_endpoint.as_ref(), found.brands.as_ref()]).flatten();
    for url in used.clone() {
        assert!(url.username().is_empty() && url.password().is_none(), "an endpoint with user information");
    }
    let extras = &found.extras;
    let more = [&extras.registration_endpoint, &extras.introspection_endpoint, &extras.management_endpoint];
    for url in used.chain(more.into_iter().flatten()) {
        assert!(CLIENT.may_use(url), "an endpoint at a foreign origin");
    }
    if let Some(methods) = &found.code_challenge_methods {
        assert!(methods.iter().any(|method| method == "S256"), "a source without S256");
    }
    let known = found.known_capabilities().count();
    assert!(found.other_capabilities().count() <= found.capabilities.len());
    let stored = serde_json::to_vec(found).expect("it is stored as JSON");
    assert_eq!(serde_json::from_slice::<Discovery>(&stored).ok().as_ref(), Some(found), "it changed in the store");
    format!("{:?}, {known} capabilities, signs in {}", found.found_by, found.signs_in())
}

fn quiet(error: &DiscoveryError) -> String {
    let said = format!("{error} {error:?}");
    assert!(!said.contains(FOREIGN), "an error quotes the source");
    said
}
