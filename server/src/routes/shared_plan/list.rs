//! `/l/{launch}/shared-plan`: the person's shared plans.

use std::sync::Arc;

use app::pages::shared_plans_document;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;

use super::{AnswerQuery, answer, caller, not_shown};
use crate::gate::Admitted;
use crate::rooms::Room;
use crate::routes::draw;
use crate::shared_plan as plans;
use crate::state::Server;

/// Draws the page.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Query(query): Query<AnswerQuery>,
) -> Response {
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    let answer = answer(&server, &room, &query).await;
    match plans::plans(&server, &room, &caller).await {
        Ok(sheet) => {
            draw::launch_page(&server, &room, move || shared_plans_document(sheet.clone(), answer.clone())).await
        }
        Err(failure) => not_shown(&server, failure).await,
    }
}
