//! `/l/{launch}/shared-plan/{plan}/team/{member}`: somebody of the team, or the form of somebody new, with a way into the
//! provider directory.

use app::desk::shared_plan::{DirectoryLook, Part, PlanSheet};
use app::pages::shared_member_document;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::provide_context;
use serde::Deserialize;
use shared_plan::plan::Member;

use super::parts::{Gate, shown, writes};
use super::{AnswerQuery, Parameters};
use crate::routes::trouble;
use crate::shared_plan as plans;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct MemberQuery {
    answer: Option<String>,
    find: Option<String>,
    pick: Option<String>,
}

/// Draws the page, for those who may change the team.
pub async fn page(gate: Gate, Path(path): Path<Parameters>, Query(query): Query<MemberQuery>) -> Response {
    let server = gate.0.0.clone();
    let part: Option<Part<Member>> = path.get("part").and_then(|word| Part::parse(word));
    let Some(part) = part else { return trouble::no_such_page(State(server)).await };
    let there = |sheet: &PlanSheet| match part {
        Part::New => writes(sheet),
        Part::Known(id) => writes(sheet) && sheet.plan.member(id).is_some(),
    };
    let may_look = plans::may(&server, &gate.1.0).write;
    let looked: Option<DirectoryLook> = match server.directory.as_deref().filter(|_| may_look) {
        Some(directory) => Some(plans::look(directory, query.find.as_deref(), query.pick.as_deref()).await),
        None => None,
    };
    let document = move |sheet, answer| {
        if let Some(looked) = looked.clone() {
            provide_context(looked);
        }
        shared_member_document(sheet, part, answer)
    };
    shown(gate, &path, Query(AnswerQuery { answer: query.answer }), there, document).await
}
