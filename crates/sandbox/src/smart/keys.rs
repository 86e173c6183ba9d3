//! The key an EHR signs its id_tokens with; made anew at each start.

use access::Randomness;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p384::elliptic_curve::sec1::ToEncodedPoint;
use p384::pkcs8::{EncodePrivateKey, LineEnding};
use rsa::{rand_core, traits::PublicKeyParts};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::config::Signing;

/// A private key with its public half as a JWK.
pub(crate) struct SigningKey {
    algorithm: Algorithm,
    private: EncodingKey,
    public: Value,
    kid: String,
}

impl SigningKey {
    /// Makes a key.
    pub(super) fn generate(signing: Signing, random: &dyn Randomness) -> Self {
        match signing {
            Signing::ES384 => Self::p384(random),
            Signing::RS256 => Self::rsa(random),
        }
    }

    pub(crate) fn algorithm_name(&self) -> &'static str {
        if self.algorithm == Algorithm::ES384 { "ES384" } else { "RS256" }
    }

    pub(crate) fn public_jwk(&self) -> &Value {
        &self.public
    }

    /// Signs claims as a compact JWT.
    pub(super) fn sign(&self, claims: &Value) -> String {
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(self.algorithm) };
        jsonwebtoken::encode(&header, claims, &self.private).expect("the key was made for this algorithm")
    }

    /// Signs claims under any header, as only a hostile server does.
    pub(crate) fn sign_as(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| encode(value.to_string().as_bytes());
        let message = format!("{}.{}", part(header), part(claims));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.private, self.algorithm);
        format!("{message}.{}", signature.expect("the key was made for this algorithm"))
    }

    fn p384(random: &dyn Randomness) -> Self {
        let secret = loop {
            let mut bytes = [0_u8; 48];
            random.fill(&mut bytes);
            // Refused only when the number is zero or not below the curve's order, about once in 2^190.
            if let Ok(secret) = p384::SecretKey::from_slice(&bytes) {
                break secret;
            }
        };
        let point = secret.public_key().to_encoded_point(false);
        let (x, y) = (point.x().expect("not the point at infinity"), point.y().expect("not compressed"));
        let pem = secret.to_pkcs8_pem(LineEnding::LF).expect("a key can be written");
        let private = EncodingKey::from_ec_pem(pem.as_bytes()).expect("what was just written can be read");
        let public = json!({ "kty": "EC", "crv": "P-384", "x": encode(x), "y": encode(y) });
        Self::new(Algorithm::ES384, private, public)
    }

    fn rsa(random: &dyn Randomness) -> Self {
        let secret = rsa::RsaPrivateKey::new(&mut Source(random), 2048).expect("2048 bits are possible");
        let pem = rsa::pkcs1::EncodeRsaPrivateKey::to_pkcs1_pem(&secret, LineEnding::LF).expect("a key can be written");
        let private = EncodingKey::from_rsa_pem(pem.as_bytes()).expect("what was just written can be read");
        let (n, e) = (secret.n().to_bytes_be(), secret.e().to_bytes_be());
        let public = json!({ "kty": "RSA", "n": encode(&n), "e": encode(&e) });
        Self::new(Algorithm::RS256, private, public)
    }

    fn new(algorithm: Algorithm, private: EncodingKey, mut public: Value) -> Self {
        let digest = Sha256::digest(public.to_string());
        let kid = encode(&digest[..9]);
        public["kid"] = json!(kid);
        public["use"] = json!("sig");
        public["alg"] = json!(if algorithm == Algorithm::ES384 { "ES384" } else { "RS256" });
        Self { algorithm, private, public, kid }
    }
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The handed-in randomness in the shape that the `rsa` crate asks for.
struct Source<'a>(&'a dyn Randomness);

impl rand_core::RngCore for Source<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl rand_core::CryptoRng for Source<'_> {}
