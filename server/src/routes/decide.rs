//! `POST /l/{launch}/decide` and `/decide/take-back`: somebody settles a detected issue, or takes that back.
//!
//! A refusal is an answer: the browser goes back to the page, which says what changed and holds what was typed.

use std::sync::Arc;

use app::desk::kept::{DECIDE, DecideAnswer, UNDECIDE};
use app::desk::{Answer, LaunchDesk};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use care_plan_service::service::{Caller, People};

use super::trouble;
use crate::desk::Desk;
use crate::gate::Admitted;
use crate::rooms::{BUDGET, Room};
use crate::shared_plan as plans;
use crate::shared_plan::Fields;
use crate::state::Server;

/// Takes the form that settles an issue.
pub async fn keep(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    taken(&server, &room, &admitted, DECIDE, typed).await
}

/// Takes the form that takes a decision back.
pub async fn take_back(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    taken(&server, &room, &admitted, UNDECIDE, typed).await
}

async fn taken(
    server: &Arc<Server>,
    room: &Arc<Room>,
    admitted: &Admitted,
    function: &'static str,
    typed: Vec<(String, String)>,
) -> Response {
    let caller = match plans::caller(server, room, Some(admitted.request.clone())).await {
        Ok(caller) => caller,
        Err(error) => return trouble::internal(server, &error).await,
    };
    let said = carry_out(server, room, &caller, function, &typed).await;
    let is_good = matches!(said, DecideAnswer::Kept | DecideAnswer::TakenBack);
    if let (true, People::Only(person)) = (is_good, &caller.people) {
        plans::read_again(server, &caller.tenant, person);
    }
    // What was done is said at the head of the page, what was not at its form.
    let issue = Fields::of(&typed).text("issue").filter(|_| !is_good).map(app::sections::encoded);
    let place = issue.map(|issue| format!("#{issue}")).unwrap_or_default();
    let answer = Answer { function: function.to_owned(), said: serde_json::to_string(&said).ok(), typed };
    let ticket = server.opaque.text();
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    Redirect::to(&format!("/l/{}/reconcile?answer={ticket}{place}", room.launch.id)).into_response()
}

async fn carry_out(
    server: &Arc<Server>,
    room: &Arc<Room>,
    caller: &Caller,
    function: &str,
    typed: &[(String, String)],
) -> DecideAnswer {
    let desk = Desk::of(server, room);
    let picture = desk.picture(BUDGET).await;
    if let Some(why) = plans::withheld(room, &picture).await {
        return DecideAnswer::Not(why);
    }
    match function {
        DECIDE => plans::settle(server, room, &desk, caller, typed).await,
        _ => plans::take_back(server, &desk, caller, typed).await,
    }
}
