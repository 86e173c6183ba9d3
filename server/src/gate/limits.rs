//! How often, by action and key.

use std::sync::Arc;

use access::rate::{Action, TooOften};
use access::{Operation, SessionHash};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use crate::routes::trouble;
use crate::state::Server;

/// What is counted by the address of the client, before anything else is done.
pub fn by_address(operation: Operation) -> Option<Action> {
    match operation {
        Operation::BeginLaunch => Some(Action::Launch),
        Operation::FinishLaunch => Some(Action::Callback),
        Operation::ChooseProvider => Some(Action::Choose),
        Operation::KeepTyped => Some(Action::Typed),
        Operation::ConnectSource | Operation::GiveConsent | Operation::OpenPerson => Some(Action::SignIn),
        _ => None,
    }
}

/// What is counted by the session.
pub fn by_session(operation: Operation) -> Option<Action> {
    (operation == Operation::ChangeGoal).then_some(Action::Save)
}

/// The key of a session, which says nothing about its cookie.
pub fn session_key(session: SessionHash) -> String {
    session.0.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Counts one action, or gives the answer that says when to come back.
pub async fn check(server: &Arc<Server>, action: Action, key: &str) -> Result<(), Box<Response>> {
    match server.limits.check(action, key, server.clock.now()) {
        Ok(()) => Ok(()),
        Err(too_often) => Err(Box::new(come_back(server, too_often).await)),
    }
}

async fn come_back(server: &Arc<Server>, TooOften { retry_after }: TooOften) -> Response {
    let seconds = u64::try_from(retry_after.as_secs()).unwrap_or(0).saturating_add(1);
    let mut response = trouble::say(
        server,
        StatusCode::TOO_MANY_REQUESTS,
        "Too many requests",
        "This was asked for more often than Accord answers.",
        &format!("Wait {seconds} seconds, then try again."),
    )
    .await;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}
