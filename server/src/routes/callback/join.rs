//! One more source for a launch.

use std::sync::Arc;

use access::{Launch, LaunchId, Operation, Outcome, PatientAt};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use smart::{Client, Granted};

use super::Arrival;
use crate::cookies;
use crate::rooms::Room;
use crate::routes::trouble;
use crate::state::Server;

/// Adds the source to a launch of this browser's session.
pub async fn arrive(arrival: &Arrival<'_>, launch: &LaunchId, granted: Granted) -> Result<Response, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let room = room(arrival, launch).await?;
    let patient = granted.grant.patient.clone().unwrap_or_default();
    let event = arrival.event(Operation::FinishLaunch).of_launch(&room.launch);
    let event = event.at(PatientAt::new(client.source.as_str(), patient));
    if is_another_person(&room.launch, client, &granted) {
        tracing::warn!(source = %client.source, launch_source = %room.launch.source, "another person was chosen for an open launch");
        arrival.write(&event.with(Outcome::PatientMismatch)).await?;
        return Err(Box::new(other_person(server, client).await));
    }
    arrival.write(&event).await?;
    if let Err(error) = server.grants.put(launch, &client.source, &granted.grant).await {
        return Err(arrival.internal(error).await);
    }
    room.connect(server, &client.source, granted.grant);
    Ok(Redirect::to(&format!("/l/{launch}/plan")).into_response())
}

/// The launch's room, where it is of this browser's session and of the source's tenant.
async fn room(arrival: &Arrival<'_>, launch: &LaunchId) -> Result<Arc<Room>, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let found = async {
        let Some(cookie) = cookies::session(arrival.headers) else { return Ok(None) };
        match server.sessions.lookup(cookie, server.clock.now()).await? {
            Some(session) => server.rooms.enter(server, launch, &session).await,
            None => Ok(None),
        }
    };
    match found.await {
        Ok(Some(room)) if room.launch.tenant == client.tenant => Ok(room),
        Ok(_) => Err(Box::new(trouble::not_open(server).await)),
        Err(error) => Err(arrival.internal(error).await),
    }
}

/// True where the launch's own source was signed in to again and granted somebody else: one launch is one person.
fn is_another_person(launch: &Launch, client: &Client, granted: &Granted) -> bool {
    launch.source == client.source && granted.grant.patient.as_deref() != Some(launch.patient.as_str())
}

async fn other_person(server: &Arc<Server>, client: &Client) -> Response {
    let name = server.config.source(&client.source).map_or("The source", |source| &source.name);
    trouble::say(
        server,
        StatusCode::CONFLICT,
        "That is another person's record",
        &format!(
            "This plan was opened for one person of {name}, and somebody else was chosen there. Nothing was joined."
        ),
        "Go back and choose the same person, or open the other person from the start page.",
    )
    .await
}
