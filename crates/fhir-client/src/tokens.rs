//! Where access tokens come from.

use access::Secret;
use async_trait::async_trait;

/// The tokens of one grant: one launch at one source.
///
/// The holder refreshes once for all requests that meet a 401 with the same token (single flight), since a rotated
/// refresh token that is used twice may end the grant.
#[async_trait]
pub trait AccessTokens: Send + Sync {
    /// The token to use now, refreshed where it is about to expire.
    async fn current(&self) -> Result<Secret, TokenError>;

    /// The token to use after the server refused `refused`: another one where there is one by now, else a refreshed one.
    async fn after_401(&self, refused: &Secret) -> Result<Secret, TokenError>;
}

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The grant has ended or cannot be refreshed.
    #[error("the user must sign in at this source again")]
    SignInExpired,
    /// The authorization server or the store of grants could not be asked; the grant may still be good.
    #[error("the grant could not be renewed for now")]
    Unreachable,
}
