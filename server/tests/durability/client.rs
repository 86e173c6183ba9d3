//! A program that asks again until it has an answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use crate::accord::Accord;
use crate::identity::token;

/// Between two tries; nothing rests on its length.
const PAUSE: Duration = Duration::from_millis(20);

/// A program with a token.
#[derive(Clone)]
pub struct Client {
    accord: Arc<Accord>,
    http: Http<HttpConnector, Body>,
    token: String,
}

/// An answer that says what became of the request.
pub struct Answer {
    pub status: u16,
    pub json: Value,
}

impl Client {
    pub fn new(accord: &Arc<Accord>, subject: &str) -> Self {
        let http = Http::builder(TokioExecutor::new()).build(HttpConnector::new());
        Self { accord: accord.clone(), http, token: token(subject) }
    }

    /// Asks once. `None` where nobody can know what became of it.
    pub async fn ask(&self, method: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> Option<Answer> {
        let mut request = Request::builder().method(method).uri(self.accord.address(path));
        request = request.header("authorization", format!("Bearer {}", self.token));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = self.http.request(request.body(body).expect("a request")).await.ok()?;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.ok()?.to_bytes();
        Some(Answer { status, json: serde_json::from_slice(&bytes).unwrap_or_default() })
    }

    /// Asks until the answer says what became of it: done, or refused for a reason that lies in the request.
    pub async fn insist(&self, method: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> Answer {
        loop {
            match self.ask(method, path, key, body).await {
                Some(answer) if answer.status < 500 && answer.status != 429 => return answer,
                Some(answer) => assert_ne!(answer.status, 500, "{method} {path}: {}", answer.json),
                None => {}
            }
            self.pause().await;
        }
    }

    /// Between two tries.
    pub async fn pause(&self) {
        tokio::time::sleep(PAUSE).await;
    }

    /// What an operator reads, as soon as it can be read and is as wished.
    pub async fn watch(&self, path: &str, mut wished: impl FnMut(&str) -> bool) {
        loop {
            let request = Request::builder().uri(self.accord.admin_address(path)).body(Body::empty());
            if let Ok(response) = self.http.request(request.expect("a request")).await
                && let Ok(body) = response.into_body().collect().await
                && wished(&String::from_utf8_lossy(&body.to_bytes()))
            {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
