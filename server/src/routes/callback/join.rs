//! One more source for a launch: only with a Patient that is known to be its person (smart-launch P9).

use std::sync::Arc;

use access::{Launch, LaunchId, Operation, Outcome, PatientAt, Proof};
use app::who::{Described, PersonQuestion, Raised};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fhir::Resource;
use smart::{Client, Granted};

use super::Arrival;
use crate::cookies;
use crate::person::{self, Arrived, Unread};
use crate::questions::{self, Question, Reach};
use crate::rooms::Room;
use crate::routes::{give_back, told, trouble};
use crate::sources;
use crate::state::Server;

/// Adds the source to a launch of this browser's session, or asks whether it is the same person.
pub async fn arrive(arrival: &Arrival<'_>, launch: &LaunchId, granted: Granted) -> Result<Response, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let room = match room(arrival, launch).await {
        Ok(room) => room,
        Err(answer) => return Err(arrival.give_back(granted, answer).await),
    };
    let patient = granted.grant.patient.clone().unwrap_or_default();
    let event = arrival.event(Operation::FinishLaunch).of_launch(&room.launch);
    let at = PatientAt::new(client.source.as_str(), patient);
    let event = event.at(at.clone());
    if is_another_person(&room.launch, client, &granted) {
        tracing::warn!(source = %client.source, launch_source = %room.launch.source, "another person was chosen for an open launch");
        let answer = match arrival.write(&event.with(Outcome::PatientMismatch)).await {
            Ok(()) => Box::new(other_person(server, client).await),
            Err(unwritten) => unwritten,
        };
        return Err(arrival.give_back(granted, answer).await);
    }
    if let Err(unwritten) = arrival.write(&event).await {
        return Err(arrival.give_back(granted, unwritten).await);
    }
    if room.launch.source == client.source {
        return connect(arrival, &room, granted).await;
    }
    let known = match person::known(server, &room, &at).await {
        Ok(known) => known,
        Err(error) => {
            let answer = arrival.internal(error).await;
            return Err(arrival.give_back(granted, answer).await);
        }
    };
    // What a user has confirmed is not asked again.
    if matches!(known, Some(Proof::Confirmed { .. })) {
        return connect(arrival, &room, granted).await;
    }
    let (own, other) = match both(server, &room, client, &granted).await {
        Ok(both) => both,
        // Whose record it is has been known before; that it cannot be read now is told on the plan.
        Err((_, Unread::Fhir(_) | Unread::Late)) if known.is_some() => return connect(arrival, &room, granted).await,
        Err((name, error)) => {
            tracing::warn!(source = %client.source, error = &error as &dyn std::error::Error, "a second source was not joined");
            arrival.note(Outcome::Failed, "the Patient could not be read".to_owned()).await;
            let answer = unread(server, &room, &name, &error).await;
            return Err(arrival.give_back(granted, Box::new(answer)).await);
        }
    };
    let facts = (&own.facts, &other.facts);
    let who = granted.identity.as_ref().map(|identity| identity.user.clone());
    let linking = who.clone().or_else(|| room.launch.viewer.user.clone());
    match person::arrived(server, &room, &at, facts, linking).await {
        Ok(Arrived::Theirs) => connect(arrival, &room, granted).await,
        Ok(Arrived::Ask { of_another }) => {
            let id = questions::name(server.opaque.bits());
            let withheld = person::withheld(&room.launch.viewer, who.is_some(), of_another);
            let raised = Raised::SignIn;
            let shown = PersonQuestion { id: id.clone(), own, other, raised, of_another, withheld };
            let reach = Reach::SignIn { grant: Box::new(granted.grant), who };
            let question = Question { shown, launch: launch.clone(), at, reach };
            give_back(server, server.questions.put(question, server.clock.now())).await;
            Ok(Redirect::to(&format!("/l/{launch}/confirm/{id}")).into_response())
        }
        Err(error) => {
            let answer = arrival.internal(error).await;
            Err(arrival.give_back(granted, answer).await)
        }
    }
}

/// Stores the grant and begins to read.
async fn connect(arrival: &Arrival<'_>, room: &Room, granted: Granted) -> Result<Response, Box<Response>> {
    let (server, source) = (arrival.server, &arrival.client.source);
    if let Err(error) = server.grants.put(&room.launch.tenant, &room.launch.id, source, &granted.grant).await {
        let answer = arrival.internal(error).await;
        return Err(arrival.give_back(granted, answer).await);
    }
    room.connect(server, source, granted.grant);
    // A split that came after the link was looked up has not seen that it is read here.
    if let Err(error) = person::keep_to_its_person(server, room).await {
        return Err(arrival.internal(error).await);
    }
    Ok(Redirect::to(&format!("/l/{}/plan", room.launch.id)).into_response())
}

/// The launch's own Patient and the granted one; else the name of the source that did not say who it is about.
async fn both(
    server: &Server,
    room: &Room,
    client: &Client,
    granted: &Granted,
) -> Result<(Described, Described), (String, Unread)> {
    let described = |source: &str, patient: Result<Arc<Resource>, Unread>| {
        let name = told::name(server, source);
        let config = server.config.source(source).ok_or((name.clone(), Unread::NotConnected))?;
        let patient = patient.map_err(|error| (name, error))?;
        Ok(Described::of(sources::source(config), &patient.read()))
    };
    // The granted one first: where that fails, nothing else has to be asked.
    let other = described(&client.source, person::granted(server, &client.source, &granted.grant).await)?;
    let own = described(&room.launch.source, person::own(room).await)?;
    Ok((own, other))
}

/// Nothing is joined without both Patients; there is no third way to know whose record it is.
async fn unread(server: &Arc<Server>, room: &Room, name: &str, error: &Unread) -> Response {
    let (status, why, to_do) = match error {
        Unread::Replaced => (
            StatusCode::CONFLICT,
            "says that this record was merged into another one",
            "Choose the person there anew, by the record that is in use now.",
        ),
        Unread::Fhir(_) | Unread::Late | Unread::NotConnected => (
            StatusCode::BAD_GATEWAY,
            "did not give its description of the person",
            "Connect it again in a moment. If it stays so, tell your operator.",
        ),
    };
    let sentence = format!(
        "{name} {why}, so the two records could not be compared. Nothing was joined, and the sign-in was given back."
    );
    told::page(server, room, status, ["It could not be seen whose record this is", &sentence, to_do]).await
}

/// The launch's room, where it is of this browser's session and of the source's tenant.
pub async fn room(arrival: &Arrival<'_>, launch: &LaunchId) -> Result<Arc<Room>, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let found = async {
        let Some(cookie) = cookies::session_at(arrival.headers, arrival.place()) else { return Ok(None) };
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
