//! What an identity token says, checked after its signature (checklist C2).

use access::{Secret, UserKey};
use jiff::Timestamp;
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

use super::{FhirUser, Identity, IdentityFault};
use crate::document::Document;
use crate::{Client, Discovery};

/// Seconds by which two clocks may differ.
const SKEW: i64 = 60;

/// Checks the claims and reads the identity from them.
pub(crate) fn check(
    claims: Map<String, Value>,
    client: &Client,
    discovery: &Discovery,
    nonce: &Secret,
    now: Timestamp,
) -> Result<Identity, IdentityFault> {
    let claims = Document(claims);
    let issuer = claims.text("iss").filter(|iss| Some(*iss) == discovery.issuer.as_deref());
    let issuer = issuer.ok_or(IdentityFault::Issuer)?.to_owned();
    check_audience(&claims, &client.client_id)?;

    let ends = claims.seconds("exp").ok_or(IdentityFault::Time)?;
    let issued = claims.seconds("iat").ok_or(IdentityFault::Time)?;
    if ends <= now.as_second().saturating_sub(SKEW) || issued > now.as_second().saturating_add(SKEW) {
        return Err(IdentityFault::Time);
    }
    // SMART does not ask servers to repeat the nonce; one that does must repeat ours.
    match claims.0.get("nonce") {
        None | Some(Value::Null) => {}
        Some(Value::String(said)) if bool::from(said.as_bytes().ct_eq(nonce.expose().as_bytes())) => {}
        Some(_) => return Err(IdentityFault::Nonce),
    }
    let subject = claims.text("sub").filter(|sub| sub.len() <= 255).ok_or(IdentityFault::Subject)?.to_owned();

    // Some servers put the user's resource into `profile` (C3).
    let fhir_user = ["fhirUser", "profile"].iter().find_map(|claim| FhirUser::parse(claims.text(claim)?));
    let name = claims.text("name").map(|name| name.chars().filter(|letter| !letter.is_control()).take(200).collect());
    Ok(Identity { user: UserKey { issuer, subject }, fhir_user, name })
}

/// `aud` has our client id; where it has several, `azp` must be ours too.
fn check_audience(claims: &Document, client_id: &str) -> Result<(), IdentityFault> {
    let (ours, several) = match claims.0.get("aud") {
        Some(Value::String(audience)) => (audience == client_id, false),
        Some(Value::Array(list)) => (list.iter().any(|audience| audience == client_id), list.len() > 1),
        _ => (false, false),
    };
    let party = claims.0.get("azp");
    let party_is_ours = party.map_or(!several, |party| party == client_id);
    if ours && party_is_ours { Ok(()) } else { Err(IdentityFault::Audience) }
}
