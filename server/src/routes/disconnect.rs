//! `/l/{launch}/disconnect/{source}`: one source is not read any more in this launch. What is known about the person
//! stays. In a frame the user is asked once more (checklist E6).

use std::collections::HashMap;
use std::sync::Arc;

use access::{AuditEvent, Outcome, PatientAt};
use app::desk::member_name;
use app::pages::{Sure, sure_document};
use app::who::WhoTold;
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use care_plan_service::service::SOURCE;
use fhir::{ResourceKey, SourceId};
use serde::Deserialize;

use super::{draw, told, trouble};
use crate::gate::{self, Admitted};
use crate::rooms::Room;
use crate::state::Server;
use crate::{cookies, person, sources};

/// The form.
#[derive(Debug, Deserialize)]
pub struct DisconnectForm {
    /// The record that the user saw.
    #[serde(default)]
    record: String,
    /// The word of the page that asks once more.
    sure: Option<String>,
}

/// Forgets the source's grant and what was read by it.
pub async fn end(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    Form(form): Form<DisconnectForm>,
) -> Response {
    let source = path.get("source").map(String::as_str).unwrap_or_default();
    if source == room.launch.source {
        return own(&server, &room).await;
    }
    // What is kept here is no sign-in that could be given back.
    if source == SOURCE {
        return trouble::no_such_page(State(server)).await;
    }
    let Some(patient) = room.reading.patient(&SourceId::new(source)) else {
        return trouble::no_such_page(State(server)).await;
    };
    let at = PatientAt::new(source, patient);
    if form.record != record_name(&at) {
        return mismatch(&server, &room, &admitted, at).await;
    }
    if cookies::is_framed(&headers) && form.sure.as_deref() != Some("yes") {
        let Some(config) = server.config.source(source) else { return trouble::no_such_page(State(server)).await };
        let sure = Sure::Disconnect { source: sources::source(config), record: form.record };
        return draw::launch_page(&server, &room, move || sure_document(sure.clone())).await;
    }
    let event = gate::event(&server, &admitted, &room.launch.tenant, admitted.operation).of_launch(&room.launch).at(at);
    if let Err(error) = server.audit.write(&event).await {
        return gate::unwritten(&server, &error).await;
    }
    match person::disconnect(&server, &room, source).await {
        Ok(()) => told::on_sources(&server, &room, &WhoTold::Disconnected { source_name: told::name(&server, source) }),
        Err(error) => trouble::internal(&server, &error).await,
    }
}

/// The name of a Patient in forms.
pub fn record_name(at: &PatientAt) -> String {
    let (source, kind, id) = (SourceId::new(at.source.as_str()), "Patient".to_owned(), at.patient.clone());
    member_name(&ResourceKey { source, kind, id })
}

/// For the launch's own source, which says whose plan this is.
pub async fn own(server: &Arc<Server>, room: &Room) -> Response {
    let words = [
        "The plan was opened from this record",
        "It says who the person is, so without it there is no plan. Nothing was changed.",
        "To stop reading it, sign out: that ends this plan and gives every sign-in back. If it is the wrong person, sign out and open the right one.",
    ];
    told::page(server, room, StatusCode::CONFLICT, words).await
}

/// The screen showed another record than is read now: nothing is done (smart-launch P3).
pub async fn mismatch(server: &Arc<Server>, room: &Room, admitted: &Admitted, at: PatientAt) -> Response {
    let event = gate::event(server, admitted, &room.launch.tenant, admitted.operation).of_launch(&room.launch).at(at);
    let reason = Some("the screen showed another record".to_owned());
    let event = AuditEvent { reason, ..event.with(Outcome::PatientMismatch) };
    if let Err(error) = server.audit.write(&event).await {
        tracing::error!(%error, "a patient mismatch could not be written down");
    }
    let words = [
        "The record has changed since this page was opened",
        "The page showed another record of this source than is connected now. Nothing was changed.",
        "Look at the sources as they are now, then decide again.",
    ];
    told::page(server, room, StatusCode::CONFLICT, words).await
}
