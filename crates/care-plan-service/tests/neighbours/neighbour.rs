//! A FHIR server of a neighbour that says what it is told to say, or nothing at all; and a clock that is moved.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use access::Clock;
use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::IntoResponse;
use jiff::{SignedDuration, Timestamp};
use outbound::{Client, Origin, Policy, SystemResolver};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// How long a test waits for who never answers.
const PATIENCE: Duration = Duration::from_millis(200);

/// What it says.
#[derive(Clone)]
pub enum Says {
    Json(u16, Value),
    Text(u16, &'static str),
    Nothing,
}

pub struct Neighbour {
    pub base: Url,
    pub client: Client,
    asked: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Neighbour {
    /// Starts on a free port; `says` is asked with path and query.
    pub async fn start(says: impl Fn(&str) -> Says + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base: Url = format!("http://{}/fhir", listener.local_addr().expect("an address")).parse().expect("a URL");
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (noted, says) = (asked.clone(), Arc::new(says));
        let answer = move |uri: Uri| {
            let question = uri.to_string();
            noted.lock().expect("nobody panicked").push(question.clone());
            let says = says(&question);
            async move {
                let (status, kind, body) = match says {
                    Says::Nothing => return std::future::pending().await,
                    Says::Json(status, body) => (status, "application/fhir+json", body.to_string()),
                    Says::Text(status, text) => (status, "text/html", text.to_owned()),
                };
                let status = StatusCode::from_u16(status).expect("a status");
                (status, [(header::CONTENT_TYPE, kind)], body).into_response()
            }
        };
        let serving = tokio::spawn(async move {
            axum::serve(listener, Router::new().fallback(answer)).await.expect("it serves");
        });
        let policy = Policy { origins: Origin::of(&base).into_iter().collect(), development: true };
        let client = Client::new(policy, Arc::new(SystemResolver)).expect("a client").with_patience(PATIENCE);
        Self { base, client, asked, serving }
    }

    /// What it was asked, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

/// A clock that is moved.
pub struct Moved(Mutex<Timestamp>);

impl Default for Moved {
    fn default() -> Self {
        Self(Mutex::new("2026-11-21T08:00:00Z".parse().expect("a time")))
    }
}

impl Moved {
    pub fn by(&self, time: SignedDuration) {
        *self.0.lock().expect("nobody panicked") += time;
    }
}

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panicked")
    }
}
