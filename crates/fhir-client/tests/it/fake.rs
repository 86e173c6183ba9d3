//! A FHIR server that answers as a test tells it, and a client that does not wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use access::Clock;
use async_trait::async_trait;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use fhir::SourceId;
use fhir_client::{FhirServer, Options, Pace};
use http::{HeaderMap, Method};
use jiff::Timestamp;
use outbound::{Client, Origin, Policy, SystemResolver};
use tokio::task::JoinHandle;
use url::Url;

/// One request as the server saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: Method,
    /// Path below the base, with the query.
    pub target: String,
    pub headers: HeaderMap,
    pub body: String,
}

/// The server; it ends when dropped.
pub struct Fake {
    pub base: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
    pub pace: Arc<Still>,
    task: JoinHandle<()>,
}

impl Fake {
    /// Starts a server whose `n`th answer (from 0) is `answer(request, n)`; the base is in the first argument's URL.
    pub async fn start(answer: impl Fn(&Seen, usize) -> Response + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/fhir", listener.local_addr().unwrap()).parse().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(answer);
        let record = Arc::clone(&seen);
        let router = axum::Router::new().fallback(move |request: Request| {
            let (answer, record) = (Arc::clone(&answer), Arc::clone(&record));
            async move {
                let (parts, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
                let target = parts.uri.to_string().trim_start_matches("/fhir").trim_start_matches('/').to_owned();
                let body = String::from_utf8(body.to_vec()).unwrap();
                let request = Seen { method: parts.method, target, headers: parts.headers, body };
                let n = {
                    let mut record = record.lock().unwrap();
                    record.push(request.clone());
                    record.len() - 1
                };
                answer(&request, n)
            }
        });
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, seen, pace: Arc::new(Still::default()), task }
    }

    pub fn options(&self) -> Options {
        let policy = Policy { origins: vec![Origin::of(&self.base).unwrap()], development: true };
        let outbound = Client::new(policy, Arc::new(SystemResolver)).unwrap();
        let mut options = Options::new(SourceId::new("valley"), self.base.clone(), outbound);
        options.pace = Arc::clone(&self.pace) as Arc<dyn Pace>;
        options.clock = Arc::new(Stopped);
        options
    }

    pub fn client(&self) -> FhirServer {
        FhirServer::new(self.options())
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn targets(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.target).collect()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Does not wait, and remembers for how long it was asked to.
#[derive(Default)]
pub struct Still {
    pub pauses: Mutex<Vec<Duration>>,
}

#[async_trait]
impl Pace for Still {
    async fn pause(&self, how_long: Duration) {
        self.pauses.lock().unwrap().push(how_long);
    }

    fn fraction(&self) -> f64 {
        0.5
    }

    fn request_id(&self) -> String {
        "request-1".into()
    }
}

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        "2026-01-05T10:00:00Z".parse().unwrap()
    }
}

pub fn status(status: u16) -> Response {
    Response::builder().status(status).body(Body::empty()).unwrap()
}

pub fn json(status: u16, body: impl Into<String>) -> Response {
    let response = Response::builder().status(status).header("content-type", "application/fhir+json;charset=utf-8");
    response.body(Body::from(body.into())).unwrap()
}

pub fn outcome(status: u16, words: &str) -> Response {
    let body = format!(
        r#"{{"resourceType":"OperationOutcome","issue":[{{"severity":"error","code":"invalid","diagnostics":"{words}","expression":["Goal.target"]}}]}}"#
    );
    json(status, body)
}

/// A searchset of Goals with these ids, and a `next` link.
pub fn page(ids: &[&str], next: Option<&str>) -> Response {
    let entries: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"resource":{{"resourceType":"Goal","id":"{id}"}},"search":{{"mode":"match"}}}}"#))
        .collect();
    let link = next.map(|next| format!(r#","link":[{{"relation":"next","url":"{next}"}}]"#)).unwrap_or_default();
    json(200, format!(r#"{{"resourceType":"Bundle","type":"searchset","entry":[{}]{link}}}"#, entries.join(",")))
}

/// A clock that a test turns.
#[derive(Default)]
pub struct Hands {
    seconds: Mutex<i64>,
}

impl Hands {
    pub fn turn(&self, seconds: i64) {
        *self.seconds.lock().unwrap() += seconds;
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + *self.seconds.lock().unwrap()).unwrap()
    }
}
