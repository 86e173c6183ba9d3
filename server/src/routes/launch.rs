//! `/launch?iss&launch`: an EHR opens a person's plan (checklist L1 to L5).
//!
//! Before the browser leaves for the authorization server it shows that it keeps our cookie: it is sent here once more,
//! and must bring the cookie along (E1). In a frame of another site it may not, and then nothing else would tell this
//! browser from another when it comes back. It is offered a window of its own instead (E3), with a launch handle that
//! nobody has used yet.

use std::sync::Arc;

use app::pages::{WhyWindow, open_window_document};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use smart::{Client, LaunchQuery, Start};
use url::form_urlencoded::{Serializer, parse};

use super::{authorize, draw, trouble};
use crate::config::Quirk;
use crate::cookies::{self, Place};
use crate::middleware::ShownBy;
use crate::state::Server;

/// Says in the address that the browser was given our cookie and sent here again.
const GIVEN: (&str, &str) = ("cookie", "given");

/// Looks the issuer up, and sends the browser to its authorization server. An unknown issuer is refused before any
/// request leaves.
pub async fn begin(State(server): State<Arc<Server>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let query = query.unwrap_or_default();
    let Ok(LaunchQuery { iss, launch: Some(launch) }) = LaunchQuery::parse(&query) else {
        return trouble::say(
            &server,
            StatusCode::BAD_REQUEST,
            "This launch is not complete",
            "A launch from an EHR names the EHR and what it has opened; this one does not.",
            "Open Accord from the person's record once more.",
        )
        .await;
    };
    let Ok(client) = server.registry.by_issuer(&iss, None) else {
        return trouble::say(
            &server,
            StatusCode::FORBIDDEN,
            "This EHR is not known here",
            "Accord is launched only by the EHRs that its operator has registered. Nothing was sent to the one that asked.",
            "Tell your operator the address of the EHR, if it should be registered.",
        )
        .await;
    };
    let address = |marks: &[(&str, &str)]| {
        let mut query = Serializer::new(String::new());
        query.append_pair("iss", &iss).append_pair("launch", launch.expose()).extend_pairs(marks);
        format!("/launch?{}", query.finish())
    };
    let given = parse(query.as_bytes()).any(|(name, value)| (name.as_ref(), value.as_ref()) == GIVEN);
    let place = Place::said(&headers);
    let mut response = if place == Some(Place::Frame) && refuses_frames(&server, client) {
        window(&server, WhyWindow::SourceRefuses, address(&[])).await
    } else if cookies::way_back(&headers).is_some() {
        authorize::send(&server, client, Start::Ehr { iss, launch }, &headers, None).await
    } else if !given {
        give(&server, client, place, &address(&[GIVEN]))
    } else if place == Some(Place::Window) {
        no_cookie(&server).await
    } else {
        window(&server, WhyWindow::NoCookie, address(&[])).await
    };
    response.extensions_mut().insert(ShownBy(client.tenant.clone()));
    response
}

/// Gives the browser our cookie, of both kinds where it does not say where the answer will stand, and sends it here
/// again.
fn give(server: &Server, client: &Client, place: Option<Place>, again: &str) -> Response {
    let mut response = Redirect::to(again).into_response();
    let binding = access::Secret::new(server.opaque.text());
    for kind in [Place::Window, Place::Frame] {
        if place.is_none_or(|place| place == kind) {
            cookies::set_way_back(response.headers_mut(), kind, &binding);
        }
    }
    if place != Some(Place::Window) {
        cookies::set_framed_by(response.headers_mut(), &client.tenant.0);
    }
    response
}

fn refuses_frames(server: &Server, client: &Client) -> bool {
    let source = server.config.source(&client.source);
    source.is_some_and(|source| source.quirks.contains(&Quirk::RefusesFrames))
}

async fn window(server: &Arc<Server>, why: WhyWindow, again: String) -> Response {
    draw::page(server, StatusCode::OK, move || open_window_document(why, again.clone())).await
}

async fn no_cookie(server: &Arc<Server>) -> Response {
    trouble::say(
        server,
        StatusCode::BAD_REQUEST,
        "This browser keeps no cookie for Accord",
        "Without it a sign-in cannot be tied to this browser, so nothing was begun.",
        "Allow the cookie of this site, then open Accord from the person's record once more.",
    )
    .await
}
