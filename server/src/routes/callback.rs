//! `/callback/{source}`: a source sends the browser back (checklist L7 to L9).

use std::sync::Arc;

use access::{Launch, LaunchId, Role, Session, SessionHash, Viewer};
use app::pages::Trouble;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use smart::{AuthorizationRefusal, Callback, CallbackError, Client, Granted, Intent};

use super::trouble;
use crate::cookies;
use crate::state::Server;

/// Redeems the code and goes on to a clean address: the plan of a new launch, or of the launch that got one more source.
pub async fn finish(
    State(server): State<Arc<Server>>,
    Path(source): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(client) = server.registry.by_source(&source).cloned() else {
        return trouble::no_such_page(State(server)).await;
    };
    let callback = Callback::parse(&query.unwrap_or_default());
    let browser = cookies::way_back(&headers);
    let granted = match server.smart.complete(&client, callback, browser.as_ref(), server.pending.as_ref()).await {
        Ok(granted) => granted,
        Err(CallbackError::Store(error)) => return trouble::internal(&server, &error).await,
        Err(error) => return refuse(&server, &client, &error).await,
    };
    let arrived = match granted.pending.for_launch.clone() {
        Some(launch) => join(&server, &client, &launch, granted, &headers).await,
        None => open(&server, &client, granted, &headers).await,
    };
    arrived.unwrap_or_else(|response| *response)
}

/// Opens a new launch in this browser's session, or in a new session.
async fn open(
    server: &Arc<Server>,
    client: &Arc<Client>,
    granted: Granted,
    headers: &HeaderMap,
) -> Result<Response, Box<Response>> {
    let Some(patient) = granted.grant.patient.clone() else { return Err(Box::new(trouble::not_open(server).await)) };
    let (session, cookie) = session(server, headers).await?;
    let viewer = viewer(server, client, &granted);
    let id = LaunchId::from_random(server.opaque.bits());
    let launch = Launch {
        id: id.clone(),
        session,
        tenant: client.tenant.clone(),
        source: client.source.clone(),
        patient,
        viewer,
        banner: granted.context.need_patient_banner,
        created: server.clock.now(),
    };
    let stored = async {
        server.launches.put(launch).await?;
        server.grants.put(&id, &client.source, &granted.grant).await
    };
    if let Err(error) = stored.await {
        return Err(Box::new(trouble::internal(server, &error).await));
    }
    // What an EHR says about the user's intent only ever chooses among our own pages.
    let page = match granted.context.intent {
        Some(Intent::Sources) => "sources",
        Some(Intent::Plan) | None => "plan",
    };
    let mut response = Redirect::to(&format!("/l/{id}/{page}")).into_response();
    if let Some(cookie) = cookie {
        cookies::set_session(response.headers_mut(), &cookie);
    }
    Ok(response)
}

