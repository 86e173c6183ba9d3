//! `POST /l/{launch}/shared-plan/concern`: somebody says what concerns the person.

use std::sync::Arc;

use app::desk::LaunchDesk;
use app::desk::shared_plan::{Command, PlanAnswer};
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Form};
use care_plan_service::service::{Asked, Caller};
use shared_plan::Version;
use shared_plan::concern::{ConcernContent, ConcernStatus, NewConcern};
use shared_plan::plan::Coded;

use super::send::not_known;
use super::{caller, told};
use crate::desk::Desk;
use crate::gate::Admitted;
use crate::rooms::{BUDGET, Room};
use crate::shared_plan as plans;
use crate::shared_plan::Fields;
use crate::state::Server;

/// Takes the form.
pub async fn add(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    let said = keep(&server, &room, &caller, &typed).await;
    told(&server, &room, "", Command::AddConcern, &said, typed)
}

async fn keep(server: &Arc<Server>, room: &Arc<Room>, caller: &Caller, typed: &[(String, String)]) -> PlanAnswer {
    if !server.care_plans.is_licensed(&caller.tenant) {
        return PlanAnswer::NotLicensed;
    }
    let picture = Desk::of(server, room).person(BUDGET).await;
    let care_plan_service::People::Only(person) = caller.people.clone() else { return not_known() };
    if let Some(why) = plans::withheld(room, &picture).await {
        return why;
    }
    let fields = Fields::of(typed);
    let description = Coded { text: fields.text("description").map(str::to_owned), codings: Vec::new() };
    let content = ConcernContent { description, onset: None, note: fields.text("note").map(str::to_owned) };
    let status = ConcernStatus::Active;
    let new = NewConcern { tenant: caller.tenant.clone(), person: person.clone(), content, status };
    let asked = Asked { once: Some(plans::once(room, Command::AddConcern, typed)), ..Asked::default() };
    match server.care_plans.add_concern(caller, new, &asked).await {
        Ok(saved) => {
            plans::read_again(server, &caller.tenant, &person);
            PlanAnswer::Saved { version: saved.entry.version }
        }
        Err(failure) => plans::answer_of(server, &failure, Version::FIRST),
    }
}
