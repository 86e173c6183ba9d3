//! What the readers are held against: two registrations, a key, a time.

use std::sync::LazyLock;

use access::{Randomness, Secret, TenantId};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value};
use smart::{Client, ClientAuth, Discovery, Registry, SigningKey};

/// What an identity token must repeat.
pub const NONCE: &str = "n-5Zb1RkSxQ0aVw";

/// The registration that every target reads for.
pub static CLIENT: LazyLock<Client> = LazyLock::new(|| client("valley-ehr", "https://ehr.example/fhir"));

/// That one and another.
pub static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    Registry::new(vec![CLIENT.clone(), client("nephrology", "https://kidney.example:8443/r4/")])
        .expect("two names and two bases")
});

/// What the source of [`CLIENT`] offers.
pub static DISCOVERY: LazyLock<Discovery> = LazyLock::new(|| {
    let document = br#"{"issuer": "https://ehr.example", "jwks_uri": "https://ehr.example/jwks", "token_endpoint":
        "https://ehr.example/token", "authorization_endpoint": "https://ehr.example/authorize",
        "capabilities": ["launch-ehr", "sso-openid-connect"]}"#;
    Discovery::read(&CLIENT, document).ok().flatten().expect("a whole document")
});

/// The key of the source, the same in every run, and its public half as a set of keys.
pub static KEY: LazyLock<(String, EncodingKey, String)> = LazyLock::new(|| {
    let pem = SigningKey::generate_es384_pem(&Always(7));
    let key = SigningKey::from_pkcs8_pem(pem.expose()).expect("a key just made");
    let set = smart::jwks(std::slice::from_ref(&key)).to_string();
    let private = EncodingKey::from_ec_pem(pem.expose().as_bytes()).expect("a key just made");
    (key.kid().to_owned(), private, set)
});

/// The tenant of both registrations.
pub fn tenant() -> TenantId {
    TenantId::new("valley")
}

/// The time it is for every target.
pub fn now() -> Timestamp {
    Timestamp::new(1_795_000_000, 0).expect("a second of the year 2026")
}

/// Claims, signed by the key of the source.
pub fn signed(claims: &Map<String, Value>) -> Secret {
    let (kid, private, _) = &*KEY;
    let mut header = Header::new(Algorithm::ES384);
    header.kid = Some(kid.clone());
    Secret::new(jsonwebtoken::encode(&header, claims, private).expect("claims are JSON"))
}

fn client(source: &str, base: &str) -> Client {
    Client {
        source: source.to_owned(),
        tenant: tenant(),
        fhir_base: base.parse().expect("an address"),
        client_id: "accord".to_owned(),
        auth: ClientAuth::Public,
        redirect_uri: "https://accord.example/callback/x".parse().expect("an address"),
        extra_scopes: Vec::new(),
        allowed_origins: Vec::new(),
        other_keys: Vec::new(),
        assume_s256: false,
    }
}

/// No randomness at all: a key that everybody can know.
struct Always(u8);

impl Randomness for Always {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}
