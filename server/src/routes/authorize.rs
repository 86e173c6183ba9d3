//! Sends the browser to a source's authorization server, and remembers what must be known when it comes back.

use std::sync::Arc;

use access::LaunchId;
use axum::http::header::REFERRER_POLICY;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use smart::{Client, Start, Way};

use super::{authorize_form, trouble};
use crate::cookies::{self, Place};
use crate::middleware::ShownBy;
use crate::state::Server;

/// Begins a launch at a source; `for_launch` names the launch that gets one more source.
pub async fn send(
    server: &Arc<Server>,
    client: &Arc<Client>,
    start: Start,
    headers: &HeaderMap,
    for_launch: Option<LaunchId>,
) -> Response {
    let way_back = cookies::way_back(headers);
    let place = way_back.as_ref().map(|way_back| way_back.place).or(Place::said(headers)).unwrap_or(Place::Window);
    let binding = way_back.map(|way_back| way_back.binding);
    let authorization = match server.smart.begin(client, start, binding, for_launch).await {
        Ok(authorization) => authorization,
        Err(error) => {
            let name = server.config.source(&client.source).map_or("This source", |source| &source.name);
            tracing::warn!(source = %client.source, %error, "a launch could not begin");
            return trouble::say(
                server,
                StatusCode::BAD_GATEWAY,
                &format!("{name} cannot be signed in to now"),
                "It did not say where to sign in, or not in a way that can be trusted.",
                "Try again in a moment. If it stays so, tell your operator; the command `accord check` says what is wrong.",
            )
            .await;
        }
    };
    if let Err(error) =
        server.pending.put(authorization.state_hash, &authorization.pending, authorization.expires).await
    {
        return trouble::internal(server, &error).await;
    }
    let mut response = match &authorization.way {
        Way::Redirect(url) => Redirect::to(url.as_str()).into_response(),
        Way::Post { url, fields } => authorize_form::page(client, url, fields, &server.opaque.text()),
    };
    // The address of this answer may hold a launch handle, and the next one holds the state.
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    cookies::set_way_back(response.headers_mut(), place, &authorization.browser);
    if place == Place::Frame {
        cookies::set_framed_by(response.headers_mut(), &client.tenant.0);
    }
    response.extensions_mut().insert(ShownBy(client.tenant.clone()));
    response
}