/// Adds the source to a launch of this browser's session.
async fn join(
    server: &Arc<Server>,
    client: &Arc<Client>,
    launch: &LaunchId,
    granted: Granted,
    headers: &HeaderMap,
) -> Result<Response, Box<Response>> {
    let Some(cookie) = cookies::session(headers) else { return Err(Box::new(trouble::not_open(server).await)) };
    let room = match server.sessions.lookup(cookie, server.clock.now()).await {
        Ok(Some(session)) => server.rooms.enter(server, launch, session.hash).await,
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    match room {
        Ok(Some(room)) if is_another_person(&room.launch, client, &granted) => {
            tracing::warn!(source = %client.source, launch_source = %room.launch.source, "another person was chosen for an open launch");
            Err(Box::new(other_person(server, client).await))
        }
        Ok(Some(room)) if room.launch.tenant == client.tenant => {
            if let Err(error) = server.grants.put(launch, &client.source, &granted.grant).await {
                return Err(Box::new(trouble::internal(server, &error).await));
            }
            room.connect(server, &client.source, granted.grant);
            Ok(Redirect::to(&format!("/l/{launch}/plan")).into_response())
        }
        Ok(_) => Err(Box::new(trouble::not_open(server).await)),
        Err(error) => Err(Box::new(trouble::internal(server, &error).await)),
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

/// The browser's session where it has an open one; else a new one with the cookie to give.
async fn session(server: &Arc<Server>, headers: &HeaderMap) -> Result<(SessionHash, Option<String>), Box<Response>> {
    let now = server.clock.now();
    let internal = async |error| Box::new(trouble::internal(server, &error).await);
    if let Some(cookie) = cookies::session(headers) {
        match server.sessions.lookup(cookie, now).await {
            Ok(Some(session)) => return Ok((session.hash, None)),
            Ok(None) => {}
            Err(error) => return Err(internal(error).await),
        }
    }
    let cookie = server.opaque.text();
    let hash = cookies::hash(&cookie);
    match server.sessions.put(Session::begin(hash, now)).await {
        Ok(()) => Ok((hash, Some(cookie))),
        Err(error) => Err(internal(error).await),
    }
}

/// Who the user is; without a verified identity a clinician without a name, who can read what the grant allows.
fn viewer(server: &Server, client: &Client, granted: &Granted) -> Viewer {
    let verified = granted.identity.as_ref().and_then(|identity| identity.viewer(Role::Patient));
    let mut viewer = verified.unwrap_or(Viewer { user: None, role: Role::Clinician, name: None, fhir_user: None });
    let tenant = server.config.tenant(&client.tenant.0);
    let coordinates = |user: &str| {
        tenant.is_some_and(|tenant| {
            tenant.coordinators.iter().any(|listed| *listed == format!("{}/{user}", client.source))
        })
    };
    let user = granted.identity.as_ref().and_then(|identity| identity.fhir_user.as_ref());
    if user.is_some_and(|user| coordinates(&user.to_string())) {
        viewer.role = Role::Coordinator;
    }
    viewer
}

/// Tells what went wrong, in words that give a stranger nothing.
async fn refuse(server: &Arc<Server>, client: &Client, error: &CallbackError) -> Response {
    tracing::warn!(source = %client.source, %error, "a launch was not completed");
    let name = server.config.source(&client.source).map_or("The source", |source| &source.name);
    let (status, title, sentence, what_to_do) = match error {
        CallbackError::Refused { refusal: AuthorizationRefusal::AccessDenied, .. } => (
            StatusCode::FORBIDDEN,
            format!("{name} did not give access"),
            "Access was declined there.",
            "Go back to the plan, or start again if this was a mistake.",
        ),
        CallbackError::Refused { .. } => (
            StatusCode::FORBIDDEN,
            format!("{name} did not give access"),
            "It ended the sign-in with an error.",
            "Start again. If it stays so, tell your operator.",
        ),
        CallbackError::NoBrowserCookie { .. } => (
            StatusCode::BAD_REQUEST,
            "This browser keeps no cookie for Accord".to_owned(),
            "The sign-in could not be tied to this browser, so it was stopped.",
            "Open Accord in a window of its own, or allow its cookie, and start again.",
        ),
        CallbackError::MissingPatient { .. } => (
            StatusCode::BAD_GATEWAY,
            format!("{name} did not say whose record this is"),
            "Accord guesses no person, so nothing was opened.",
            "Choose the person in the record first, then open Accord again.",
        ),
        CallbackError::Token(_) | CallbackError::Identity(_) => (
            StatusCode::BAD_GATEWAY,
            format!("The sign-in at {name} could not be verified"),
            "Its answer was not as it must be, so nothing was opened.",
            "Start again. If it stays so, tell your operator.",
        ),
        _ => (
            StatusCode::BAD_REQUEST,
            "This sign-in has ended".to_owned(),
            "It was used already, took longer than ten minutes, or was begun in another browser.",
            "Start again from the health record or the start page.",
        ),
    };
    // A page of the source about it, which lies at one of its own origins (checklist L8).
    let more = match error {
        CallbackError::Refused { more, .. } => more.as_ref(),
        _ => None,
    };
    let way_on = match more {
        Some(page) => (format!("What {name} says about it"), page.to_string()),
        None => ("Start page".to_owned(), "/".to_owned()),
    };
    let trouble = Trouble {
        title,
        sentence: sentence.to_owned(),
        what_to_do: what_to_do.to_owned(),
        reference: None,
        way_on: Some(way_on),
    };
    trouble::page(server, status, trouble).await
}
