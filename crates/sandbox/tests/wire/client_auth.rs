use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p384::{
    elliptic_curve::sec1::ToEncodedPoint,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use rsa::{pkcs1::EncodeRsaPrivateKey, traits::PublicKeyParts};
use sandbox::AuthMethod;
use serde_json::{Value, json};

use crate::{
    house::{CALLBACK, House, SCOPES, VERIFIER, launched, text},
    web::{Answer, Web},
};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Redeems a code with the credentials of `web` and further fields.
async fn redeem(house: &House, mut web: Web, code: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("code", code),
    ];
    fields.extend(more);
    web.post(&house.at("/auth/token"), &fields).await
}

fn refused(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.body);
    assert_eq!(text(&answer.json(), "error"), "invalid_client");
    assert!(answer.headers.contains_key("www-authenticate"));
}

#[tokio::test]
async fn a_basic_client_sends_id_and_secret_form_encoded_in_the_header() {
    let house = House::with(|ehr| ehr.clients.push(launched("basic", AuthMethod::ClientSecretBasic))).await;
    let code = house.code("basic", SCOPES).await;
    refused(&redeem(&house, Web::basic("basic", "wrong"), &code, &[]).await);
    refused(&redeem(&house, Web::basic("basic", "s3cret & mor"), &code, &[]).await);
    refused(&redeem(&house, Web::default(), &code, &[("client_id", "basic")]).await);
    refused(
        &redeem(&house, Web::default(), &code, &[("client_id", "basic"), ("client_secret", "s3cret & more")]).await,
    );
    let good = redeem(&house, Web::basic("basic", "s3cret+%26+more"), &code, &[]).await;
    assert_eq!(good.status, StatusCode::OK, "{}", good.body);
}

#[tokio::test]
async fn a_confidential_client_must_leave_client_id_out_of_the_body() {
    let house = House::with(|ehr| ehr.clients.push(launched("basic", AuthMethod::ClientSecretBasic))).await;
    let code = house.code("basic", SCOPES).await;
    let web = Web::basic("basic", "s3cret+%26+more");
    let answer = redeem(&house, web, &code, &[("client_id", "basic")]).await;
    assert_eq!(text(&answer.json(), "error"), "invalid_request");
}

#[tokio::test]
async fn a_post_client_sends_its_secret_in_the_body_and_nowhere_else() {
    let house = House::with(|ehr| ehr.clients.push(launched("post", AuthMethod::ClientSecretPost))).await;
    let code = house.code("post", SCOPES).await;
    refused(&redeem(&house, Web::default(), &code, &[("client_id", "post"), ("client_secret", "wrong")]).await);
    refused(&redeem(&house, Web::basic("post", "s3cret+%26+more"), &code, &[]).await);
    let both = Web::basic("post", "s3cret+%26+more");
    let both = redeem(&house, both, &code, &[("client_id", "post"), ("client_secret", "s3cret & more")]).await;
    assert_eq!(text(&both.json(), "error"), "invalid_request");
    let good =
        redeem(&house, Web::default(), &code, &[("client_id", "post"), ("client_secret", "s3cret & more")]).await;
    assert_eq!(good.status, StatusCode::OK, "{}", good.body);
}

#[tokio::test]
async fn a_public_client_sends_its_id_and_no_proof() {
    let house = House::open().await;
    let code = house.code("app", SCOPES).await;
    refused(&redeem(&house, Web::default(), &code, &[]).await);
    refused(&redeem(&house, Web::default(), &code, &[("client_id", "app"), ("client_secret", "x")]).await);
    assert_eq!(redeem(&house, Web::default(), &code, &[("client_id", "app")]).await.status, StatusCode::OK);
}

/// A client's private key and its public half.
struct Key {
    algorithm: Algorithm,
    private: EncodingKey,
    public: Value,
}

impl Key {
    fn es384(byte: u8) -> Self {
        let secret = p384::SecretKey::from_slice(&[byte; 48]).unwrap();
        let point = secret.public_key().to_encoded_point(false);
        let (x, y) = (URL_SAFE_NO_PAD.encode(point.x().unwrap()), URL_SAFE_NO_PAD.encode(point.y().unwrap()));
        Self {
            algorithm: Algorithm::ES384,
            private: EncodingKey::from_ec_pem(secret.to_pkcs8_pem(LineEnding::LF).unwrap().as_bytes()).unwrap(),
            public: json!({"keys": [{"kty": "EC", "crv": "P-384", "x": x, "y": y, "kid": "k1", "alg": "ES384"}]}),
        }
    }

    fn rs384() -> Self {
        let secret = rsa::RsaPrivateKey::new(&mut Counter(1), 2048).unwrap();
        let (n, e) =
            (URL_SAFE_NO_PAD.encode(secret.n().to_bytes_be()), URL_SAFE_NO_PAD.encode(secret.e().to_bytes_be()));
        Self {
            algorithm: Algorithm::RS384,
            private: EncodingKey::from_rsa_pem(secret.to_pkcs1_pem(LineEnding::LF).unwrap().as_bytes()).unwrap(),
            public: json!({"keys": [{"kty": "RSA", "n": n, "e": e, "kid": "k1", "alg": "RS384"}]}),
        }
    }

