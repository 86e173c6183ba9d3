//! `/l/{launch}/shared-plan`: the person's shared plans.

use std::sync::Arc;

use app::pages::shared_plans_document;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::{caller, not_shown};
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
) -> Response {
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    match plans::plans(&server, &room, &caller).await {
        Ok(sheet) => draw::launch_page(&server, &room, move || shared_plans_document(sheet.clone())).await,
        Err(failure) => not_shown(&server, failure).await,
    }
}
