//! `/l/{launch}/shared-plan/{plan}`: one shared plan.

use std::sync::Arc;

use app::pages::shared_plan_document;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::{AnswerQuery, Parameters, answer, caller, filled, named, not_shown};
use crate::gate::Admitted;
use crate::rooms::Room;
use crate::routes::{draw, trouble};
use crate::shared_plan as plans;
use crate::state::Server;

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
    let sheet = match plans::plan_with_steps(&server, &room, &caller, id).await {
        Ok(sheet) => filled(&server, &caller, sheet, answer.as_ref()).await,
        Err(failure) => Err(failure),
    };
    match sheet {
        Ok(sheet) => {
            draw::launch_page(&server, &room, move || shared_plan_document(sheet.clone(), answer.clone())).await
        }
        Err(failure) => not_shown(&server, failure).await,
    }
}
