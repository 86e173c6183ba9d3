//! Who the user is (checklist C2 to C4).

mod claims;
mod fhir_user;
mod key_set;
mod public_keys;

use access::{Role, Secret, UserKey, Viewer};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};

#[cfg(test)]
pub(crate) use claims::check as check_claims;
pub use fhir_user::{FhirUser, FhirUserKind};
pub(crate) use key_set::KeySets;
pub(crate) use key_set::choose_from;
pub use public_keys::PublicKeys;

use crate::document::Document;
use crate::{Client, Discovery, Smart};

/// Who the user is, as a verified identity token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Issuer and subject: the only lasting key of a user (C4).
    pub user: UserKey,
    /// The user's own resource, where the token names one that can be read.
    pub fhir_user: Option<FhirUser>,
    /// Name to show.
    pub name: Option<String>,
}

impl Identity {
    /// Verifies an identity token against a set of keys that is at hand: algorithm, key, signature, issuer, audience,
    /// times, subject, nonce. Nothing is fetched.
    pub fn verify(
        token: &Secret,
        keys: &[u8],
        client: &Client,
        discovery: &Discovery,
        nonce: &Secret,
        now: Timestamp,
    ) -> Result<Self, IdentityFault> {
        let (algorithm, kid) = header(token.expose())?;
        let keys = Document::parse(keys).ok_or(IdentityFault::UnknownKey)?;
        let key = choose_from(&keys.0, algorithm, kid.as_deref()).ok_or(IdentityFault::UnknownKey)?;
        claims::check(signed_claims(token, algorithm, &key)?, client, discovery, nonce, now)
    }

    /// The user as a viewer. `person_is` is what a user is whose resource is a `Person`, which says nothing about it;
    /// the operator decides. `None` where the token names no resource, so that the role is unknown.
    pub fn viewer(&self, person_is: Role) -> Option<Viewer> {
        let fhir_user = self.fhir_user.as_ref()?;
        Some(Viewer {
            user: Some(self.user.clone()),
            role: fhir_user.kind.role(person_is),
            name: self.name.clone(),
            fhir_user: Some(fhir_user.to_string()),
        })
    }
}

impl Smart {
    /// Verifies an identity token: algorithm, key, signature, issuer, audience, times, subject, nonce.
    pub(crate) async fn identify(
        &self,
        client: &Client,
        discovery: &Discovery,
        token: &Secret,
        nonce: &Secret,
    ) -> Result<Identity, IdentityError> {
        let refused = |fault| IdentityError::Refused { source_id: client.source.clone(), fault };
        let (algorithm, kid) = header(token.expose()).map_err(refused)?;
        let key = self.verification_key(client, discovery, algorithm, kid.as_deref()).await?;
        let claims = signed_claims(token, algorithm, &key).map_err(refused)?;
        claims::check(claims, client, discovery, nonce, self.clock.now()).map_err(refused)
    }
}

/// Checks the signature and hands over the claims. Times and audience are checked after it, against the clock that was
/// handed in.
fn signed_claims(token: &Secret, algorithm: Algorithm, key: &DecodingKey) -> Result<Map<String, Value>, IdentityFault> {
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let verified = jsonwebtoken::decode(token.expose(), key, &validation).map_err(|_| IdentityFault::Signature)?;
    Ok(verified.claims)
}

/// Reads algorithm and key id. Anything else in the header, such as an address of keys, is never looked at (S17).
pub(crate) fn header(token: &str) -> Result<(Algorithm, Option<String>), IdentityFault> {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    let encoded = token.split_once('.').map(|(header, _)| header).ok_or(IdentityFault::Malformed)?;
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| IdentityFault::Malformed)?;
    let header = Document::parse(&bytes).ok_or(IdentityFault::Malformed)?;
    // A header that must be understood and is not ends it (RFC 7515 section 4.1.11); we understand none.
    if header.0.contains_key("crit") {
        return Err(IdentityFault::Malformed);
    }
    let algorithm = match header.text("alg") {
        Some("RS256") => Algorithm::RS256,
        Some("RS384") => Algorithm::RS384,
        Some("PS256") => Algorithm::PS256,
        Some("ES256") => Algorithm::ES256,
        Some("ES384") => Algorithm::ES384,
        _ => return Err(IdentityFault::Algorithm),
    };
    Ok((algorithm, header.text("kid").map(str::to_owned)))
}

/// Why it is not known who the user is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The identity token does not verify. Nothing it says is used.
    #[error("the identity token of source {source_id} was refused: {fault}")]
    Refused {
        /// The source.
        source_id: String,
        /// What is wrong with it.
        fault: IdentityFault,
    },
    /// The keys could not be fetched.
    #[error("the keys of source {source_id} could not be fetched")]
    NotAsked {
        /// The source.
        source_id: String,
        /// Why.
        #[source]
        cause: outbound::OutboundError,
    },
    /// What should hold the keys cannot be read, or does not belong to the issuer that was asked.
    #[error("the keys of source {source_id} cannot be used: {field}")]
    Keys {
        /// The source.
        source_id: String,
        /// What is wrong or missing.
        field: &'static str,
    },
}

/// What is wrong with an identity token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// It is no signed token.
    #[error("not a signed token")]
    Malformed,
    /// It is not signed in one of the four ways we take; `none` and shared secrets are not among them.
    #[error("algorithm not accepted")]
    Algorithm,
    /// No key of the source fits, or the token does not say which of several.
    #[error("no key for it")]
    UnknownKey,
    /// The signature does not fit.
    #[error("signature")]
    Signature,
    /// Another issuer.
    #[error("issuer")]
    Issuer,
    /// Made for another client.
    #[error("audience")]
    Audience,
    /// Too old, or from the future.
    #[error("time")]
    Time,
    /// Made for another launch.
    #[error("nonce")]
    Nonce,
    /// No subject, or one of more than 255 characters.
    #[error("subject")]
    Subject,
}
