//! `/launch?iss&launch`: an EHR opens a person's plan (checklist L1 to L5).

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use smart::{LaunchQuery, Start};

use super::{authorize, trouble};
use crate::state::Server;

/// Looks the issuer up, and sends the browser to its authorization server. An unknown issuer is refused before any
/// request leaves.
pub async fn begin(State(server): State<Arc<Server>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let Ok(LaunchQuery { iss, launch: Some(launch) }) = LaunchQuery::parse(&query.unwrap_or_default()) else {
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
    authorize::send(&server, client, Start::Ehr { iss, launch }, &headers, None).await
}
