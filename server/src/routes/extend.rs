//! `/extend`: the user wishes to stay signed in.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, HOST, REFERER};
use axum::response::{IntoResponse, Redirect, Response};

use super::{session, trouble};
use crate::gate::Admitted;
use crate::state::Server;
use crate::{cookies, ending};

/// Puts the end off, and goes back to the page that it was asked from.
pub async fn stay(
    State(server): State<Arc<Server>>,
    Extension(mut admitted): Extension<Admitted>,
    headers: HeaderMap,
) -> Response {
    let now = server.clock.now();
    for cookie in cookies::sessions(&headers) {
        match server.sessions.extend(cookie, now).await {
            Ok(Some(session)) => admitted.session = Some(session),
            Ok(None) => {}
            Err(error) => return trouble::internal(&server, &error).await,
        }
    }
    let word = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if word(ACCEPT).contains("application/json") {
        let zone = ending::zone(&server, admitted.tenant.as_ref());
        return session::told(&server, &admitted, &zone).await;
    }
    Redirect::to(page_of_a_session(word(REFERER), word(HOST))).into_response()
}

/// The page that the button was on, if it is one of ours that a session has; else the start page.
fn page_of_a_session<'a>(referer: &'a str, host: &str) -> &'a str {
    let place = referer.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host)).unwrap_or_default();
    let place = place.split('#').next().unwrap_or_default();
    let ours = (place.starts_with("/l/") || place == "/panel" || place.starts_with("/panel?"))
        && !["/api/", "..", "\\"].iter().any(|strange| place.contains(strange));
    if ours { place } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::page_of_a_session;

    #[test]
    fn s3_the_way_back_leads_only_to_our_own_pages() {
        let back = |referer| page_of_a_session(referer, "accord.example");
        assert_eq!(back("https://accord.example/l/abc/goals/g1?answer=x#y"), "/l/abc/goals/g1?answer=x");
        assert_eq!(back("https://accord.example/panel?q=a"), "/panel?q=a");
        for other in [
            "",
            "https://evil.example/l/abc/plan",
            "https://accord.example.evil/l/abc/plan",
            "https://accord.example//evil.example/l/",
            "https://accord.example/l/abc/api/save_goal",
            "https://accord.example/l/../x",
            "https://accord.example/panelled",
        ] {
            assert_eq!(back(other), "/", "{other}");
        }
    }
}
