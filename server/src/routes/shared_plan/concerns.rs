//! `/l/{launch}/shared-plan/concerns/{concern}` and `POST …/{change,move}`: a concern that was entered here is corrected.

use std::sync::Arc;

use access::Role;
use app::desk::kept::{CONCERN, ConcernSheet};
use app::desk::shared_plan::PlanAnswer;
use app::desk::{Answer, LaunchDesk};
use app::pages::shared_concern_document;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use care_plan_service::service::{Asked, Caller, Failure};
use shared_plan::commands::Wrong;
use shared_plan::concern::{Concern, ConcernContent, ConcernStatus, Onset, change, move_to};
use shared_plan::plan::Coded;
use shared_plan::ports::Kind;
use shared_plan::{Id, Version};

use super::{AnswerQuery, Parameters, answer, caller, not_shown};
use crate::desk::Desk;
use crate::gate::Admitted;
use crate::rooms::{BUDGET, Room};
use crate::routes::{draw, trouble};
use crate::shared_plan as plans;
use crate::shared_plan::Fields;
use crate::state::Server;

/// Versions that are listed, the newest.
const VERSIONS: usize = 50;

/// Draws the page.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<Parameters>,
    Query(query): Query<AnswerQuery>,
) -> Response {
    let Some(id) = named(&path) else { return trouble::no_such_page(State(server)).await };
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    let answer = answer(&server, &room, &query).await;
    match sheet(&server, &room, &caller, id).await {
        Ok(sheet) => {
            draw::launch_page(&server, &room, move || shared_concern_document(sheet.clone(), answer.clone())).await
        }
        Err(failure) => not_shown(&server, failure).await,
    }
}

/// Takes the form that corrects what it says.
pub async fn correct(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<Parameters>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    taken(&server, &room, &admitted, &path, typed, What::Content).await
}

/// Takes the form that says how it stands.
pub async fn set_status(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<Parameters>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    taken(&server, &room, &admitted, &path, typed, What::Status).await
}

#[derive(Clone, Copy)]
enum What {
    Content,
    Status,
}

fn named(path: &Parameters) -> Option<Id<Concern>> {
    path.get("concern").and_then(|text| Id::parse(text))
}

async fn sheet(server: &Server, room: &Room, caller: &Caller, id: Id<Concern>) -> Result<ConcernSheet, Failure> {
    let concern = server.care_plans.entry(caller, id).await?;
    let key = server.care_plans.key(&caller.tenant, Kind::Concern, &id.to_string());
    let versions = server.care_plans.versions(caller, &key, None, VERSIONS).await?;
    let may = plans::may(server, room);
    let is_own = matches!(concern.entered_by.role, Some(Role::Patient | Role::Carer));
    let may_change = may.concern && (is_own || may.write);
    Ok(ConcernSheet { door: plans::door(server, room), may_change, concern, versions })
}

async fn taken(
    server: &Arc<Server>,
    room: &Arc<Room>,
    admitted: &Admitted,
    path: &Parameters,
    typed: Vec<(String, String)>,
    what: What,
) -> Response {
    let Some(id) = named(path) else { return trouble::no_such_page(State(server.clone())).await };
    let caller = match caller(server, room, admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    let picture = Desk::of(server, room).person(BUDGET).await;
    let carried_out = match plans::withheld(room, &picture).await {
        Some(why) => Ok(why),
        None => carry_out(server, &caller, id, &typed, what).await,
    };
    let said = match carried_out {
        Err(failure @ Failure::NotFound) => return not_shown(server, failure).await,
        Err(failure) => plans::answer_of(server, &failure, Version::FIRST),
        Ok(said) => said,
    };
    if let (PlanAnswer::Saved { .. }, care_plan_service::People::Only(person)) = (&said, &caller.people) {
        plans::read_again(server, &caller.tenant, person);
    }
    let answer = Answer { function: CONCERN.to_owned(), said: serde_json::to_string(&said).ok(), typed };
    let ticket = server.opaque.text();
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    let place = format!("/l/{}/shared-plan/concerns/{id}?answer={ticket}", room.launch.id);
    Redirect::to(&place).into_response()
}

async fn carry_out(
    server: &Server,
    caller: &Caller,
    id: Id<Concern>,
    typed: &[(String, String)],
    what: What,
) -> Result<PlanAnswer, Failure> {
    let mut fields = Fields::of(typed);
    let seen = fields.text("version").and_then(|text| text.parse().ok()).map(Version);
    let reason = fields.text("reason").map(str::to_owned);
    // Whoever reads it later must see why it says something else now.
    if reason.is_none() {
        fields.wrong("reason", Wrong::Empty);
    }
    let status = match what {
        What::Content => None,
        What::Status => {
            fields.must_choose("status", |code| ConcernStatus::ALL.into_iter().find(|status| status.code() == code))
        }
    };
    if !fields.problems.is_empty() {
        return Ok(plans::problems(&fields.problems));
    }
    let asked = Asked { seen, reason, once: None };
    let saved = match status {
        Some(status) => {
            let moved =
                server.care_plans.change_concern(caller, id, &asked, |concern, act| move_to(concern, status, act));
            moved.await?
        }
        None => {
            let text = fields.words("description");
            let keeps_codes = !fields.all("codes").is_empty();
            let onset = fields.text("onset").map(Onset::parse);
            let note = fields.text("note").map(str::to_owned);
            let changed = server.care_plans.change_concern(caller, id, &asked, move |concern, act| {
                let before = &concern.content.description;
                let codings = if keeps_codes { before.codings.clone() } else { Vec::new() };
                // A code that calls itself so is not given words of its own by a form that nobody changed.
                let description = if text == before.title() && keeps_codes != before.codings.is_empty() {
                    before.clone()
                } else {
                    Coded { text: Some(text).filter(|text| !text.is_empty()), codings }
                };
                change(concern, ConcernContent { description, onset, note }, act)
            });
            changed.await?
        }
    };
    let version = saved.entry.version;
    Ok(if Some(version) == seen { PlanAnswer::Unchanged } else { PlanAnswer::Saved { version } })
}
