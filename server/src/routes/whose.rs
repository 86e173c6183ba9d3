//! `/l/{launch}/whose`: whose shared plans are that were written before a record was taken out.

use std::sync::Arc;

use access::policy::{Context, LaunchOf, Way};
use access::{AuditEvent, Decision, Operation, Outcome, PatientAt, PersonId, StoreError, decide};
use app::desk::{Answer, LaunchDesk};
use app::pages::{WhoseSheet, whose_document};
use app::unsettled::{Answered, NOT_KNOWN, WHOSE_IS_IT};
use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use care_plan_service::service::SOURCE;
use serde::Deserialize;

use super::told::keep;
use super::{draw, trouble};
use crate::desk::Desk;
use crate::gate::{self, Admitted};
use crate::person::{self, Meant};
use crate::rooms::Room;
use crate::state::Server;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct WhoseQuery {
    answer: Option<String>,
}

/// One answer.
#[derive(Debug, Deserialize)]
pub struct WhoseForm {
    #[serde(default)]
    document: String,
    #[serde(default)]
    question: u64,
    #[serde(default)]
    whose: String,
}

/// Shows what waits, to those who may answer.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Query(query): Query<WhoseQuery>,
) -> Response {
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    if let Decision::Refused(why) = decide(admitted.viewer.as_ref(), Operation::SplitPerson, &context) {
        return gate::refusal::answer(&server, &admitted, Some(&*room), why).await;
    }
    let answer = match &query.answer {
        Some(ticket) => Desk::of(&server, &room).answer(ticket).await,
        None => None,
    };
    match person::items(&server, &room).await {
        Ok(items) => {
            let sheet = WhoseSheet { items, answer };
            draw::launch_page(&server, &room, move || whose_document(sheet.clone())).await
        }
        Err(error) => trouble::internal(&server, &error).await,
    }
}

/// Takes an answer. Sent again, or by two at once, the first one counts.
pub async fn answer(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Form(form): Form<WhoseForm>,
) -> Response {
    if form.whose == NOT_KNOWN {
        return told(&server, &room, Answered::NotKnown);
    }
    let (key, to, stays) = match person::meant(&server, &room, &form.document, form.question, &form.whose).await {
        Ok(Meant::Person { key, to, stays }) => (key, to, stays),
        Ok(Meant::Before) => return told(&server, &room, Answered::Before),
        Ok(Meant::Nothing) => return told(&server, &room, Answered::NothingChosen),
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let events = match events(&server, &room, &admitted, &form, (&to, stays)).await {
        Ok(events) => events,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    if let Err(error) = server.audit.write_all(&events).await {
        return gate::unwritten(&server, &error).await;
    }
    match person::settle(&server, &room, &key, form.question, &to).await {
        Ok(answered) => told(&server, &room, answered),
        Err(error) => {
            let failed: Vec<AuditEvent> = events.into_iter().map(|event| event.with(Outcome::Failed)).collect();
            if let Err(unwritten) = server.audit.write_all(&failed).await {
                tracing::error!(%unwritten, "a failed answer whose a shared plan is could not be written down");
            }
            trouble::internal(&server, &error).await
        }
    }
}

/// An answer is an event in the log of the person of the launch, and of the one to whom something goes.
async fn events(
    server: &Server,
    room: &Room,
    admitted: &Admitted,
    form: &WhoseForm,
    (to, stays): (&PersonId, bool),
) -> Result<Vec<AuditEvent>, StoreError> {
    let said = if stays { "it stays" } else { "it is the other person's" };
    let event = gate::event(server, admitted, &room.launch.tenant, Operation::SplitPerson).of_launch(&room.launch);
    let reason = Some(format!("whose is {}: {said}", form.document));
    let of = |person: &PersonId| AuditEvent {
        reason: reason.clone(),
        ..event.clone().at(PatientAt::new(SOURCE, person.as_str()))
    };
    let own = person::of_launch(server, room).await?;
    Ok(if stays { vec![of(&own)] } else { vec![of(&own), of(to)] })
}

/// True where something waits for an answer, or it could not be asked.
pub async fn waits(server: &Server, room: &Room) -> bool {
    person::unsettled(server, room).await.map_or(true, |waiting| waiting.here > 0)
}

/// Sends the browser to the page, which tells what came of it.
pub fn told(server: &Server, room: &Room, answered: Answered) -> Response {
    let said = serde_json::to_string(&answered).ok();
    let ticket = keep(server, room, Answer { function: WHOSE_IS_IT.to_owned(), said, typed: Vec::new() });
    Redirect::to(&format!("/l/{}/whose?answer={ticket}", room.launch.id)).into_response()
}
