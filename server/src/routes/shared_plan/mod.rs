//! `/l/{launch}/shared-plan…`: the pages of the shared plan, and what their forms are posted to.

mod concern;
mod concerns;
mod list;
mod member;
mod parts;
mod plan;
mod send;
mod start;
mod versions;

use std::collections::HashMap;
use std::sync::Arc;

use app::desk::shared_plan::{Command, PlanAnswer, PlanSheet};
use app::desk::{Answer, LaunchDesk};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use care_plan_service::service::{Caller, Failure};
use serde::Deserialize;
use shared_plan::Id;
use shared_plan::plan::Plan;

use super::trouble;
use crate::desk::Desk;
use crate::gate::{self, Admitted};
use crate::rooms::Room;
use crate::shared_plan as plans;
use crate::state::Server;

pub use concern::add as concern;
pub use concerns::{correct as concern_correct, page as concern_page, set_status as concern_status};
pub use list::page as list;
pub use member::page as member;
pub use parts::{activity, change, close, goal};
pub use plan::page as plan;
pub use send::send;
pub use start::{page as start, post as begin};
pub use versions::page as versions;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct AnswerQuery {
    answer: Option<String>,
}

/// The parameters of an address.
type Parameters = HashMap<String, String>;

/// The plan that an address names.
fn named(path: &Parameters) -> Option<Id<Plan>> {
    path.get("plan").and_then(|text| Id::parse(text))
}

/// The caller, or the answer where it is not known who that is.
async fn caller(server: &Arc<Server>, room: &Room, admitted: &Admitted) -> Result<Caller, Box<Response>> {
    match plans::caller(server, room, Some(admitted.request.clone())).await {
        Ok(caller) => Ok(caller),
        Err(error) => Err(Box::new(trouble::internal(server, &error).await)),
    }
}

/// What a form was told, kept under the ticket of the address.
async fn answer(server: &Arc<Server>, room: &Arc<Room>, query: &AnswerQuery) -> Option<Answer> {
    Desk::of(server, room).answer(query.answer.as_deref()?).await
}

/// One plan with what its form was told.
async fn sheet(
    server: &Arc<Server>,
    room: &Room,
    caller: &Caller,
    id: Id<Plan>,
    answer: Option<&Answer>,
) -> Result<PlanSheet, Failure> {
    let sheet = plans::plan(server, room, caller, id).await?;
    filled(server, caller, sheet, answer).await
}

/// The same with what was changed meanwhile, where a form came too late.
async fn filled(
    server: &Arc<Server>,
    caller: &Caller,
    sheet: PlanSheet,
    answer: Option<&Answer>,
) -> Result<PlanSheet, Failure> {
    let said = answer.and_then(|answer| answer.of::<PlanAnswer>(&answer.function));
    match plans::meanwhile(server, caller, &sheet.plan, said.as_ref()).await? {
        Some((base, meanwhile)) => Ok(PlanSheet { meanwhile, base: Some(Box::new(base)), ..sheet }),
        None => Ok(sheet),
    }
}

/// The answer where a page cannot be shown.
async fn not_shown(server: &Arc<Server>, failure: Failure) -> Response {
    match failure {
        Failure::NotFound => trouble::no_such_page(State(server.clone())).await,
        Failure::Unaudited(error) => gate::unwritten(server, &error).await,
        Failure::Refused(_) | Failure::NotLicensed => {
            let [title, sentence, what_to_do] = app::words::words().trouble_forbidden();
            trouble::say(server, StatusCode::FORBIDDEN, title, sentence, what_to_do).await
        }
        other => trouble::internal(server, &other).await,
    }
}

/// Goes on to a page, which says the answer; what was typed is kept for the form it came from.
fn told(
    server: &Server,
    room: &Room,
    place: &str,
    command: Command,
    said: &PlanAnswer,
    typed: Vec<(String, String)>,
) -> Response {
    let answer = Answer { function: command.code().to_owned(), said: serde_json::to_string(said).ok(), typed };
    let ticket = server.opaque.text();
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    Redirect::to(&format!("/l/{}/shared-plan{place}?answer={ticket}", room.launch.id)).into_response()
}
