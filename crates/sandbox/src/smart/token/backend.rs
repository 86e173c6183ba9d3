//! `grant_type=client_credentials`: tokens without a user (SMART Backend Services).

use axum::response::Response;

use super::answer::{Identity, TokenError, tokens};
use crate::{
    config::ClientConfig,
    smart::{
        Authority,
        form::Parameters,
        memory::Grant,
        scope::{Scope, grantable_to_system},
    },
};

/// Gives a short access token for the system scopes that the client asks for and is registered with; no refresh token.
pub(super) fn give(
    authority: &Authority,
    client: &ClientConfig,
    parameters: &Parameters,
) -> Result<Response, TokenError> {
    if !client.is_backend() {
        return Err(TokenError::UnauthorizedClient("The client is not registered for Backend Services."));
    }
    let asked = parameters.get("scope").ok_or(TokenError::InvalidScope("The parameter scope is missing."))?;
    let registered: Vec<Scope> = client.system_scopes.iter().map(|scope| Scope::parse(scope)).collect();
    let scopes = grantable_to_system(&Scope::parse_list(asked), &registered, &authority.refuse_types);
    if scopes.is_empty() {
        return Err(TokenError::InvalidScope("None of the scopes can be granted."));
    }
    let grant = Grant { client: client.id.clone(), user: None, patient: None, scopes };
    let id = authority.memory().add_grant(grant.clone());
    Ok(tokens(authority, id, &grant, &grant.scopes, Identity::AlreadyKnown))
}
