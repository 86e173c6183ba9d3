//! A FHIR server that speaks to the socket itself, so that it can break every rule of HTTP.

use std::sync::Arc;

use axum::response::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use url::Url;

use super::Position;
use super::fault::{Asked, Fault, Reply, Then};
use crate::ehr::{answer, body, bundle, capability_for, records};

/// The server; it stops when dropped.
pub struct Wire {
    origin: Url,
    cases: Arc<[Case]>,
    task: JoinHandle<()>,
}

/// A fault at a position, with a base of its own.
pub struct Case {
    pub fault: &'static Fault,
    pub position: Position,
    /// How often the fault was met.
    pub hits: watch::Sender<usize>,
}

impl Wire {
    /// Starts a server of the person `p1` that has each of these cases under a base of its own.
    pub async fn start(cases: Vec<(&'static Fault, Position)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let case = |(fault, position)| Case { fault, position, hits: watch::Sender::new(0) };
        let cases: Arc<[Case]> = cases.into_iter().map(case).collect();
        let served = Arc::clone(&cases);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&served)));
            }
        });
        Self { origin, cases, task }
    }

    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// The base of a case.
    pub fn base(&self, case: usize) -> Url {
        self.origin.join(&format!("/{case}/fhir")).unwrap()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What the server holds: the records of a small EHR, with a second goal.
pub fn held() -> Vec<Value> {
    let second = json!({ "resourceType": "Goal", "id": "g2", "subject": { "reference": "Patient/p1" } });
    [records("p1"), vec![second]].concat()
}

async fn serve(stream: TcpStream, cases: Arc<[Case]>) {
    let mut stream = BufStream::new(stream);
    while let Some(head) = request(&mut stream).await {
        let asked = Asked::of(&head);
        let Some(case) = cases.get(asked.case) else { return };
        let sound = body_of(sound(asked.target)).await;
        let reply = if case.position.is_met_by(asked.target) {
            let nth = *case.hits.borrow();
            case.hits.send_modify(|hits| *hits += 1);
            (case.fault.reply)(&Asked { nth, sound: &sound, ..asked })
        } else {
            Reply::json(&sound)
        };
        if send(&mut stream, &reply.bytes).await.is_err() {
            return;
        }
        match reply.then {
            Then::GoesOn => {}
            Then::Closes => return,
            Then::Resets => return drop(stream.get_ref().set_zero_linger()),
            Then::StaysSilent => return std::future::pending().await,
            Then::Repeats(bytes) => while send(&mut stream, &bytes).await.is_ok() {},
        }
    }
}

async fn send(stream: &mut BufStream<TcpStream>, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}

/// The head of the next request on a connection.
async fn request(stream: &mut BufStream<TcpStream>) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

/// The answer of the same server without fault; goals come on two pages.
fn sound(target: &str) -> Response {
    let page = |id: &str, next| {
        let goal = held().into_iter().filter(|held| held["resourceType"] == "Goal" && held["id"] == id);
        bundle(goal.map(|goal| json!({ "resource": goal })).collect(), next)
    };
    if let Some(then) = target.strip_prefix("Empty?then=") {
        return bundle(Vec::new(), Some(then).filter(|then| !then.is_empty()));
    }
    if let Some(number) = target.strip_prefix("Endless?page=") {
        let next = format!("Endless?page={}", number.parse::<u32>().unwrap_or_default() + 1);
        return bundle(Vec::new(), Some(&next));
    }
    match target {
        "metadata" => body(200, &capability_for(&held())),
        "Goal?page=2" => page("g2", None),
        target if target.starts_with("Goal?") => page("g1", Some("Goal?page=2")),
        target => answer(&held(), target),
    }
}

async fn body_of(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}
