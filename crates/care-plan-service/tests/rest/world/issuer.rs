//! An identity service: keys of its own, a key set that can be had or not, tokens as they are asked for.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use access::Clock;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use care_plan_service::identity::{KeySource, KeysNotFetched};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::{EncodePrivateKey, LineEnding};
use rsa::rand_core::{CryptoRng, RngCore};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

pub const ISSUER: &str = "https://id.valley.example";
pub const AUDIENCE: &str = "accord-care-plans";

/// The identity service.
pub struct Issuer {
    clock: Arc<dyn Clock>,
    /// The seeds of the keys in its set; a key is called by its seed.
    pub published: Mutex<Vec<u8>>,
    pub down: Mutex<bool>,
    pub asked: AtomicUsize,
    /// Whether its set holds the RSA key too.
    pub has_rsa: Mutex<bool>,
    name: &'static str,
}

impl Issuer {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::named(ISSUER, 7, clock)
    }

    /// An identity service with another name and another key.
    pub fn named(name: &'static str, seed: u8, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            published: Mutex::new(vec![seed]),
            down: Mutex::new(false),
            asked: AtomicUsize::new(0),
            has_rsa: Mutex::new(false),
            name,
        }
    }

    /// Claims with nothing wrong in them.
    pub fn claims(&self) -> Value {
        let now = self.clock.now().as_second();
        json!({
            "iss": self.name, "aud": AUDIENCE, "sub": "somebody", "name": "Dr. Ada Moss", "exp": now + 300, "nbf": now,
            "tenant": "valley", "roles": ["doctor"], "scope": "user/*.cruds openid",
        })
    }

    pub fn sign(&self, claims: &Value) -> String {
        let seed = self.published.lock().unwrap()[0];
        self.sign_by(seed, claims)
    }

    /// Signs by ES256 with the key of a seed.
    pub fn sign_by(&self, seed: u8, claims: &Value) -> String {
        let key = p256::SecretKey::from_slice(&[seed; 32]).unwrap();
        let private = EncodingKey::from_ec_der(key.to_pkcs8_der().unwrap().as_bytes());
        let header = Header { kid: Some(seed.to_string()), ..Header::new(Algorithm::ES256) };
        jsonwebtoken::encode(&header, claims, &private).unwrap()
    }

    /// Signs by ES384.
    pub fn sign_384(&self, claims: &Value) -> String {
        use p384::pkcs8::EncodePrivateKey;
        let key = p384::SecretKey::from_slice(&[9; 48]).unwrap();
        let private = EncodingKey::from_ec_der(key.to_pkcs8_der().unwrap().as_bytes());
        let header = Header { kid: Some("384".to_owned()), ..Header::new(Algorithm::ES384) };
        jsonwebtoken::encode(&header, claims, &private).unwrap()
    }

    /// Signs with the RSA key, by RS256 or PS256.
    pub fn sign_rsa(&self, algorithm: Algorithm, claims: &Value) -> String {
        let private = EncodingKey::from_rsa_pem(RSA.to_pkcs8_pem(LineEnding::LF).unwrap().as_bytes()).unwrap();
        let header = Header { kid: Some("rsa".to_owned()), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, claims, &private).unwrap()
    }

    pub fn times_asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    pub fn set(&self) -> Value {
        let mut keys: Vec<Value> = self.published.lock().unwrap().iter().map(|seed| public(*seed)).collect();
        keys.push(public_384());
        if *self.has_rsa.lock().unwrap() {
            keys.push(public_rsa());
        }
        json!({ "keys": keys })
    }
}

fn public(seed: u8) -> Value {
    let point = p256::SecretKey::from_slice(&[seed; 32]).unwrap().public_key().to_encoded_point(false);
    let text = |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.unwrap());
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": seed.to_string(),
            "x": text(point.x()), "y": text(point.y()) })
}

fn public_384() -> Value {
    use p384::elliptic_curve::sec1::ToEncodedPoint;
    let point = p384::SecretKey::from_slice(&[9; 48]).unwrap().public_key().to_encoded_point(false);
    let text = |bytes: Option<&p384::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.unwrap());
    json!({ "kty": "EC", "crv": "P-384", "kid": "384", "x": text(point.x()), "y": text(point.y()) })
}

/// An RSA key of 2048 bits, the same each time; made once, because it takes a while.
static RSA: LazyLock<rsa::RsaPrivateKey> = LazyLock::new(|| {
    let mut random = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(7);
    rsa::RsaPrivateKey::new(&mut Seeded(&mut random), 2048).unwrap()
});

/// Seeded randomness in the shape that the `rsa` crate asks for.
struct Seeded<'a>(&'a mut rand::rngs::StdRng);

impl RngCore for Seeded<'_> {
    fn next_u32(&mut self) -> u32 {
        rand::RngCore::next_u32(self.0)
    }

    fn next_u64(&mut self) -> u64 {
        rand::RngCore::next_u64(self.0)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        rand::RngCore::fill_bytes(self.0, bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        rand::RngCore::fill_bytes(self.0, bytes);
        Ok(())
    }
}

impl CryptoRng for Seeded<'_> {}

/// The public half of the RSA key.
pub fn public_rsa() -> Value {
    let text = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
    json!({ "kty": "RSA", "use": "sig", "kid": "rsa", "n": text(RSA.n()), "e": text(RSA.e()) })
}

#[async_trait]
impl KeySource for Issuer {
    async fn fetch(&self) -> Result<Vec<u8>, KeysNotFetched> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if *self.down.lock().unwrap() {
            return Err(KeysNotFetched("it does not answer".into()));
        }
        Ok(self.set().to_string().into_bytes())
    }
}
