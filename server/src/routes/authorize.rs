//! Sends the browser to a source's authorization server, and remembers what must be known when it comes back.

use std::sync::Arc;

use access::LaunchId;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use smart::{Client, Start};

use super::trouble;
use crate::cookies;
use crate::state::Server;

/// Begins a launch at a source; `for_launch` names the launch that gets one more source.
pub async fn send(
    server: &Arc<Server>,
    client: &Arc<Client>,
    start: Start,
    headers: &HeaderMap,
    for_launch: Option<LaunchId>,
) -> Response {
    let authorization = match server.smart.begin(client, start, cookies::way_back(headers), for_launch).await {
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
    let mut response = Redirect::to(authorization.url.as_str()).into_response();
    cookies::set_way_back(response.headers_mut(), &authorization.browser);
    response
}
