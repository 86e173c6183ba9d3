//! Refusals and failures, each with a page that says what happened and what to do.

use std::fmt::Display;
use std::sync::Arc;

use app::pages::{Trouble, error_document};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::draw;
use crate::state::Server;

/// Draws one.
pub async fn page(server: &Arc<Server>, status: StatusCode, trouble: Trouble) -> Response {
    draw::page(server, status, move || error_document(trouble.clone())).await
}

/// For an address that names no page.
pub async fn no_such_page(State(server): State<Arc<Server>>) -> Response {
    say(
        &server,
        StatusCode::NOT_FOUND,
        "There is no page at this address",
        "The address may be mistyped or out of date.",
        "Go to the start page and open the plan from there.",
    )
    .await
}

/// For a launch that is not open in this browser: ended, foreign or never there, all told alike.
pub async fn not_open(server: &Arc<Server>) -> Response {
    say(
        server,
        StatusCode::NOT_FOUND,
        "This plan is not open in this browser",
        "The session may have ended, or the plan was opened in another browser.",
        "Open it again from the health record, or sign in from the start page.",
    )
    .await
}

/// For the panel in a browser that nobody is signed in with.
pub async fn panel_not_open(server: &Arc<Server>) -> Response {
    let trouble = Trouble {
        title: "Your panel is not open in this browser".into(),
        sentence: "The session may have ended, or nobody has signed in here yet.".into(),
        what_to_do: "Sign in as a care coordinator to open it.".into(),
        reference: None,
        way_on: Some(("Sign in".into(), "/sign-in?for=panel".into())),
    };
    page(server, StatusCode::NOT_FOUND, trouble).await
}

/// For a record of the panel that its person shares no longer.
pub async fn not_shared(server: &Arc<Server>) -> Response {
    let trouble = Trouble {
        title: "This record is not shared any more".into(),
        sentence: "The person shares it no longer, or the sharing has ended. What came from it is not shown.".into(),
        what_to_do: "Talk to the person if you need to see their plan.".into(),
        reference: None,
        way_on: Some(("My panel".into(), "/panel".into())),
    };
    page(server, StatusCode::FORBIDDEN, trouble).await
}

/// For an item that the plan does not have.
pub async fn no_such_item(server: &Arc<Server>) -> Response {
    say(
        server,
        StatusCode::NOT_FOUND,
        "This item is not in the plan",
        "It may have been removed at its source, or its source has not been read yet.",
        "Go back to the care plan and look at the list of sources.",
    )
    .await
}

/// For a failure on our side: logged whole under a reference, shown by the reference.
pub async fn internal(server: &Arc<Server>, error: &(dyn std::error::Error + Sync)) -> Response {
    let reference = reference(server, &chain(error));
    let trouble = Trouble {
        title: "Something went wrong on our side".into(),
        sentence: "The request was not carried out.".into(),
        what_to_do: "Try again in a moment. If it stays so, tell support the reference.".into(),
        reference: Some(reference),
        way_on: Some(("Start page".into(), "/".into())),
    };
    page(server, StatusCode::INTERNAL_SERVER_ERROR, trouble).await
}

/// For a refusal in our own words.
pub async fn say(server: &Arc<Server>, status: StatusCode, title: &str, sentence: &str, what_to_do: &str) -> Response {
    let trouble = Trouble {
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        what_to_do: what_to_do.to_owned(),
        reference: None,
        way_on: Some(("Start page".into(), "/".into())),
    };
    page(server, status, trouble).await
}

/// Logs what happened and gives the reference under which support finds it.
pub fn reference(server: &Server, what: &dyn Display) -> String {
    let reference: String = server.opaque.bits().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    tracing::error!(reference, "{what}");
    reference
}

/// An error with its causes, outermost first.
fn chain(error: &(dyn std::error::Error + Sync)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
