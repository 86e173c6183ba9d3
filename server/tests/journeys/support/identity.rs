//! The identity service of the tenant: a key set in a file, and tokens signed by its key.

use access::Clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use serde_json::{Value, json};

use super::world::World;

/// Name of the file with its key set, beside the configuration.
pub const KEY_SET: &str = "identity.jwks.json";

/// The section of the configuration; the Patients of its tokens are those of this source.
pub fn section(source: &str) -> String {
    format!(
        "[[care_plan_service.issuers]]\nissuer = \"https://id.valley.example\"\naudience = \"accord\"\n\
         jwks_file = \"identity.jwks.json\"\npatient_source = \"{source}\"\nroles_claim = \"realm_access.roles\"\n\
         roles = {{ doctor = \"clinician\", coordinator = \"coordinator\", patient = \"patient\" }}\n"
    )
}

fn key() -> p256::SecretKey {
    p256::SecretKey::from_slice(&[11; 32]).expect("a key")
}

/// Its key set.
pub fn key_set() -> Value {
    let point = key().public_key().to_encoded_point(false);
    let text = |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.expect("not compressed"));
    json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "k", "x": text(point.x()), "y": text(point.y()) }] })
}

/// A token of somebody in a role; `more` are further claims.
pub fn token(world: &World, subject: &str, role: &str, more: &Value) -> String {
    let mut claims = json!({
        "iss": "https://id.valley.example", "aud": ["accord", "portal"], "sub": subject, "name": subject,
        "exp": world.clock.now().as_second() + 300, "tenant": "valley", "realm_access": { "roles": [role] },
        "scope": "user/*.cruds patient/*.cruds",
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        claims[name] = value.clone();
    }
    let private = EncodingKey::from_ec_der(key().to_pkcs8_der().expect("a form").as_bytes());
    let header = Header { kid: Some("k".to_owned()), ..Header::new(Algorithm::ES256) };
    jsonwebtoken::encode(&header, &claims, &private).expect("a signature")
}
