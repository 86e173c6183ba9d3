use std::sync::Arc;

use http::StatusCode;
use sandbox::AuthMethod;
use serde_json::{Value, json};

use crate::{
    house::{CALLBACK, House, SCOPES, VERIFIER, launched, text},
    key::{ASSERTION_TYPE, Key, claims},
    web::{Answer, Web},
};

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

async fn signed_house(keys: Value) -> House {
    House::with(|ehr| {
        let mut client = launched("signed", AuthMethod::PrivateKeyJwt);
        client.jwks = Some(keys);
        ehr.clients.push(client);
    })
    .await
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
