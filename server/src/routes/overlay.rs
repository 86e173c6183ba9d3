//! `POST /l/{launch}/overlay/take-back`: an edit that was kept beside a goal is taken back.

use std::sync::Arc;

use app::desk::kept::UNLAY;
use app::desk::shared_plan::PlanAnswer;
use app::desk::{Answer, LaunchDesk};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use care_plan_service::service::{Caller, People};
use shared_plan::Version;

use super::trouble;
use crate::desk::Desk;
use crate::gate::Admitted;
use crate::rooms::{BUDGET, Room};
use crate::shared_plan as plans;
use crate::shared_plan::Fields;
use crate::state::Server;

/// Takes the form. Who may is asked by the service: the person their own edit, those who answer for the plan every one.
pub async fn take_back(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    let caller = match plans::caller(&server, &room, Some(admitted.request.clone())).await {
        Ok(caller) => caller,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let said = carry_out(&server, &room, &caller, &typed).await;
    if let (PlanAnswer::Saved { .. }, People::Only(person)) = (&said, &caller.people) {
        plans::read_again(&server, &caller.tenant, person);
    }
    let item = app::sections::encoded(&Fields::of(&typed).words("item"));
    let answer = Answer { function: UNLAY.to_owned(), said: serde_json::to_string(&said).ok(), typed };
    let ticket = server.opaque.text();
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    Redirect::to(&format!("/l/{}/goals/{item}?answer={ticket}", room.launch.id)).into_response()
}

async fn carry_out(server: &Arc<Server>, room: &Arc<Room>, caller: &Caller, typed: &[(String, String)]) -> PlanAnswer {
    let desk = Desk::of(server, room);
    let picture = desk.picture(BUDGET).await;
    if let Some(why) = plans::withheld(room, &picture).await {
        return why;
    }
    let fields = Fields::of(typed);
    let target = fields.text("target").and_then(|text| text.parse().ok());
    let (Some(key), Some(target)) = (desk.named(&fields.words("item"), &fields.words("member")), target) else {
        return PlanAnswer::NotNow { why: "this goal is not in the plan any more.".to_owned() };
    };
    let seen = fields.text("version").and_then(|text| text.parse().ok()).map(Version);
    let reason = fields.text("reason").map(str::to_owned);
    plans::unlay(server, &desk, caller, (&key, target), (seen, reason)).await
}
