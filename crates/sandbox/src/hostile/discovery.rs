//! Lies about where to sign in and what the EHR can do.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{
    accomplices::COLLECTOR,
    genuine::{Genuine, bottomless, elsewhere, login_page, status_500},
    layer::Liar,
    ways::ways,
};

ways! {
    /// Ways in which `/fhir/.well-known/smart-configuration` can be wrong.
    DiscoveryWay {
        /// A page comes instead of the document, as from a portal in front of the EHR.
        NotJson = "not-json",
        /// The right document calls itself a page.
        WrongContentType = "wrong-content-type",
        /// The server is down.
        Status500 = "status-500",
        /// There is no such document.
        NotFound = "not-found",
        /// The document is a list instead of an object.
        NotAnObject = "not-an-object",
        /// The document is nested a hundred thousand deep, to exhaust the reader's stack.
        Bottomless = "bottomless",
        /// The document says nothing at all.
        Empty = "empty",
        /// The token endpoint is missing.
        NoTokenEndpoint = "no-token-endpoint",
        /// The authorization endpoint is missing although launches are offered.
        NoAuthorizationEndpoint = "no-authorization-endpoint",
        /// The capabilities are missing.
        NoCapabilities = "no-capabilities",
        /// The issuer is missing although sign-in is offered.
        NoIssuer = "no-issuer",
        /// The address of the keys is missing although sign-in is offered.
        NoJwksUri = "no-jwks-uri",
        /// The token endpoint is a number.
        TokenEndpointNumber = "token-endpoint-number",
        /// Codes and client secrets shall go to a collector.
        ForeignTokenEndpoint = "foreign-token-endpoint",
        /// Codes and client secrets shall go to another registered EHR.
        TokenEndpointOfAnotherEhr = "token-endpoint-of-another-ehr",
        /// The token endpoint looks like the EHR's and has the EHR as user name only.
        TokenEndpointWithUserInfo = "token-endpoint-with-user-info",
        /// The token endpoint is plain http at another port, where anybody may listen.
        HttpEndpoint = "http-endpoint",
        /// The browser shall sign in at a collector.
        ForeignAuthorizationEndpoint = "foreign-authorization-endpoint",
        /// The browser shall run a script instead of signing in.
        ScriptAuthorizationEndpoint = "script-authorization-endpoint",
        /// The keys are a collector's.
        ForeignJwksUri = "foreign-jwks-uri",
        /// Tokens that shall be revoked go to a collector.
        ForeignRevocationEndpoint = "foreign-revocation-endpoint",
        /// The token endpoint stands there twice, the collector's last.
        TokenEndpointTwice = "token-endpoint-twice",
        /// The endpoints are relative, as D4 allows.
        RelativeEndpoints = "relative-endpoints",
        /// PKCE is offered with `plain` only, which protects nothing.
        NoS256 = "no-s256",
        /// PKCE is not mentioned, as some real servers do although they check it.
        NoChallengeMethods = "no-challenge-methods",
        /// The issuer is another EHR.
        IssuerOfAnotherEhr = "issuer-of-another-ehr",
        /// The answer never ends.
        EndlessBody = "endless-body",
        /// The right document is followed by ten megabytes of nothing.
        TenMegabytes = "ten-megabytes",
        /// The document breaks off in the middle.
        Truncated = "truncated",
        /// The answer leads to another EHR's document.
        Redirect = "redirect",
        /// There are fields nobody has heard of.
        UnknownFields = "unknown-fields",
    }
}

impl DiscoveryWay {
    pub(super) fn alter(self, liar: &Liar, genuine: Genuine) -> Response {
        let peer = liar.peer();
        let own = liar.issuer();
        match self {
            Self::NotJson => login_page(),
            Self::WrongContentType => genuine.named("text/html"),
            Self::Status500 => status_500(),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::NotAnObject => {
                let list = json!([genuine.json()]);
                genuine.with_json(&list)
            }
            Self::Bottomless => bottomless(),
            Self::Empty => genuine.with_json(&json!({})),
            Self::NoTokenEndpoint => genuine.without("token_endpoint"),
            Self::NoAuthorizationEndpoint => genuine.without("authorization_endpoint"),
            Self::NoCapabilities => genuine.without("capabilities"),
            Self::NoIssuer => genuine.without("issuer"),
            Self::NoJwksUri => genuine.without("jwks_uri"),
            Self::TokenEndpointNumber => genuine.with("token_endpoint", 443),
            Self::ForeignTokenEndpoint => genuine.with("token_endpoint", format!("{COLLECTOR}/token")),
            Self::TokenEndpointOfAnotherEhr => genuine.with("token_endpoint", peer.token_endpoint()),
            Self::TokenEndpointWithUserInfo => {
                let user = own.trim_start_matches("http://");
                genuine.with("token_endpoint", format!("http://{user}@collector.example/auth/token"))
            }
            Self::HttpEndpoint => genuine.with("token_endpoint", "http://127.0.0.1:9/auth/token"),
            Self::ForeignAuthorizationEndpoint => {
                genuine.with("authorization_endpoint", format!("{COLLECTOR}/authorize"))
            }
            Self::ScriptAuthorizationEndpoint => genuine.with("authorization_endpoint", "javascript:alert(1)//"),
            Self::ForeignJwksUri => genuine.with("jwks_uri", format!("{COLLECTOR}/jwks")),
            Self::ForeignRevocationEndpoint => genuine.with("revocation_endpoint", format!("{COLLECTOR}/revoke")),
            Self::TokenEndpointTwice => {
                let text = genuine.json().to_string();
                let twice =
                    format!("{},\"token_endpoint\":\"{COLLECTOR}/token\"}}", text.strip_suffix('}').unwrap_or(&text));
                genuine.with_body(twice)
            }
            Self::RelativeEndpoints => relative(genuine, own),
            Self::NoS256 => genuine.with("code_challenge_methods_supported", json!(["plain"])),
            Self::NoChallengeMethods => genuine.without("code_challenge_methods_supported"),
            Self::IssuerOfAnotherEhr => genuine.with("issuer", peer.issuer),
            Self::EndlessBody => genuine.endless(),
            Self::TenMegabytes => genuine.ten_megabytes(),
            Self::Truncated => genuine.truncated(),
            Self::Redirect => elsewhere(&format!("{}/fhir/.well-known/smart-configuration", peer.issuer)),
            Self::UnknownFields => genuine.with("constructor", json!({ "__proto__": { "admin": true } })),
        }
    }
}

/// Writes every endpoint relative to the FHIR base. The issuer stays whole: it is a name, not an endpoint.
fn relative(genuine: Genuine, own: &str) -> Response {
    let mut json = genuine.json();
    for (field, value) in json.as_object_mut().into_iter().flatten() {
        if let (true, Some(path)) = (field != "issuer", value.as_str().and_then(|text| text.strip_prefix(own))) {
            *value = Value::from(path);
        }
    }
    genuine.with_json(&json)
}