    fn sign(&self, kid: Option<&str>, claims: &Value) -> String {
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

async fn signed_house(keys: Value) -> House {
    House::with(|ehr| {
        let mut client = launched("signed", AuthMethod::PrivateKeyJwt);
        client.jwks = Some(keys);
        ehr.clients.push(client);
    })
    .await
}

/// Claims of a good assertion with some replaced; null takes one out.
fn claims(house: &House, jti: &str, changes: &[(&str, Value)]) -> Value {
    let now = access::Clock::now(&*house.clock).as_second();
    let mut claims = json!({"iss": "signed", "sub": "signed", "aud": house.at("/auth/token"), "exp": now + 240, "iat": now, "jti": jti});
    for (name, value) in changes {
        claims[*name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    claims
}

async fn with_assertion(house: &House, code: &str, assertion: &str) -> Answer {
    let fields = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
    redeem(house, Web::default(), code, &fields).await
}

#[tokio::test]
async fn a_signed_assertion_is_taken_in_both_algorithms() {
    for key in [Key::es384(7), Key::rs384()] {
        let house = signed_house(key.public.clone()).await;
        let code = house.code("signed", SCOPES).await;
        let assertion = key.sign(Some("k1"), &claims(&house, "one", &[]));
        let answer = with_assertion(&house, &code, &assertion).await;
        assert_eq!(answer.status, StatusCode::OK, "{:?}: {}", key.algorithm, answer.body);
    }
}

#[tokio::test]
async fn each_flaw_of_an_assertion_is_refused() {
    let (key, thief) = (Key::es384(7), Key::es384(9));
    let house = signed_house(key.public.clone()).await;
    let code = house.code("signed", SCOPES).await;
    let now = access::Clock::now(&*house.clock).as_second();
    let flaws: Vec<(&str, Value)> = vec![
        ("iss", json!("other")),
        ("sub", json!("other")),
        ("aud", json!("http://elsewhere.example/token")),
        ("aud", json!(house.ehr().origin())),
        ("exp", json!(now - 61)),
        ("exp", json!(now + 3600)),
        ("iat", json!(now + 120)),
        ("exp", Value::Null),
        ("jti", Value::Null),
    ];
    for (index, flaw) in flaws.into_iter().enumerate() {
        let assertion = key.sign(Some("k1"), &claims(&house, &format!("flaw-{index}"), std::slice::from_ref(&flaw)));
        let answer = with_assertion(&house, &code, &assertion).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{flaw:?}");
        refused(&answer);
    }
    refused(&with_assertion(&house, &code, &thief.sign(Some("k1"), &claims(&house, "a", &[]))).await);
    refused(&with_assertion(&house, &code, &key.sign(Some("k2"), &claims(&house, "b", &[]))).await);
    refused(&with_assertion(&house, &code, &key.sign(None, &claims(&house, "c", &[]))).await);
    refused(&with_assertion(&house, &code, "not.a.jwt").await);
    let fields = [("client_assertion_type", "other"), ("client_assertion", "x")];
    refused(&redeem(&house, Web::default(), &code, &fields).await);
}

#[tokio::test]
async fn an_assertion_is_good_for_one_request() {
    let key = Key::es384(7);
    let house = signed_house(key.public.clone()).await;
    let assertion = key.sign(Some("k1"), &claims(&house, "once", &[]));
    let code = house.code("signed", SCOPES).await;
    assert_eq!(with_assertion(&house, &code, &assertion).await.status, StatusCode::OK);
    let code = house.code("signed", SCOPES).await;
    refused(&with_assertion(&house, &code, &assertion).await);
}

#[tokio::test]
async fn the_keys_of_a_client_are_fetched_from_its_own_address() {
    let key = Key::es384(7);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://accord.localhost:{}/.well-known/jwks.json", listener.local_addr().unwrap().port());
    let keys = Arc::new(key.public.clone());
    let routes = axum::Router::new()
        .route("/.well-known/jwks.json", axum::routing::get(move || async move { axum::Json(Value::clone(&keys)) }));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let house = House::with(|ehr| {
        let mut client = launched("signed", AuthMethod::PrivateKeyJwt);
        client.jwks_url = Some(address.parse().unwrap());
        ehr.clients.push(client);
    })
    .await;
    let code = house.code("signed", SCOPES).await;
    let answer = with_assertion(&house, &code, &key.sign(Some("k1"), &claims(&house, "one", &[]))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test]
async fn keys_that_cannot_be_fetched_refuse_the_client() {
    let key = Key::es384(7);
    let house = House::with(|ehr| {
        let mut client = launched("signed", AuthMethod::PrivateKeyJwt);
        // Port 9 is the discard service, which no machine of ours runs.
        client.jwks_url = Some("http://127.0.0.1:9/jwks".parse().unwrap());
        ehr.clients.push(client);
    })
    .await;
    let code = house.code("signed", SCOPES).await;
    refused(&with_assertion(&house, &code, &key.sign(Some("k1"), &claims(&house, "one", &[]))).await);
}
