//! A new launch.

use access::launch::OpenedBy;
use access::{Launch, LaunchId, Link, Operation, PatientAt, Proof, SessionHash, Viewer};
use axum::response::{IntoResponse, Redirect, Response};
use smart::{Granted, Intent};

use super::{Arrival, session, viewer};
use crate::cookies;
use crate::routes::trouble;

/// Opens a new launch in this browser's session, or in a new session.
pub async fn arrive(arrival: &Arrival<'_>, granted: Granted) -> Result<Response, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let viewer = viewer::of(server, client, &granted);
    let signed_in = match session::signed_in(arrival, viewer.user.as_ref(), granted.pending.created).await {
        Ok(signed_in) => signed_in,
        Err(answer) => return Err(arrival.give_back(granted, answer).await),
    };
    let mut response = match opened(arrival, viewer, signed_in.hash, &granted).await {
        Ok(response) => response,
        Err(answer) => *arrival.give_back(granted, answer).await,
    };
    // Also where nothing was opened: the former cookie ends in half a minute, and other tabs go on by this one.
    if let Some(cookie) = signed_in.cookie {
        cookies::set_session(response.headers_mut(), arrival.place(), &cookie);
    }
    Ok(response)
}

async fn opened(
    arrival: &Arrival<'_>,
    viewer: Viewer,
    session: SessionHash,
    granted: &Granted,
) -> Result<Response, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let Some(patient) = granted.grant.patient.clone() else { return Err(Box::new(trouble::not_open(server).await)) };
    let id = LaunchId::from_random(server.opaque.bits());
    // After the session has got its new cookie: the former one must not open what comes now (S5).
    let now = server.clock.now();
    let launch = Launch {
        id: id.clone(),
        session,
        tenant: client.tenant.clone(),
        source: client.source.clone(),
        patient: patient.clone(),
        viewer: viewer.clone(),
        banner: granted.context.need_patient_banner,
        opened_by: OpenedBy::OwnGrant,
        created: now,
    };
    arrival.write(&arrival.event(Operation::FinishLaunch).of_launch(&launch)).await?;
    let link = Link {
        at: PatientAt::new(client.source.as_str(), patient),
        how: Proof::Grant { launch: id.clone() },
        who: viewer.user,
        when: now,
    };
    let stored = async {
        server.launches.put(launch).await?;
        server.grants.put(&client.tenant, &id, &client.source, &granted.grant).await?;
        server.persons.find_or_create(&client.tenant, &link).await
    };
    if let Err(error) = stored.await {
        return Err(arrival.internal(error).await);
    }
    // What an EHR says about the user's intent only ever chooses among our own pages.
    let page = match granted.context.intent {
        Some(Intent::Sources) => "sources",
        Some(Intent::Plan) | None => "plan",
    };
    Ok(Redirect::to(&format!("/l/{id}/{page}")).into_response())
}
