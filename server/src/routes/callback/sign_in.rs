//! A user who signs in without a person: to the panel, or told what to do instead.

use access::policy::{Context, Decision, LaunchOf, Way, Why};
use access::{AuditEvent, Operation, Outcome, Role, SignIn, Viewer, decide};
use app::pages::Trouble;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use smart::Granted;

use super::{Arrival, session, viewer};
use crate::cookies;
use crate::routes::{give_back, trouble};

/// Keeps the sign-in and goes on to the panel, where the user may open it. Nobody's record is open after this.
///
/// The token that came along is good for nothing but the user's name, so it is given back whatever comes of it (T8).
pub async fn arrive(arrival: &Arrival<'_>, granted: Granted) -> Result<Response, Box<Response>> {
    let signed_in = signed_in(arrival, &granted).await;
    give_back(arrival.server, vec![(arrival.client.source.clone(), granted.grant)]).await;
    signed_in
}

async fn signed_in(arrival: &Arrival<'_>, granted: &Granted) -> Result<Response, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let viewer = viewer::of(server, client, granted);
    if viewer.user.is_none() {
        arrival.note(Outcome::Failed, "no verified identity".to_owned()).await;
        return Err(Box::new(unverified(arrival).await));
    }
    let event =
        AuditEvent { who: viewer.user.clone(), role: Some(viewer.role), ..arrival.event(Operation::FinishLaunch) };
    let panel = Context { session: true, launch: LaunchOf::Nobody, way: Way::None };
    let refused = match decide(Some(&viewer), Operation::OpenPanel, &panel) {
        Decision::Allowed => None,
        Decision::Refused(why) => Some(why),
    };
    arrival.write(&event.with(refused.map_or(Outcome::Done, Outcome::Refused))).await?;
    // Also for somebody to whom the panel is not open: whoever was signed in here before is not here any more (P6).
    let session = session::signed_in(arrival, viewer.user.as_ref(), granted.pending.created).await?;
    let mut response = match refused {
        Some(why) => instead(arrival, &viewer, why).await,
        None => {
            let (tenant, source) = (client.tenant.clone(), client.source.clone());
            let sign_in = SignIn { session: session.hash, tenant, source, viewer, created: server.clock.now() };
            match server.sign_ins.put(&sign_in).await {
                Ok(()) => Redirect::to("/panel").into_response(),
                // With its cookie all the same: the former one ends in half a minute, and other tabs go on by this one.
                Err(error) => *arrival.internal(error).await,
            }
        }
    };
    if let Some(cookie) = session.cookie {
        cookies::set_session(response.headers_mut(), arrival.place(), &cookie);
    }
    Ok(response)
}

async fn unverified(arrival: &Arrival<'_>) -> Response {
    let name = name(arrival);
    trouble::say(
        arrival.server,
        StatusCode::BAD_GATEWAY,
        &format!("{name} did not say who you are"),
        "The panel is opened only to somebody who is known, so nothing was opened.",
        "Start again. If it stays so, tell your operator.",
    )
    .await
}

/// For a user to whom the panel is not open: what is open to them.
async fn instead(arrival: &Arrival<'_>, viewer: &Viewer, why: Why) -> Response {
    let at = format!("/sign-in?at={}", arrival.client.source);
    let (sentence, what_to_do, way_on) = match viewer.role {
        Role::Clinician | Role::Coordinator => (
            "You are known there as a clinician. A clinician opens one person's plan, from that person's record.",
            "Open Accord from the record, or choose the person when you sign in. If you coordinate care, ask your operator to list you as a coordinator.",
            ("Choose a person".to_owned(), at),
        ),
        Role::Patient => (
            "You are known there as a patient. Your own plan is open to you, and nobody else's.",
            "Open your own plan.",
            ("Open my plan".to_owned(), at),
        ),
        Role::Carer => (
            "You are known there as a carer. The plan of the person you care for is open to you.",
            "Choose the person you care for when you sign in.",
            ("Choose the person".to_owned(), at),
        ),
    };
    tracing::info!(source = %arrival.client.source, why = why.code(), "a sign-in without a person led to no panel");
    let trouble = Trouble {
        title: "The panel is for care coordinators".to_owned(),
        sentence: sentence.to_owned(),
        what_to_do: what_to_do.to_owned(),
        reference: None,
        way_on: Some(way_on),
    };
    trouble::page(arrival.server, StatusCode::FORBIDDEN, trouble).await
}

fn name<'a>(arrival: &'a Arrival<'_>) -> &'a str {
    arrival.server.config.source(&arrival.client.source).map_or("The source", |source| &source.name)
}
