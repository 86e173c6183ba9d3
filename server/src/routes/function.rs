//! `/l/{launch}/api/…`: the server functions, for forms with script and without.
//!
//! With script a form asks for a fragment and gets its answer drawn. Without, the answer and what was typed are kept
//! under a ticket and the browser goes back to the page it came from (303); nothing typed is lost, and no answer stands
//! in an address.

use std::sync::Arc;

use app::desk::{Answer, LaunchDesk};
use app::pages::{FRAGMENT_TYPE, answer_fragment};
use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, HOST, REFERER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::provide_context;

use crate::desk::Desk;
use crate::gate::Admitted;
use crate::rooms::Room;
use crate::state::Server;

const FORM_BYTES: usize = 256 * 1024;

/// Calls the function that the path names.
pub async fn call(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    request: Request,
) -> Response {
    let wants_fragment = word(request.headers(), ACCEPT).contains(FRAGMENT_TYPE);
    let back = way_back(room.launch.id.as_str(), word(request.headers(), REFERER), word(request.headers(), HOST));
    let function = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
    let (mut parts, body) = request.into_parts();
    // Leptos knows the functions by their own path, without the launch.
    let Ok(path) = format!("/api/{function}").parse() else { return StatusCode::NOT_FOUND.into_response() };
    parts.uri = path;
    let Ok(bytes) = to_bytes(body, FORM_BYTES).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let typed: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).unwrap_or_default();
    // As JSON, so that Leptos neither redirects nor writes the answer into an address.
    parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let desk: Arc<dyn LaunchDesk> = Desk::asked(&server, &room, &admitted.request);
    let context = {
        let desk = desk.clone();
        move || provide_context(desk.clone())
    };
    let response = leptos_axum::handle_server_fns_with_context(context, Request::from_parts(parts, Body::from(bytes)))
        .await
        .into_response();
    if response.status() == StatusCode::NOT_FOUND || response.status() == StatusCode::METHOD_NOT_ALLOWED {
        return StatusCode::NOT_FOUND.into_response();
    }
    let fine = response.status().is_success();
    let said = to_bytes(response.into_body(), FORM_BYTES).await.unwrap_or_default();
    let answer = Answer { function, said: fine.then(|| String::from_utf8_lossy(&said).into_owned()), typed };
    if wants_fragment && let Some(html) = answer_fragment(desk, &answer).await {
        return ([(CONTENT_TYPE, FRAGMENT_TYPE)], html).into_response();
    }
    let ticket = server.opaque.text();
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    Redirect::to(&with_answer(&back, &ticket)).into_response()
}

/// The page that the form was on, if it is ours and of this launch; else the plan.
fn way_back(launch: &str, referer: &str, host: &str) -> String {
    let place = referer.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host)).unwrap_or_default();
    let place = place.split('#').next().unwrap_or_default();
    let home = format!("/l/{launch}/");
    let ours = place.starts_with(&home) && !place.contains("/api/") && !place.contains("..") && !place.contains('\\');
    if ours { place.to_owned() } else { format!("{home}plan") }
}

/// Adds the ticket to the address and keeps the rest of its query, such as filters.
fn with_answer(place: &str, ticket: &str) -> String {
    let (path, query) = place.split_once('?').unwrap_or((place, ""));
    let mut kept: Vec<&str> =
        query.split('&').filter(|part| !part.is_empty() && !part.starts_with("answer=")).collect();
    let answer = format!("answer={ticket}");
    kept.push(&answer);
    format!("{path}?{}", kept.join("&"))
}

fn word(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_only_to_a_page_of_the_same_launch() {
        let back = |referer| way_back("abc", referer, "accord.example");
        assert_eq!(back("https://accord.example/l/abc/goals/g1?show=all#x"), "/l/abc/goals/g1?show=all");
        for other in [
            "",
            "https://accord.example/l/abd/plan",
            "https://evil.example/l/abc/plan",
            "https://accord.example.evil/l/abc/plan",
            "https://accord.example/l/abc/api/save_goal",
            "https://accord.example/l/abc/../x",
        ] {
            assert_eq!(back(other), "/l/abc/plan", "{other}");
        }
    }

    #[test]
    fn a_second_answer_replaces_the_first_in_the_address() {
        assert_eq!(with_answer("/l/a/plan?show=all&answer=old", "new"), "/l/a/plan?show=all&answer=new");
        assert_eq!(with_answer("/l/a/plan", "new"), "/l/a/plan?answer=new");
    }
}
