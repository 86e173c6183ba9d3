//! `POST /panel/open`: a person of the panel becomes a launch.

use std::sync::Arc;

use access::launch::OpenedBy;
use access::policy::Way;
use access::{AuditEvent, Launch, LaunchId, Operation, PersonId, SessionHash, StoreError, TenantId, Viewer};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use serde::Deserialize;

use super::trouble;
use crate::gate::{self, Admitted};
use crate::panel::{self, Door};
use crate::state::Server;

/// The form.
#[derive(Debug, Deserialize)]
pub struct OpenForm {
    /// Our own id of the person.
    #[serde(default)]
    person: String,
}

/// Opens the person by the way that stands now, or says that there is none. A person of another tenant, one who shares
/// no longer and one who never was are answered alike.
pub async fn open(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Form(form): Form<OpenForm>,
) -> Response {
    let (Some(session), Some(viewer), Some(tenant)) = (&admitted.session, &admitted.viewer, &admitted.tenant) else {
        return trouble::not_open(&server).await;
    };
    let door = match PersonId::parse(&form.person) {
        Some(person) => panel::door(&server, tenant, &person).await,
        None => Ok(None),
    };
    let door = match door {
        Ok(door) => door,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    if let Err(answer) = gate::may(&server, &admitted, door.as_ref().map_or(Way::None, |door| door.way)).await {
        return *answer;
    }
    // The policy lets nobody through without a way.
    let Some(door) = door else { return trouble::not_open(&server).await };
    let launch = launch(&server, session.hash, tenant, viewer, &door);
    if let Err(error) = server.audit.write_all(&events(&server, &admitted, &launch, &door)).await {
        return gate::unwritten(&server, &error).await;
    }
    let id = launch.id.clone();
    match store(&server, launch, &door).await {
        Ok(true) => Redirect::to(&format!("/l/{id}/plan")).into_response(),
        // Taken back while the form was on its way.
        Ok(false) => match gate::may(&server, &admitted, Way::None).await {
            Err(answer) => *answer,
            Ok(()) => trouble::not_open(&server).await,
        },
        Err(error) => trouble::internal(&server, &error).await,
    }
}

fn launch(server: &Server, session: SessionHash, tenant: &TenantId, viewer: &Viewer, door: &Door) -> Launch {
    Launch {
        id: LaunchId::from_random(server.opaque.bits()),
        session,
        tenant: tenant.clone(),
        source: door.at.source.clone(),
        patient: door.at.patient.clone(),
        // The user's own resource lies where they signed in; at this source the same reference would be somebody else.
        viewer: Viewer { fhir_user: None, ..viewer.clone() },
        banner: true,
        opened_by: OpenedBy::Panel,
        created: server.clock.now(),
    }
}

/// One event for each record that is opened.
fn events(server: &Server, admitted: &Admitted, launch: &Launch, door: &Door) -> Vec<AuditEvent> {
    let event = gate::event(server, admitted, &launch.tenant, Operation::OpenPerson).of_launch(launch);
    let shared = door.shared.iter().map(|(_, at)| event.clone().at(at.clone()));
    if door.shared.is_empty() { vec![event] } else { shared.collect() }
}

/// Stores the launch and lends it what it reads by; false, and no launch, where its own source is shared no longer.
async fn store(server: &Server, launch: Launch, door: &Door) -> Result<bool, StoreError> {
    let (id, session, now) = (launch.id.clone(), launch.session, launch.created);
    server.launches.put(launch).await?;
    for (index, (key, _)) in door.shared.iter().enumerate() {
        if !server.standing.lend(key, &id, now).await? && index == 0 {
            server.launches.end(&id, session).await?;
            return Ok(false);
        }
    }
    Ok(true)
}
