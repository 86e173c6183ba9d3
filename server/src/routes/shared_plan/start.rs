//! `/l/{launch}/shared-plan/new` and `POST …/start`: a plan is started from the consolidated view.

use std::sync::Arc;

use app::desk::LaunchDesk;
use app::desk::shared_plan::{Command, PlanAnswer};
use app::pages::shared_start_document;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::{Extension, Form};
use care_plan_service::service::{Asked, Caller};
use shared_plan::Version;
use shared_plan::commands::NewPlan;

use super::{AnswerQuery, answer, caller, told};
use crate::desk::Desk;
use crate::gate::Admitted;
use crate::rooms::{BUDGET, Room};
use crate::routes::draw;
use crate::shared_plan as plans;
use crate::shared_plan::Fields;
use crate::shared_plan::commands::{self, Reading};
use crate::state::Server;

/// Draws the form.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<AnswerQuery>,
) -> Response {
    let answer = answer(&server, &room, &query).await;
    let may = plans::may(&server, &room).write;
    draw::launch_page(&server, &room, move || shared_start_document(may, answer.clone())).await
}

/// Takes the form.
pub async fn post(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    match begin(&server, &room, &caller, &typed).await {
        Ok(plan) => {
            plans::read_again(&server, &caller.tenant, &plan.person);
            let said = PlanAnswer::Saved { version: plan.version };
            told(&server, &room, &format!("/{}", plan.id), Command::Start, &said, typed)
        }
        Err(said) => told(&server, &room, "/new", Command::Start, &said, typed),
    }
}

async fn begin(
    server: &Arc<Server>,
    room: &Arc<Room>,
    caller: &Caller,
    typed: &[(String, String)],
) -> Result<shared_plan::plan::Plan, PlanAnswer> {
    if !server.care_plans.is_licensed(&room.launch.tenant) {
        return Err(PlanAnswer::NotLicensed);
    }
    let picture = Desk::of(server, room).picture(BUDGET).await;
    if let Some(why) = plans::withheld(room, &picture).await {
        return Err(why);
    }
    let mut form =
        Reading { fields: Fields::of(typed), picture: &picture, role: room.launch.viewer.role, provider: None };
    let (content, members) = commands::start(&mut form).map_err(|problems| plans::problems(&problems))?;
    let care_plan_service::People::Only(person) = caller.people.clone() else { return Err(super::send::not_known()) };
    let new = NewPlan { tenant: caller.tenant.clone(), person, content, members };
    let asked = Asked { once: Some(plans::once(room, Command::Start, typed)), ..Asked::default() };
    let started = server.care_plans.start(caller, new, &asked).await;
    started.map(|saved| saved.plan).map_err(|failure| plans::answer_of(server, &failure, Version::FIRST))
}
