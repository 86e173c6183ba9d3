//! What an authorization server remembers between requests. All of it is lost when the process ends.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{authorize::AuthorizationRequest, scope::Scope};

/// An EHR launch that has been prepared and not yet been asked for.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The application that was launched.
    pub client: String,
    /// Who launched it.
    pub user: String,
    /// Whose record was open.
    pub patient: String,
    /// Until when it may be used.
    pub expires: Timestamp,
}

/// A standalone launch between the sign-in page and the code.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub request: AuthorizationRequest,
    /// Value of the cookie of the browser that asked.
    pub browser: String,
    pub user: Option<String>,
    pub expires: Timestamp,
}

/// An authorization code that has been given out.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub client: String,
    pub redirect_uri: String,
    pub challenge: String,
    pub nonce: Option<String>,
    pub expires: Timestamp,
    pub grant: GrantId,
    pub used: bool,
}

/// Number of a grant within one authorization server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct GrantId(u64);

/// What a user, or the registration of Backend Services, allowed a client.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub client: String,
    /// Who allowed it; `None` where no user is there (Backend Services).
    pub user: Option<String>,
    pub patient: Option<String>,
    pub scopes: Vec<Scope>,
}

#[derive(Debug, Clone)]
pub(super) struct AccessToken {
    pub grant: GrantId,
    pub scopes: Vec<Scope>,
    pub expires: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct RefreshToken {
    pub grant: GrantId,
    pub expires: Timestamp,
    /// Kept after rotation, so that a second use is recognised as a theft.
    pub used: bool,
}

#[derive(Debug, Default)]
pub(super) struct Memory {
    launches: HashMap<String, Launch>,
    pending: HashMap<String, Pending>,
    codes: HashMap<String, Code>,
    grants: HashMap<GrantId, Grant>,
    access: HashMap<String, AccessToken>,
    refresh: HashMap<String, RefreshToken>,
    /// Assertions seen, by client and `jti`, until they would be too old anyway.
    assertions: HashMap<(String, String), Timestamp>,
    grants_so_far: u64,
}

impl Memory {
    pub(super) fn put_launch(&mut self, id: String, launch: Launch, now: Timestamp) {
        self.launches.retain(|_, launch| launch.expires > now);
        self.launches.insert(id, launch);
    }

    /// A launch may be read more than once: a browser that reloads `/launch` starts the same launch again.
    pub(super) fn launch(&self, id: &str, now: Timestamp) -> Option<Launch> {
        self.launches.get(id).filter(|launch| launch.expires > now).cloned()
    }

    pub(super) fn put_pending(&mut self, id: String, pending: Pending, now: Timestamp) {
        self.pending.retain(|_, pending| pending.expires > now);
        self.pending.insert(id, pending);
    }

    /// The pending sign-in, if this browser began it.
    pub(super) fn pending(&mut self, id: &str, browser: &str, now: Timestamp) -> Option<&mut Pending> {
        self.pending.get_mut(id).filter(|pending| pending.browser == browser && pending.expires > now)
    }

    pub(super) fn end_pending(&mut self, id: &str) {
        self.pending.remove(id);
    }

    pub(super) fn add_grant(&mut self, grant: Grant) -> GrantId {
        self.grants_so_far += 1;
        let id = GrantId(self.grants_so_far);
        self.grants.insert(id, grant);
        id
    }

    pub(super) fn grant(&self, id: GrantId) -> Option<&Grant> {
        self.grants.get(&id)
    }

    pub(super) fn put_code(&mut self, text: String, code: Code) {
        self.codes.insert(text, code);
    }

    /// A code, used or not: the second use must be recognised.
    pub(super) fn code(&mut self, text: &str) -> Option<&mut Code> {
        self.codes.get_mut(text)
    }

    pub(super) fn put_access(&mut self, text: String, token: AccessToken, now: Timestamp) {
        self.access.retain(|_, token| token.expires > now);
        self.access.insert(text, token);
    }

    /// An access token that is still good, with its grant.
    pub(super) fn access(&self, text: &str, now: Timestamp) -> Option<(&AccessToken, &Grant)> {
        let token = self.access.get(text).filter(|token| token.expires > now)?;
        Some((token, self.grants.get(&token.grant)?))
    }

    pub(super) fn put_refresh(&mut self, text: String, token: RefreshToken) {
        self.refresh.insert(text, token);
    }

    pub(super) fn refresh(&mut self, text: &str) -> Option<&mut RefreshToken> {
        self.refresh.get_mut(text)
    }

    pub(super) fn forget_refresh(&mut self, text: &str) {
        self.refresh.remove(text);
    }

    /// Ends a grant with all its tokens.
    pub(super) fn end_grant(&mut self, id: GrantId) {
        self.grants.remove(&id);
        self.access.retain(|_, token| token.grant != id);
        self.refresh.retain(|_, token| token.grant != id);
    }

    /// Ends every grant that users gave, as people do who withdraw at the EHR what they allowed.
    pub(super) fn end_grants_of_users(&mut self) -> usize {
        let ids: Vec<GrantId> =
            self.grants.iter().filter(|(_, grant)| grant.user.is_some()).map(|(id, _)| *id).collect();
        for id in &ids {
            self.end_grant(*id);
        }
        ids.len()
    }

    /// Ends one token at the wish of the client it was given to (RFC 7009); a refresh token ends its whole grant.
    pub(super) fn revoke(&mut self, text: &str, client: &str) {
        let owned = |memory: &Self, id| memory.grants.get(&id).is_some_and(|grant| grant.client == client);
        if let Some(id) = self.refresh.get(text).map(|token| token.grant).filter(|id| owned(self, *id)) {
            self.end_grant(id);
        }
        if self.access.get(text).is_some_and(|token| owned(self, token.grant)) {
            self.access.remove(text);
        }
    }

    pub(super) fn expire_access_tokens(&mut self) -> usize {
        std::mem::take(&mut self.access).len()
    }

    /// Notes an assertion; `false` if it was seen before.
    pub(super) fn first_use(&mut self, client: &str, jti: &str, expires: Timestamp, now: Timestamp) -> bool {
        self.assertions.retain(|_, expires| *expires > now);
        self.assertions.insert((client.to_owned(), jti.to_owned()), expires).is_none()
    }
}
