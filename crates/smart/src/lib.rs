//! SMART App Launch as a client: discovery, launch, callback, tokens, identity (SMART App Launch 2.2, and 1.0/2.0 servers).
//!
//! Every launch is an untrusted request and every source is an untrusted sender. The way of a launch:
//!
//! 1. [`LaunchQuery`] reads what the EHR sent; [`Registry::by_issuer`] finds the [`Client`] for the issuer, or refuses
//!    before any request leaves.
//! 2. [`Smart::begin`] asks the source what it offers and makes the [`Authorization`]: the address to send the browser to,
//!    the secret that binds the answer to this browser, and the [`PendingLaunch`] to keep until the answer comes.
//! 3. [`Callback`] reads the answer; [`Smart::complete`] takes the pending launch (once), checks browser, issuer and code,
//!    fetches the tokens, verifies who the user is, and hands over [`Granted`].
//! 4. [`Smart::renew`] replaces an access token that has ended, one refresh at a time; [`Smart::revoke`] gives a grant back.
//!
//! Without a user, [`Smart::backend_token`] gets a token with `system/` scopes; [`Smart::brands`] reads which providers a
//! source lists.
//!
//! Nothing here opens a socket, reads a clock or draws random bits by itself: [`Smart::new`] is handed all three. What is
//! kept between steps goes through the ports [`PendingLaunches`] and [`Grants`], sealed by whoever implements them.
//!
//! Errors and `Debug` output name sources and fields. They never hold a code, a token, a state, a verifier, a subject or
//! the query of an address; tests search for canaries to keep it so.

mod brands;
mod client;
mod digest;
mod discovery;
mod document;
mod grant;
mod identity;
mod keys;
mod launch;
mod registry;
mod scope;
#[cfg(test)]
mod strange;
mod token;

use std::fmt;
use std::sync::Arc;

use access::{Clock, Randomness};

pub use brands::{Brand, BrandBundle, BrandEndpoint, BrandsError, Portal, Provider};
pub use client::{Client, ClientAuth};
pub use digest::{random_secret, secret_hash};
pub use discovery::{CAPABILITIES, Discovery, DiscoveryError, Extras, FoundBy};
pub use grant::{Grant, Grants, REFRESH_TURN, Turn};
pub use identity::{FhirUser, FhirUserKind, Identity, IdentityError, IdentityFault, PublicKeys};
pub use keys::{KeyError, SigningKey, jwks};
pub use launch::{
    Authorization, AuthorizationRefusal, BeginError, Callback, CallbackError, Granted, LaunchQuery, LaunchQueryError,
    PENDING_LIFETIME, PendingLaunch, PendingLaunches, Start, Way,
};
pub use registry::{Issuer, Registry, RegistryError, UnknownIssuer};
pub use scope::{Context as AskedFor, Level, Permission, Scope, asked as scopes_asked, permission, permits, unaskable};
pub use token::{
    AuthorizationDetail, BackendError, ContextItem, GrantPlace, Intent, LaunchContext, RefreshError, RenewError,
    RevokeError, Revoked, TokenError, TokenRefusal,
};

/// The state was written by another version, or is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what was stored could not be read")]
pub struct Unreadable;

/// A SMART client for all registered sources; keeps what it found out about them.
pub struct Smart {
    outbound: outbound::Client,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Randomness>,
    discoveries: discovery::Discoveries,
    key_sets: identity::KeySets,
    backend_tokens: token::BackendTokens,
    brands: brands::KnownBrands,
}

impl Smart {
    /// Takes the way out, the clock and the randomness that everything here uses.
    pub fn new(outbound: outbound::Client, clock: Arc<dyn Clock>, random: Arc<dyn Randomness>) -> Self {
        Self {
            outbound,
            clock,
            random,
            discoveries: Default::default(),
            key_sets: Default::default(),
            backend_tokens: Default::default(),
            brands: Default::default(),
        }
    }
}

impl fmt::Debug for Smart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smart").finish_non_exhaustive()
    }
}
