//! `/l/{launch}/split/{source}`: a record is not this person's after all.

use std::collections::HashMap;
use std::sync::Arc;

use access::launch::OpenedBy;
use access::policy::{Context, LaunchOf, Way};
use access::{AuditEvent, Decision, Operation, Outcome, PatientAt, StoreError, decide};
use app::desk::{Answer, LaunchDesk};
use app::pages::{SplitSheet, split_document};
use app::unsettled::Answered;
use app::who::{Missing, WhoTold};
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use fhir::SourceId;
use serde::Deserialize;

use super::disconnect::{mismatch, own, record_name};
use super::{draw, told, trouble, whose};
use crate::desk::Desk;
use crate::gate::{self, Admitted};
use crate::person::{self, Apart};
use crate::rooms::Room;
use crate::sources;
use crate::state::Server;

/// Longest reason that is kept.
const REASON_LETTERS: usize = 2000;
/// What an answer of this form is kept as.
const FUNCTION: &str = "split_person";

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct SplitQuery {
    answer: Option<String>,
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct SplitForm {
    /// The record that the user saw.
    #[serde(default)]
    record: String,
    #[serde(default)]
    reason: String,
}

/// Says what will end, and asks why.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<SplitQuery>,
) -> Response {
    let source = path.get("source").map(String::as_str).unwrap_or_default();
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    if let Decision::Refused(why) = decide(admitted.viewer.as_ref(), Operation::SplitPerson, &context) {
        return gate::refusal::answer(&server, &admitted, Some(&*room), why).await;
    }
    if source == room.launch.source {
        return own(&server, &room).await;
    }
    let at = match joined(&server, &room, source).await {
        Ok(at) => at,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let (Some(at), Some(config)) = (at, server.config.source(source)) else {
        return trouble::no_such_page(State(server)).await;
    };
    let answer = match &query.answer {
        Some(ticket) => Desk::of(&server, &room).answer(ticket).await.filter(|answer| answer.function == FUNCTION),
        None => None,
    };
    let typed = answer.as_ref().and_then(|answer| answer.typed("reason")).unwrap_or_default().to_owned();
    let missing = answer.map(|_| if typed.is_empty() { Missing::Reason } else { Missing::ShorterReason });
    let sheet = SplitSheet { source: sources::source(config), record: record_name(&at), typed, missing };
    draw::launch_page(&server, &room, move || split_document(sheet.clone())).await
}

/// Takes the record out.
pub async fn carry_out(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<HashMap<String, String>>,
    Form(form): Form<SplitForm>,
) -> Response {
    let source = path.get("source").map(String::as_str).unwrap_or_default();
    if source == room.launch.source {
        return own(&server, &room).await;
    }
    let at = match joined(&server, &room, source).await {
        Ok(Some(at)) => at,
        Ok(None) => return trouble::no_such_page(State(server)).await,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    if form.record != record_name(&at) {
        return mismatch(&server, &room, &admitted, at).await;
    }
    let reason = form.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_LETTERS {
        let typed = vec![("reason".to_owned(), reason.to_owned())];
        let ticket = told::keep(&server, &room, Answer { function: FUNCTION.to_owned(), said: None, typed });
        return Redirect::to(&format!("/l/{}/split/{source}?answer={ticket}", room.launch.id)).into_response();
    }
    let event = gate::event(&server, &admitted, &room.launch.tenant, Operation::SplitPerson);
    let event = event.of_launch(&room.launch).at(at.clone());
    let event = AuditEvent { reason: Some(reason.to_owned()), ..event };
    if let Err(error) = server.audit.write(&event).await {
        return gate::unwritten(&server, &error).await;
    }
    match person::split(&server, &room, &at, reason).await {
        Ok(Apart::Split | Apart::NotTheirs) => {
            if whose::waits(&server, &room).await {
                return whose::told(&server, &room, Answered::TakenOut);
            }
            told::on_sources(&server, &room, &WhoTold::Split { source_name: told::name(&server, source) })
        }
        Err(error) => {
            if let Err(unwritten) = server.audit.write(&event.with(Outcome::Failed)).await {
                tracing::error!(%unwritten, "a failed split could not be written down");
            }
            trouble::internal(&server, &error).await
        }
    }
}

/// The Patient of a source that is joined to the launch: the one that is read, else the one that is known, where the
/// user's own sign-in opened the plan.
async fn joined(server: &Server, room: &Room, source: &str) -> Result<Option<PatientAt>, StoreError> {
    if let Some(patient) = room.reading.patient(&SourceId::new(source)) {
        return Ok(Some(PatientAt::new(source, patient)));
    }
    // What the care team was not given, nobody of it has looked at.
    if room.launch.opened_by == OpenedBy::Panel {
        return Ok(None);
    }
    let ties = person::ties(server, room).await?;
    let known = ties.known.into_iter().rev().find(|tie| tie.source.as_str() == source);
    Ok(known.map(|tie| PatientAt::new(source, tie.patient)))
}
