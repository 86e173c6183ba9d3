//! Who asks for tokens: each client proves it in the one way it is registered with.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use subtle::ConstantTimeEq;

use super::{TokenError, assertion};
use crate::{
    config::{AuthMethod, ClientConfig},
    smart::{
        Authority,
        form::{Parameters, decode},
    },
};

const UNKNOWN: TokenError = TokenError::InvalidClient("The client is unknown, or it did not prove who it is.");

/// Finds the client that asks and checks its proof.
pub(in crate::smart) async fn authenticate<'a>(
    authority: &'a Authority,
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Result<&'a ClientConfig, TokenError> {
    let proof = Proof::read(headers, parameters)?;
    // SMART App Launch 2.2: "client_id: required for public apps. Omit for confidential apps."
    let superfluous =
        parameters.get("client_id").is_some() && matches!(proof, Proof::Basic { .. } | Proof::Assertion { .. });
    if superfluous {
        return Err(TokenError::InvalidRequest("A client that authenticates must not send client_id in the body."));
    }
    match proof {
        Proof::None { id } => registered(authority, &id, AuthMethod::Public),
        Proof::Basic { id, secret } => with_secret(registered(authority, &id, AuthMethod::ClientSecretBasic)?, &secret),
        Proof::Body { id, secret } => with_secret(registered(authority, &id, AuthMethod::ClientSecretPost)?, &secret),
        Proof::Assertion { text } => assertion::client(authority, &text).await,
    }
}

/// What a request offers as proof.
enum Proof {
    None { id: String },
    Basic { id: String, secret: String },
    Body { id: String, secret: String },
    Assertion { text: String },
}

impl Proof {
    fn read(headers: &HeaderMap, parameters: &Parameters) -> Result<Self, TokenError> {
        let basic =
            headers.get(header::AUTHORIZATION).map(|value| basic(value.as_bytes()).ok_or(UNKNOWN)).transpose()?;
        let id = parameters.get("client_id").map(str::to_owned);
        let secret = parameters.get("client_secret").map(str::to_owned);
        let assertion = match (parameters.get("client_assertion_type"), parameters.get("client_assertion")) {
            (None, None) => None,
            (Some("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), Some(text)) => Some(text.to_owned()),
            _ => return Err(UNKNOWN),
        };
        match (basic, secret, assertion) {
            (None, None, None) => Ok(Self::None { id: id.ok_or(UNKNOWN)? }),
            (Some((id, secret)), None, None) => Ok(Self::Basic { id, secret }),
            (None, Some(secret), None) => Ok(Self::Body { id: id.ok_or(UNKNOWN)?, secret }),
            (None, None, Some(text)) => Ok(Self::Assertion { text }),
            _ => Err(TokenError::InvalidRequest("The client authenticated in more than one way.")),
        }
    }
}

/// Reads HTTP Basic; id and secret are form-encoded inside (RFC 6749 section 2.3.1).
fn basic(value: &[u8]) -> Option<(String, String)> {
    let (scheme, rest) = std::str::from_utf8(value).ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decode(id)?, decode(secret)?))
}

fn registered<'a>(authority: &'a Authority, id: &str, method: AuthMethod) -> Result<&'a ClientConfig, TokenError> {
    authority.client(id).filter(|client| client.auth == method).ok_or(UNKNOWN)
}

fn with_secret<'a>(client: &'a ClientConfig, secret: &str) -> Result<&'a ClientConfig, TokenError> {
    let known = client.secret.as_ref().ok_or(UNKNOWN)?;
    let same = known.expose().as_bytes().ct_eq(secret.as_bytes());
    if bool::from(same) { Ok(client) } else { Err(UNKNOWN) }
}
