//! `grant_type=authorization_code` (RFC 6749 section 4.1.3, RFC 7636 section 4.6).

use axum::response::Response;

use super::answer::{Identity, TokenError, tokens};
use crate::{
    config::ClientConfig,
    smart::{Authority, form::Parameters, pkce},
};

/// Exchanges a code for tokens. A code is good for one try; the second ends what the first gave.
pub(super) fn redeem(
    authority: &Authority,
    client: &ClientConfig,
    parameters: &Parameters,
) -> Result<Response, TokenError> {
    let text = parameters.get("code").ok_or(TokenError::InvalidRequest("The parameter code is missing."))?;
    let now = authority.now();
    let (code, grant) = {
        let mut memory = authority.memory();
        let unknown = TokenError::InvalidGrant("The code is unknown.");
        let code = memory.code(text).filter(|code| code.client == client.id).ok_or(unknown)?;
        let known = code.clone();
        code.used = true;
        if known.used {
            memory.end_grant(known.grant);
            return Err(TokenError::InvalidGrant("The code was used before; its tokens are revoked."));
        }
        let ended = TokenError::InvalidGrant("The grant has ended.");
        let grant = memory.grant(known.grant).cloned().ok_or(ended)?;
        (known, grant)
    };
    if code.expires <= now {
        return Err(TokenError::InvalidGrant("The code is too old."));
    }
    if parameters.get("redirect_uri") != Some(&code.redirect_uri) {
        return Err(TokenError::InvalidGrant("The redirect_uri is not the one the code was asked with."));
    }
    if !parameters.get("code_verifier").is_some_and(|verifier| pkce::matches(verifier, &code.challenge)) {
        return Err(TokenError::InvalidGrant("The code_verifier does not belong to the code."));
    }
    Ok(tokens(authority, code.grant, &grant, &grant.scopes, Identity::Told(code.nonce.as_deref())))
}
