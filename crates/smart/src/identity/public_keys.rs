//! A key set at hand, for tokens that are not SMART's own.

use access::Secret;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Map, Value};

use super::key_set::{choose, fits, keys};
use super::{IdentityFault, header, signed_claims};
use crate::document::Document;

/// The public keys of an issuer.
#[derive(Debug, Clone)]
pub struct PublicKeys(Vec<Jwk>);

impl PublicKeys {
    /// Reads a JSON Web Key Set; a key that cannot be read is one that cannot be used. `None` where it is no set.
    pub fn read(set: &[u8]) -> Option<Self> {
        keys(&Document::parse(set)?.0).map(Self)
    }

    /// Which of these algorithms some key of the set is for, by their names.
    pub fn usable<'a>(&self, algorithms: &[&'a str]) -> Vec<&'a str> {
        let is_served =
            |name: &&&str| name.parse().is_ok_and(|algorithm| self.0.iter().any(|key| fits(key, algorithm)));
        algorithms.iter().filter(is_served).copied().collect()
    }

    /// Checks form, algorithm and signature of a token and hands over its claims, of which nothing is checked.
    /// `algorithms` are the names that are taken, of those that this crate takes at all.
    ///
    /// # Errors
    /// What is wrong with it; [`IdentityFault::UnknownKey`] where another key set might help.
    pub fn verify(&self, token: &Secret, algorithms: &[&str]) -> Result<Map<String, Value>, IdentityFault> {
        let (algorithm, kid) = header(token.expose())?;
        if !algorithms.contains(&format!("{algorithm:?}").as_str()) {
            return Err(IdentityFault::Algorithm);
        }
        let key = choose(&self.0, algorithm, kid.as_deref()).ok_or(IdentityFault::UnknownKey)?;
        signed_claims(token, algorithm, &key)
    }
}
