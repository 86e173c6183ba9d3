//! A program that calls Accord with a token, over real HTTP.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use url::Url;

use super::identity::token;
use super::world::World;

/// Where plans lie.
pub const PLANS: &str = "/api/v1/care-plans";

/// A program with a token.
pub struct Program<'w> {
    world: &'w World,
    token: String,
}

/// What came back.
pub struct Got {
    pub status: u16,
    pub headers: HeaderMap,
    pub json: Value,
}

impl<'w> Program<'w> {
    /// With a token of the identity service of the tests.
    pub fn new(world: &'w World, subject: &str, role: &str, more: &Value) -> Self {
        Self::with(world, token(world, subject, role, more))
    }

    /// With this token.
    pub fn with(world: &'w World, token: String) -> Self {
        Self { world, token }
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<Value>, headers: &[(&str, &str)]) -> Got {
        let address = self.world.accord.join(path).expect("an address");
        let mut request = Request::builder().method(method).uri(address.as_str());
        request = request.header("authorization", format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        got(request.body(body).expect("a request")).await
    }

    pub async fn get(&self, path: &str) -> Got {
        self.send("GET", path, None, &[]).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Got {
        self.send("POST", path, Some(body), &[]).await
    }
}

/// Sends a form, as `curl -d` does.
pub async fn form(address: &Url, fields: &[(&str, &str)]) -> Got {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(address.as_str()).header("content-type", "application/x-www-form-urlencoded");
    got(request.body(Body::from(body)).expect("a request")).await
}

async fn got(request: Request<Body>) -> Got {
    let client: Client<HttpConnector, Body> = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
    let response = client.request(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let json = serde_json::from_slice(&bytes).unwrap_or_default();
    Got { status: parts.status.as_u16(), headers: parts.headers, json }
}

impl Got {
    #[track_caller]
    pub fn must(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.json);
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The id of what was made.
    pub fn id(&self) -> &str {
        self.json["id"].as_str().expect("an id")
    }
}
