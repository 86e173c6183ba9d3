//! Refusals of changes of goals.
//!
//! The largest EHRs take none, and each says so in its own way: with words, without, or by a page of what stands before
//! it. Only a request for one goal is looked at, not what a transaction would change.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};

/// How changes of goals are refused; reading them goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalRefusal {
    /// 403 with an OperationOutcome: this client may not.
    Forbidden,
    /// 403 with a page, as firewalls before an EHR answer what they do not know.
    ForbiddenPage,
    /// 405 with an OperationOutcome: nobody may.
    NotAllowed,
    /// 405 without a body.
    NotAllowedEmpty,
    /// 422 with an OperationOutcome: a rule of the house is against it.
    Unprocessable,
}

impl GoalRefusal {
    /// True for a request that would change a goal, or add one.
    pub(super) fn concerns(request: &Request) -> bool {
        let mut segments = request.uri().path().trim_start_matches('/').split('/');
        let is_of_goals = segments.next() == Some("Goal");
        is_of_goals && !request.method().is_safe() && segments.next() != Some("_search")
    }

    /// What such a request is answered.
    pub(super) fn answer(self) -> Response {
        match self {
            Self::Forbidden => outcome(
                StatusCode::FORBIDDEN,
                json!({
                    "severity": "error",
                    "code": "forbidden",
                    "details": { "text": "Goals are changed in the chart only." },
                    "diagnostics": "The client is not authorized to update Goal.",
                }),
            ),
            Self::ForbiddenPage => {
                let page = "<!DOCTYPE html><html><head><title>Request Rejected</title></head><body>\
                            <h1>Request Rejected</h1><p>Your support ID is 8731.</p></body></html>";
                (StatusCode::FORBIDDEN, Html(page)).into_response()
            }
            Self::NotAllowed => reads_only(outcome(
                StatusCode::METHOD_NOT_ALLOWED,
                json!({
                    "severity": "error",
                    "code": "not-supported",
                    "diagnostics": "The interaction update is not offered for Goal.",
                }),
            )),
            Self::NotAllowedEmpty => reads_only(StatusCode::METHOD_NOT_ALLOWED.into_response()),
            Self::Unprocessable => outcome(
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({
                    "severity": "error",
                    "code": "business-rule",
                    "details": { "text": "A goal is changed by the care plan that it belongs to." },
                    "expression": ["Goal.target"],
                }),
            ),
        }
    }
}

fn outcome(status: StatusCode, issue: Value) -> Response {
    let body = json!({ "resourceType": "OperationOutcome", "issue": [issue] }).to_string();
    (status, [(header::CONTENT_TYPE, "application/fhir+json; charset=utf-8")], body).into_response()
}

/// RFC 9110 section 15.5.6: a 405 says what is allowed.
fn reads_only(mut response: Response) -> Response {
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, extract::Request};

    use super::GoalRefusal;

    #[test]
    fn changes_of_goals_are_meant_and_nothing_that_reads_or_is_of_another_type() {
        let concerns = |method: &str, path: &str| {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
            GoalRefusal::concerns(&request)
        };
        for (method, path) in [("PUT", "/Goal/1"), ("PATCH", "/Goal/1"), ("POST", "/Goal"), ("DELETE", "/Goal/1")] {
            assert!(concerns(method, path), "{method} {path}");
        }
        for (method, path) in [("GET", "/Goal/1"), ("POST", "/Goal/_search"), ("PUT", "/Task/1"), ("POST", "/")] {
            assert!(!concerns(method, path), "{method} {path}");
        }
    }
}
