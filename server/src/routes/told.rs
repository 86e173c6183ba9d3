//! What came of a question, a split or a disconnection: told on the page of the sources, or on a page of its own.

use std::sync::Arc;

use app::desk::Answer;
use app::pages::Trouble;
use app::who::{WHO_IS_IT, WhoTold};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::trouble;
use crate::rooms::Room;
use crate::state::Server;

/// Sends the browser to the page of the sources, which tells it.
pub fn on_sources(server: &Server, room: &Room, told: &WhoTold) -> Response {
    let said = serde_json::to_string(told).ok();
    let ticket = keep(server, room, Answer { function: WHO_IS_IT.to_owned(), said, typed: Vec::new() });
    Redirect::to(&format!("/l/{}/sources?answer={ticket}", room.launch.id)).into_response()
}

/// Keeps an answer for a page of the launch; gives its ticket.
pub fn keep(server: &Server, room: &Room, answer: Answer) -> String {
    let ticket = server.opaque.text();
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    ticket
}

/// Says why something was not done, with the way back to the sources of the launch.
pub async fn page(
    server: &Arc<Server>,
    room: &Room,
    status: StatusCode,
    [title, sentence, to_do]: [&str; 3],
) -> Response {
    let trouble = Trouble {
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        what_to_do: to_do.to_owned(),
        reference: None,
        way_on: Some(("Back to the sources".to_owned(), format!("/l/{}/sources", room.launch.id))),
    };
    trouble::page(server, status, trouble).await
}

/// The source's name for people.
pub fn name(server: &Server, source: &str) -> String {
    server.config.source(source).map_or_else(|| "The source".to_owned(), |source| source.name.clone())
}
