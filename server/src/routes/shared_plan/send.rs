//! `POST /l/{launch}/shared-plan/{plan}/{write|sign|report|answer}/{command}`: a form of the shared plan is taken.
//!
//! A refusal is an answer: the browser goes back to the form, which says what is wrong and holds what was typed.

use std::sync::Arc;

use access::Operation;
use app::desk::LaunchDesk;
use app::desk::shared_plan::{Command, PlanAnswer};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::{Extension, Form};
use care_plan_service::service::{Asked, Caller};
use shared_plan::plan::Plan;
use shared_plan::{Id, Version};

use super::{Parameters, caller, named, told};
use crate::desk::Desk;
use crate::gate::Admitted;
use crate::rooms::{BUDGET, Room};
use crate::routes::trouble;
use crate::shared_plan as plans;
use crate::shared_plan::Fields;
use crate::shared_plan::commands::{self, Reading};
use crate::state::Server;

/// Takes a form. What it does is the operation of its route, and no other command is taken there.
pub async fn send(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<Parameters>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    let command = path.get("command").and_then(|code| Command::parse(code));
    let command = command.filter(|command| !command.is_of_person() && command.operation() == admitted.operation);
    let (Some(command), Some(id)) = (command, named(&path)) else {
        return trouble::no_such_page(State(server)).await;
    };
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    let said = carry_out(&server, &room, &caller, (command, admitted.operation, id), &typed).await;
    let part = Fields::of(&typed).text("part").and_then(Id::<Plan>::parse).map(|part| part.to_string());
    let page = match (&said, part) {
        (PlanAnswer::Saved { .. } | PlanAnswer::Unchanged, _) if command.leads_to_plan() => String::new(),
        (_, Some(part)) => command.page(&part),
        (_, None) => command.page("new"),
    };
    told(&server, &room, &format!("/{id}{page}"), command, &said, typed)
}

/// For a form whose launch does not know any more whose record it is.
pub(super) fn not_known() -> PlanAnswer {
    let why = "it is not known any more whose record this is. Close this and open the person once more.";
    PlanAnswer::NotNow { why: why.to_owned() }
}

async fn carry_out(
    server: &Arc<Server>,
    room: &Arc<Room>,
    caller: &Caller,
    (command, operation, id): (Command, Operation, Id<Plan>),
    typed: &[(String, String)],
) -> PlanAnswer {
    if !server.care_plans.is_licensed(&caller.tenant) {
        return PlanAnswer::NotLicensed;
    }
    let picture = Desk::of(server, room).picture(BUDGET).await;
    if let Some(why) = plans::withheld(room, &picture).await {
        return why;
    }
    let provider = match plans::chosen(server.directory.as_deref(), &Fields::of(typed)).await {
        Ok(provider) => provider,
        Err(problem) => return plans::problems(&[problem]),
    };
    let role = room.launch.viewer.role;
    let mut form = Reading { fields: Fields::of(typed), picture: &picture, role, provider };
    let seen = form.fields.text("version").and_then(|text| text.parse().ok()).map(Version);
    let reason = form.fields.text("reason").map(str::to_owned);
    let deed = match commands::read(command, &mut form) {
        Ok(deed) => deed,
        Err(problems) => return plans::problems(&problems),
    };
    let asked = Asked { seen, reason, once: None };
    match server.care_plans.change(caller, operation, id, &asked, deed).await {
        Ok(saved) if Some(saved.plan.version) == seen => PlanAnswer::Unchanged,
        Ok(saved) => {
            plans::read_again(server, &caller.tenant, &saved.plan.person);
            PlanAnswer::Saved { version: saved.plan.version }
        }
        Err(failure) => plans::answer_of(server, &failure, seen.unwrap_or(Version::FIRST)),
    }
}
