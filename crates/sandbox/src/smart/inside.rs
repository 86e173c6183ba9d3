//! What a hostile EHR may do inside its own authorization server, and nobody else.

use jiff::SignedDuration;

use super::{
    Authority,
    keys::SigningKey,
    memory::{AccessToken, Grant},
    scope::Scope,
};
use crate::config::Signing;

impl Authority {
    /// The key that signs id_tokens.
    pub(crate) fn signing_key(&self) -> &SigningKey {
        &self.key
    }

    /// A fresh key of the same kind, which is published nowhere.
    pub(crate) fn another_key(&self) -> SigningKey {
        let signing = if self.key.algorithm_name() == "ES384" { Signing::ES384 } else { Signing::RS256 };
        SigningKey::generate(signing, &*self.random)
    }

    /// Now, in seconds since 1970.
    pub(crate) fn seconds(&self) -> i64 {
        self.now().as_second()
    }

    /// Makes a code one that another client has to redeem.
    pub(crate) fn give_code_to(&self, client: &str, code: &str) {
        if let Some(code) = self.memory().code(code) {
            client.clone_into(&mut code.client);
        }
    }

    /// Makes a code one that another launch asked for: nobody here knows its verifier.
    pub(crate) fn bind_code_elsewhere(&self, code: &str) {
        let challenge = self.opaque();
        if let Some(code) = self.memory().code(code) {
            code.challenge = challenge;
        }
    }

    /// An access token for any client and any person, good for five minutes.
    pub(crate) fn token_for(&self, client: &str, patient: &str) -> String {
        let user = self.directory.users().iter().find(|user| user.patients.iter().any(|id| id == patient));
        let scopes = Scope::parse_list("patient/*.cruds");
        let token = self.opaque();
        let expires = self.now() + SignedDuration::from_mins(5);
        let mut memory = self.memory();
        let grant = memory.add_grant(Grant {
            client: client.to_owned(),
            user: Some(user.map(|user| user.id.clone()).unwrap_or_default()),
            patient: Some(patient.to_owned()),
            scopes: scopes.clone(),
        });
        let now = self.now();
        memory.put_access(token.clone(), AccessToken { grant, scopes, expires }, now);
        token
    }

    /// Forgets a refresh token that was just given out.
    pub(crate) fn forget_refresh_token(&self, token: &str) {
        self.memory().forget_refresh(token);
    }
}
