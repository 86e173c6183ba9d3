//! Accord's own signing keys, for `private_key_jwt` (checklist T3).

mod assertion;

use std::fmt;
use std::sync::Arc;

use access::{Randomness, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use p384::elliptic_curve::sec1::ToEncodedPoint;
use p384::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(crate) use assertion::assertion;

/// A private key that signs client assertions, with the name and the public half that sources know.
#[derive(Clone)]
pub struct SigningKey {
    inner: Arc<Inner>,
}

struct Inner {
    algorithm: Algorithm,
    kid: String,
    private: EncodingKey,
    public: Value,
}

impl SigningKey {
    /// Reads a private key in PKCS#8 PEM: on the curve P-384 it signs with ES384, an RSA key of 2048 bits or more with
    /// RS384. The two are what SMART names.
    pub fn from_pkcs8_pem(pem: &str) -> Result<Self, KeyError> {
        if let Ok(key) = p384::SecretKey::from_pkcs8_pem(pem) {
            return Self::es384(&key);
        }
        let key = rsa::RsaPrivateKey::from_pkcs8_pem(pem).map_err(|_| KeyError::NotReadable)?;
        Self::rs384(&key)
    }

    /// Makes a new ES384 key as PKCS#8 PEM, to be written to a file that only this process can read.
    pub fn generate_es384_pem(random: &dyn Randomness) -> Secret {
        let mut bits = Zeroizing::new([0; 48]);
        // All but one in 2^190 draws is a key.
        let key = loop {
            random.fill(bits.as_mut());
            if let Ok(key) = p384::SecretKey::from_slice(bits.as_ref()) {
                break key;
            }
        };
        let pem = key.to_pkcs8_pem(LineEnding::LF).expect("a P-384 key has a PKCS#8 form");
        Secret::new(pem.as_str())
    }

    /// The key's name: its thumbprint (RFC 7638), so that the same key has the same name everywhere.
    pub fn kid(&self) -> &str {
        &self.inner.kid
    }

    /// `ES384` or `RS384`.
    pub fn algorithm(&self) -> &'static str {
        if self.inner.algorithm == Algorithm::ES384 { "ES384" } else { "RS384" }
    }

    fn es384(key: &p384::SecretKey) -> Result<Self, KeyError> {
        let point = key.public_key().to_encoded_point(false);
        let (Some(x), Some(y)) = (point.x(), point.y()) else { return Err(KeyError::NotReadable) };
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        let kid = thumbprint(&format!(r#"{{"crv":"P-384","kty":"EC","x":"{x}","y":"{y}"}}"#));
        let private = key.to_pkcs8_der().map_err(|_| KeyError::NotReadable)?;
        let public = json!({"kty": "EC", "crv": "P-384", "x": x, "y": y, "use": "sig", "alg": "ES384", "kid": kid});
        Ok(Self::new(Algorithm::ES384, kid, EncodingKey::from_ec_der(private.as_bytes()), public))
    }

    fn rs384(key: &rsa::RsaPrivateKey) -> Result<Self, KeyError> {
        if key.size() < 256 {
            return Err(KeyError::TooShort);
        }
        let (n, e) = (URL_SAFE_NO_PAD.encode(key.n().to_bytes_be()), URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()));
        let kid = thumbprint(&format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#));
        let private = key.to_pkcs1_der().map_err(|_| KeyError::NotReadable)?;
        let public = json!({"kty": "RSA", "n": n, "e": e, "use": "sig", "alg": "RS384", "kid": kid});
        Ok(Self::new(Algorithm::RS384, kid, EncodingKey::from_rsa_der(private.as_bytes()), public))
    }

    fn new(algorithm: Algorithm, kid: String, private: EncodingKey, public: Value) -> Self {
        Self { inner: Arc::new(Inner { algorithm, kid, private, public }) }
    }
}

fn thumbprint(members: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(members))
}

/// Shows the key's name and algorithm only.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("kid", &self.kid())
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}

/// The public halves as a key set, for `/.well-known/jwks.json`; a key that is given twice stands in it once.
pub fn jwks(keys: &[SigningKey]) -> Value {
    let mut public: Vec<&Value> = Vec::new();
    for key in keys {
        if !public.contains(&&key.inner.public) {
            public.push(&key.inner.public);
        }
    }
    json!({ "keys": public })
}

/// Why a private key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is no PKCS#8 PEM of an RSA key or of one on P-384.
    #[error("not a PKCS#8 PEM private key on P-384 or for RSA")]
    NotReadable,
    /// An RSA key below 2048 bits.
    #[error("an RSA key needs 2048 bits or more")]
    TooShort,
}
