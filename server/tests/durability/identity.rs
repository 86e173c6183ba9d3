//! The identity service whose tokens the writers carry.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use serde_json::{Value, json};

/// The Patient whose plans are written.
pub const PATIENT: (&str, &str) = ("valley-ehr", "p1");

fn key() -> p256::SecretKey {
    p256::SecretKey::from_slice(&[11; 32]).expect("a key")
}

/// Its key set.
pub fn key_set() -> Value {
    let point = key().public_key().to_encoded_point(false);
    let text = |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.expect("not compressed"));
    json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "k", "x": text(point.x()), "y": text(point.y()) }] })
}

/// A clinician's token about the one Patient.
pub fn token(subject: &str) -> String {
    let claims = json!({
        "iss": "https://id.valley.example", "aud": "accord", "sub": subject, "name": subject,
        "exp": 4_000_000_000_i64, "tenant": "valley", "roles": ["doctor"], "patient": PATIENT.1,
        "scope": "user/*.cruds",
    });
    let private = EncodingKey::from_ec_der(key().to_pkcs8_der().expect("a form").as_bytes());
    let header = Header { kid: Some("k".to_owned()), ..Header::new(Algorithm::ES256) };
    jsonwebtoken::encode(&header, &claims, &private).expect("a signature")
}
