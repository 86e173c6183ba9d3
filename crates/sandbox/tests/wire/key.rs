//! The key of a client, and the assertions it signs.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p384::{
    elliptic_curve::sec1::ToEncodedPoint,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use rsa::{pkcs1::EncodeRsaPrivateKey, traits::PublicKeyParts};
use serde_json::{Value, json};

use crate::house::House;

pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client's private key and its public half.
pub struct Key {
    pub algorithm: Algorithm,
    private: EncodingKey,
    pub public: Value,
}

impl Key {
    pub fn es384(byte: u8) -> Self {
        let secret = p384::SecretKey::from_slice(&[byte; 48]).unwrap();
        let point = secret.public_key().to_encoded_point(false);
        let (x, y) = (URL_SAFE_NO_PAD.encode(point.x().unwrap()), URL_SAFE_NO_PAD.encode(point.y().unwrap()));
        Self {
            algorithm: Algorithm::ES384,
            private: EncodingKey::from_ec_pem(secret.to_pkcs8_pem(LineEnding::LF).unwrap().as_bytes()).unwrap(),
            public: json!({"keys": [{"kty": "EC", "crv": "P-384", "x": x, "y": y, "kid": "k1", "alg": "ES384"}]}),
        }
    }

    pub fn rs384() -> Self {
        let secret = rsa::RsaPrivateKey::new(&mut Counter(1), 2048).unwrap();
        let (n, e) =
            (URL_SAFE_NO_PAD.encode(secret.n().to_bytes_be()), URL_SAFE_NO_PAD.encode(secret.e().to_bytes_be()));
        Self {
            algorithm: Algorithm::RS384,
            private: EncodingKey::from_rsa_pem(secret.to_pkcs1_pem(LineEnding::LF).unwrap().as_bytes()).unwrap(),
            public: json!({"keys": [{"kty": "RSA", "n": n, "e": e, "kid": "k1", "alg": "RS384"}]}),
        }
    }

    pub fn sign(&self, kid: Option<&str>, claims: &Value) -> String {
        let header = Header { kid: kid.map(str::to_owned), ..Header::new(self.algorithm) };
        jsonwebtoken::encode(&header, claims, &self.private).unwrap()
    }
}

/// Numbers that look random enough to find primes.
struct Counter(u64);

impl rsa::rand_core::RngCore for Counter {
    fn next_u32(&mut self) -> u32 {
        (self.next_u64() >> 32) as u32
    }
    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.0 ^ (self.0 >> 29)
    }
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.next_u32() as u8);
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl rsa::rand_core::CryptoRng for Counter {}

/// Claims of a good assertion with some replaced; null takes one out.
pub fn claims(house: &House, jti: &str, changes: &[(&str, Value)]) -> Value {
    let now = access::Clock::now(&*house.clock).as_second();
    let mut claims = json!({"iss": "signed", "sub": "signed", "aud": house.at("/auth/token"), "exp": now + 240, "iat": now, "jti": jti});
    for (name, value) in changes {
        claims[*name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    claims
}
