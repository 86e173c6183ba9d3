//! A server that gives the answers it was told to give, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::task::JoinHandle;

/// One request, as it arrived.
#[derive(Clone)]
pub struct Seen {
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Seen {
    /// The values of a form field, in order; more than one is a mistake that tests shall see.
    pub fn field(&self, name: &str) -> Vec<String> {
        url::form_urlencoded::parse(self.body.as_bytes())
            .filter(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned())
            .collect()
    }
}

type Answer = (u16, &'static str, String);
/// Decides about the answer when the request is there.
type Rule = Arc<dyn Fn(&Seen) -> (u16, String) + Send + Sync>;

#[derive(Default)]
struct Memory {
    answers: Mutex<HashMap<String, Answer>>,
    rules: Mutex<HashMap<String, Rule>>,
    etags: Mutex<HashMap<String, String>>,
    seen: Mutex<Vec<Seen>>,
}

pub struct Ehr {
    /// `http://127.0.0.1:{port}`
    pub root: String,
    memory: Arc<Memory>,
    task: JoinHandle<()>,
}

impl Ehr {
    pub async fn start() -> Self {
        let memory = Arc::new(Memory::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let root = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&memory));
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server that goes on");
        });
        Self { root, memory, task }
    }

    /// Answers a path in this way from now on; all other paths are 404.
    pub fn answer(&self, path: &str, status: u16, content_type: &'static str, body: impl ToString) {
        let answer = (status, content_type, body.to_string());
        self.memory.answers.lock().expect("not poisoned").insert(path.to_owned(), answer);
    }

    pub fn answer_json(&self, path: &str, body: impl ToString) {
        self.answer(path, 200, "application/json", body);
    }

    /// Answers a path in JSON, each time as a rule says.
    pub fn answer_by(&self, path: &str, rule: impl Fn(&Seen) -> (u16, String) + Send + Sync + 'static) {
        self.memory.rules.lock().expect("not poisoned").insert(path.to_owned(), Arc::new(rule));
    }

    /// From now on the answer of a path has this tag, and who has it already gets 304.
    pub fn tag(&self, path: &str, etag: &str) {
        self.memory.etags.lock().expect("not poisoned").insert(path.to_owned(), etag.to_owned());
    }

    pub fn forget(&self, path: &str) {
        self.memory.answers.lock().expect("not poisoned").remove(path);
    }

    /// All requests for a path.
    pub fn seen(&self, path: &str) -> Vec<Seen> {
        self.all().into_iter().filter(|seen| seen.path == path).collect()
    }

    /// All requests.
    pub fn all(&self) -> Vec<Seen> {
        self.memory.seen.lock().expect("not poisoned").clone()
    }

    /// Stops listening; who connects from now on is refused.
    pub async fn stop(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }
}

async fn answer(State(memory): State<Arc<Memory>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    let answer = memory.answers.lock().expect("not poisoned").get(&path).cloned();
    let body = String::from_utf8_lossy(&body).into_owned();
    let seen = Seen { path, headers, body };
    let rule = memory.rules.lock().expect("not poisoned").get(&seen.path).cloned();
    let answer = rule.map_or(answer, |rule| {
        let (status, body) = rule(&seen);
        Some((status, "application/json", body))
    });
    let etag = memory.etags.lock().expect("not poisoned").get(&seen.path).cloned();
    let known = seen.headers.get("if-none-match").and_then(|value| value.to_str().ok()).map(str::to_owned);
    memory.seen.lock().expect("not poisoned").push(seen);
    if etag.is_some() && known == etag {
        return (StatusCode::NOT_MODIFIED, [("connection", "close")]).into_response();
    }
    let etag = etag.map(|etag| [("etag", etag)]);
    match answer {
        Some((status, content_type, body)) if etag.is_some() => {
            let status = StatusCode::from_u16(status).expect("a status");
            (status, etag.expect("it is there"), [("content-type", content_type), ("connection", "close")], body)
                .into_response()
        }
        Some((status, content_type, body)) => {
            let status = StatusCode::from_u16(status).expect("a status");
            (status, [("content-type", content_type), ("connection", "close")], body).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
