//! Keys of a fake source: each signs identity tokens in one of the ways that SMART servers do.

use std::sync::LazyLock;

use access::Randomness;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::{EncodePrivateKey, LineEnding};
use rsa::rand_core::{CryptoRng, Error, RngCore};
use serde_json::{Value, json};
use smart::SigningKey;

use crate::world::Repeating;

/// A private key and its public half.
#[derive(Clone)]
pub struct Signer {
    pub algorithm: Algorithm,
    pub kid: String,
    private: EncodingKey,
    pub public: Value,
}

impl Signer {
    pub fn es384() -> Self {
        Self::of_pem(Algorithm::ES384, &es384_pem())
    }

    pub fn rs384() -> Self {
        Self::of_pem(Algorithm::RS384, &RSA_PEM)
    }

    /// The same key as in [`Signer::rs384`], named for the other algorithm.
    pub fn rs256() -> Self {
        let mut signer = Self::of_pem(Algorithm::RS384, &RSA_PEM);
        signer.algorithm = Algorithm::RS256;
        signer.public["alg"] = json!("RS256");
        signer
    }

    pub fn es256() -> Self {
        let key = p256::SecretKey::from_slice(&[7; 32]).expect("a key");
        let point = key.public_key().to_encoded_point(false);
        let text = |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.expect("not compressed"));
        let kid = "the only key".to_owned();
        let public = json!({"kty": "EC", "crv": "P-256", "x": text(point.x()), "y": text(point.y()), "kid": kid});
        let private = EncodingKey::from_ec_der(key.to_pkcs8_der().expect("a form").as_bytes());
        Self { algorithm: Algorithm::ES256, kid, private, public }
    }

    fn of_pem(algorithm: Algorithm, pem: &str) -> Self {
        let key = SigningKey::from_pkcs8_pem(pem).expect("a key");
        let private = match algorithm {
            Algorithm::ES384 => EncodingKey::from_ec_pem(pem.as_bytes()),
            _ => EncodingKey::from_rsa_pem(pem.as_bytes()),
        };
        let public = smart::jwks(std::slice::from_ref(&key))["keys"][0].clone();
        Self { algorithm, kid: key.kid().to_owned(), private: private.expect("a key"), public }
    }

    /// Signs claims, naming the key.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(Some(&self.kid), claims)
    }

    /// Signs claims, naming the key in this way.
    pub fn sign_as(&self, kid: Option<&str>, claims: &Value) -> String {
        let mut header = Header::new(self.algorithm);
        header.kid = kid.map(str::to_owned);
        jsonwebtoken::encode(&header, claims, &self.private).expect("a signature")
    }
}

/// A P-384 key, the same each time.
pub fn es384_pem() -> String {
    SigningKey::generate_es384_pem(&Repeating::new(b"a P-384 key")).expose().to_owned()
}

/// An RSA key of 2048 bits, the same each time; made once, because it takes a while.
pub static RSA_PEM: LazyLock<String> = LazyLock::new(|| {
    let key = rsa::RsaPrivateKey::new(&mut Rng(Repeating::new(b"an RSA key")), 2048).expect("a key");
    key.to_pkcs8_pem(LineEnding::LF).expect("a form").to_string()
});

struct Rng(Repeating);

impl RngCore for Rng {
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

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl CryptoRng for Rng {}
