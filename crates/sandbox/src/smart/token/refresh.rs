//! `grant_type=refresh_token` with rotation (RFC 6749 section 6, RFC 9700 section 4.14.2).

use axum::response::Response;

use super::answer::{Identity, TokenError, tokens};
use crate::{
    config::ClientConfig,
    smart::{Authority, form::Parameters, scope::Scope},
};

/// Exchanges a refresh token for new tokens. The old one is no longer good; used again, it ends the grant,
/// because then two parties hold it.
pub(super) fn redeem(
    authority: &Authority,
    client: &ClientConfig,
    parameters: &Parameters,
) -> Result<Response, TokenError> {
    let text =
        parameters.get("refresh_token").ok_or(TokenError::InvalidRequest("The parameter refresh_token is missing."))?;
    let now = authority.now();
    let bad = TokenError::InvalidGrant("The refresh token is not good.");
    let mut memory = authority.memory();
    let token = memory.refresh(text).filter(|token| token.expires > now).cloned().ok_or(bad.clone())?;
    let grant = memory.grant(token.grant).filter(|grant| grant.client == client.id).cloned().ok_or(bad)?;
    if token.used {
        memory.end_grant(token.grant);
        return Err(TokenError::InvalidGrant("The refresh token was used before; the grant has ended."));
    }
    let scopes = match parameters.get("scope") {
        None => grant.scopes.clone(),
        Some(asked) => {
            let asked = Scope::parse_list(asked);
            if !asked.iter().all(|scope| grant.scopes.contains(scope)) {
                return Err(TokenError::InvalidScope("The scope is wider than what was granted."));
            }
            asked
        }
    };
    if let Some(token) = memory.refresh(text) {
        token.used = true;
    }
    drop(memory);
    Ok(tokens(authority, token.grant, &grant, &scopes, Identity::AlreadyKnown))
}
