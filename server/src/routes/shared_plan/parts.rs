//! `/l/{launch}/shared-plan/{plan}/…`: the pages of a goal, an activity, somebody of the team, and the forms of the plan.

use std::sync::Arc;

use app::desk::Answer;
use app::desk::shared_plan::{Part, PlanSheet, SharedPlanDoor};
use app::pages::{shared_activity_document, shared_change_document, shared_close_document, shared_goal_document};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::IntoView;
use shared_plan::plan::{Activity, Goal};

use super::{AnswerQuery, Parameters, answer, caller, named, not_shown, sheet};
use crate::gate::Admitted;
use crate::rooms::Room;
use crate::routes::{draw, trouble};
use crate::state::Server;

/// What every page gets from the gate.
pub(super) type Gate = (State<Arc<Server>>, Extension<Arc<Room>>, Extension<Admitted>);

/// A goal, or the form of a new one.
pub async fn goal(gate: Gate, Path(path): Path<Parameters>, query: Query<AnswerQuery>) -> Response {
    let there = |sheet: &PlanSheet, part: Part<Goal>| match part {
        Part::New => writes(sheet),
        Part::Known(id) => sheet.plan.goal(id).is_some(),
    };
    page(gate, &path, query, there, shared_goal_document).await
}

/// An activity, or the form of a new one.
pub async fn activity(gate: Gate, Path(path): Path<Parameters>, query: Query<AnswerQuery>) -> Response {
    let there = |sheet: &PlanSheet, part: Part<Activity>| match part {
        Part::New => writes(sheet),
        Part::Known(id) => sheet.plan.activity(id).is_some(),
    };
    page(gate, &path, query, there, shared_activity_document).await
}

/// The form that changes what the plan says itself.
pub async fn change(gate: Gate, Path(path): Path<Parameters>, query: Query<AnswerQuery>) -> Response {
    form(gate, &path, query, shared_change_document).await
}

/// The form that closes the plan.
pub async fn close(gate: Gate, Path(path): Path<Parameters>, query: Query<AnswerQuery>) -> Response {
    form(gate, &path, query, shared_close_document).await
}

/// Whether a page with a form is shown: to those who may send it, and where nobody may, because it says why.
pub(super) fn writes(sheet: &PlanSheet) -> bool {
    sheet.may.write || sheet.door == SharedPlanDoor::ReadOnly
}

/// A page about a part of the plan.
async fn page<T: 'static, V: IntoView + 'static>(
    gate: Gate,
    path: &Parameters,
    query: Query<AnswerQuery>,
    there: impl Fn(&PlanSheet, Part<T>) -> bool,
    document: fn(PlanSheet, Part<T>, Option<Answer>) -> V,
) -> Response {
    let server = gate.0.0.clone();
    let part = path.get("part").and_then(|word| Part::parse(word));
    let Some(part) = part else { return trouble::no_such_page(State(server)).await };
    shown(gate, path, query, |sheet| there(sheet, part), move |sheet, answer| document(sheet, part, answer)).await
}

/// A page with a form of the plan itself, for those who may send it.
async fn form<V: IntoView + 'static>(
    gate: Gate,
    path: &Parameters,
    query: Query<AnswerQuery>,
    document: fn(PlanSheet, Option<Answer>) -> V,
) -> Response {
    // Who had typed something when the plan was closed by somebody else finds it here.
    let has_typed = query.answer.is_some();
    shown(gate, path, query, |sheet| writes(sheet) && (has_typed || !sheet.plan.status.is_closed()), document).await
}

/// The page, where it is there for this user.
pub(super) async fn shown<V: IntoView + 'static>(
    (State(server), Extension(room), Extension(admitted)): Gate,
    path: &Parameters,
    Query(query): Query<AnswerQuery>,
    there: impl Fn(&PlanSheet) -> bool,
    document: impl Fn(PlanSheet, Option<Answer>) -> V + Clone + Send + Sync + 'static,
) -> Response {
    let Some(id) = named(path) else { return trouble::no_such_page(State(server)).await };
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    let answer = answer(&server, &room, &query).await;
    match sheet(&server, &room, &caller, id, answer.as_ref()).await {
        Ok(sheet) if there(&sheet) => {
            draw::launch_page(&server, &room, move || document(sheet.clone(), answer.clone())).await
        }
        Ok(_) => trouble::no_such_page(State(server)).await,
        Err(failure) => not_shown(&server, failure).await,
    }
}
