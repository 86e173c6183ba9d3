//! Ways in which an EHR's FHIR server can misbehave, to order.
//!
//! Discovery, sign-in and tokens are never touched: a launch succeeds, and then the records do not come, or take no change.

mod goals;

use std::convert::Infallible;
use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use futures::{StreamExt, stream};

pub use goals::GoalRefusal;

/// How long a slow server waits before it answers.
pub const SLOW_BY: Duration = Duration::from_secs(4);
/// How often an endless answer sends one more byte.
const DRIP: Duration = Duration::from_millis(200);
/// Room for any answer of the sandbox, in bytes.
const LARGEST_ANSWER: usize = 256 * 1024 * 1024;

/// One way to misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    /// None: it works.
    #[default]
    Off,
    /// 500 without a FHIR body.
    Status500,
    /// 200 with a page instead of FHIR, as proxies and portals answer when a session is over.
    Html,
    /// 200 with a body that never ends; the reader has to hang up.
    Endless,
    /// A body that is cut off in the middle, shorter than its `Content-Length`.
    Truncated,
    /// The right answer, later than anybody likes (see [`SLOW_BY`]).
    Slow,
    /// It works, and refuses each change of a goal.
    Goals(GoalRefusal),
}

impl Fault {
    /// All of them, in the order in which the control page offers them.
    pub const ALL: [Self; 11] = [
        Self::Off,
        Self::Status500,
        Self::Html,
        Self::Endless,
        Self::Truncated,
        Self::Slow,
        Self::Goals(GoalRefusal::Forbidden),
        Self::Goals(GoalRefusal::ForbiddenPage),
        Self::Goals(GoalRefusal::NotAllowed),
        Self::Goals(GoalRefusal::NotAllowedEmpty),
        Self::Goals(GoalRefusal::Unprocessable),
    ];

    /// Its name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Status500 => "status-500",
            Self::Html => "html",
            Self::Endless => "endless",
            Self::Truncated => "truncated",
            Self::Slow => "slow",
            Self::Goals(GoalRefusal::Forbidden) => "goals-403",
            Self::Goals(GoalRefusal::ForbiddenPage) => "goals-403-page",
            Self::Goals(GoalRefusal::NotAllowed) => "goals-405",
            Self::Goals(GoalRefusal::NotAllowedEmpty) => "goals-405-empty",
            Self::Goals(GoalRefusal::Unprocessable) => "goals-422",
        }
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        Self::ALL.into_iter().find(|fault| fault.as_str() == text).ok_or(UnknownFault)
    }
}

/// The name is none of the faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the fault must be one of {}", Fault::ALL.map(Fault::as_str).join(", "))]
pub struct UnknownFault;

/// The fault an EHR has at present.
#[derive(Debug, Clone, Default)]
pub(crate) struct Switch(Arc<Mutex<Fault>>);

impl Switch {
    pub(crate) fn set(&self, fault: Fault) {
        *self.0.lock().expect("a fault is set without panic") = fault;
    }

    pub(crate) fn get(&self) -> Fault {
        *self.0.lock().expect("a fault is set without panic")
    }
}

/// Answers as the present fault says; the FHIR routes lie behind it.
pub(crate) async fn misbehave(State(switch): State<Switch>, request: Request, next: Next) -> Response {
    match switch.get() {
        Fault::Off => next.run(request).await,
        Fault::Status500 => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response(),
        Fault::Html => {
            Html("<!DOCTYPE html><html><head><title>Log in</title></head><body><h1>Please log in</h1></body></html>")
                .into_response()
        }
        Fault::Endless => endless(),
        Fault::Truncated => truncated(next.run(request).await).await,
        Fault::Slow => {
            tokio::time::sleep(SLOW_BY).await;
            next.run(request).await
        }
        Fault::Goals(refusal) if GoalRefusal::concerns(&request) => refusal.answer(),
        Fault::Goals(_) => next.run(request).await,
    }
}

fn endless() -> Response {
    let start = Bytes::from_static(br#"{"resourceType":"Bundle","type":"searchset","entry":["#);
    let drops = stream::unfold((), |()| async {
        tokio::time::sleep(DRIP).await;
        Some((Bytes::from_static(b" "), ()))
    });
    let body = stream::once(async { start }).chain(drops).map(Ok::<_, Infallible>);
    ([(header::CONTENT_TYPE, "application/fhir+json")], Body::from_stream(body)).into_response()
}

async fn truncated(whole: Response) -> Response {
    let (mut parts, body) = whole.into_parts();
    let bytes = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len().max(2)));
    let half = bytes.slice(..bytes.len() / 2);
    // After the half comes an error, upon which the connection is closed; a moment later, so that the half is sent.
    let broken = stream::once(async {
        tokio::time::sleep(DRIP).await;
        Err(std::io::Error::other("cut off"))
    });
    let body = stream::once(async { Ok(half) }).chain(broken);
    Response::from_parts(parts, Body::from_stream(body))
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::Request, middleware, routing::get};
    use tower::ServiceExt;

    use super::{Fault, SLOW_BY, Switch, misbehave};

    #[test]
    fn each_fault_is_found_by_its_name() {
        for fault in Fault::ALL {
            assert_eq!(fault.as_str().parse(), Ok(fault));
        }
        assert!("fire".parse::<Fault>().is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_server_gives_the_right_answer_late() {
        let switch = Switch::default();
        switch.set(Fault::Slow);
        let router = Router::new()
            .route("/Goal", get(|| async { "right" }))
            .layer(middleware::from_fn_with_state(switch, misbehave));
        let before = tokio::time::Instant::now();
        let request = Request::get("/Goal").body(Body::empty()).expect("a request");
        let answer = router.oneshot(request).await.expect("an answer");
        assert_eq!(before.elapsed(), SLOW_BY);
        let body = axum::body::to_bytes(answer.into_body(), 100).await.expect("a body");
        assert_eq!(&body[..], b"right");
    }
}
