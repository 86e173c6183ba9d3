//! The routes: one endpoint a file.

mod authorize;
mod authorize_form;
mod callback;
mod confirm;
mod connect;
mod decide;
mod disconnect;
pub mod draw;
mod events;
mod extend;
mod function;
mod goal;
mod health;
mod jwks;
mod launch;
mod overlay;
mod panel;
mod panel_open;
mod plan;
mod plan_fhir;
mod plan_json;
mod reconcile;
mod revision;
mod session;
mod shared_plan;
mod sharing;
mod sign_in;
mod sign_out;
mod sources;
mod split;
mod start;
mod table;
mod told;
pub mod trouble;
mod typed;
mod whose;

use std::sync::Arc;

use access::Operation;
use axum::Router;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, get_service, post};
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

pub use sign_out::give_back;
pub use table::{Route, Table};

use crate::care_plans;
use crate::middleware::{framing, no_referrer, protect};
use crate::state::Server;

/// Longest form that is taken.
pub const FORM_BYTES: usize = 256 * 1024;

/// Every route with what it does. What is not in here is not reached.
fn table(server: &Arc<Server>) -> Table {
    let table = pages(server);
    match &server.doors {
        Some(doors) => doors.add_to(table),
        None => table,
    }
}

fn pages(server: &Arc<Server>) -> Table {
    Table::new(server)
        .page("/", Operation::OpenStart, get(start::page))
        .page("/sign-in", Operation::ChooseProvider, get(sign_in::page))
        .page("/sign-out", Operation::SignOut, post(sign_out::end))
        .page("/extend", Operation::ExtendSession, post(extend::stay))
        .automatic("/session", Operation::ReadSession, get(session::of_browser))
        .page("/typed", Operation::KeepTyped, post(typed::show))
        .page("/.well-known/jwks.json", Operation::ReadKeys, get(jwks::keys))
        .page("/healthz", Operation::ReadHealth, get(health::alive))
        .page("/favicon.svg", Operation::ReadFile, get_service(ServeFile::new(server.site.root.join("favicon.svg"))))
        .page("/launch", Operation::BeginLaunch, get(launch::begin).layer(from_fn(no_referrer)))
        .page("/callback/{source}", Operation::FinishLaunch, get(callback::finish).layer(from_fn(no_referrer)))
        .page("/panel", Operation::OpenPanel, get(panel::page))
        .page("/panel/open", Operation::OpenPerson, post(panel_open::open))
        .launch("/plan", Operation::ReadPlan, get(plan::page))
        .launch_automatic("/plan/board", Operation::ReadPlan, get(plan::board))
        .launch("/reconcile", Operation::ReadPlan, get(reconcile::page))
        .launch("/decide", Operation::DecideIssue, post(decide::keep))
        .launch("/decide/take-back", Operation::DecideIssue, post(decide::take_back))
        .launch("/overlay/take-back", Operation::AnswerGoal, post(overlay::take_back))
        .launch("/plan.json", Operation::ReadPlanData, get(plan_json::send))
        .launch("/plan.fhir.json", Operation::ReadPlanData, get(plan_fhir::send))
        .launch_automatic("/events", Operation::FollowEvents, get(events::stream))
        .launch_automatic("/revision", Operation::FollowEvents, get(revision::now))
        .launch_automatic("/session", Operation::ReadSession, get(session::of_launch))
        .launch("/goals/{item}", Operation::ReadGoal, get(goal::page))
        .launch("/shared-plan", Operation::ReadSharedPlan, get(shared_plan::list))
        .launch("/shared-plan/new", Operation::ReadSharedPlan, get(shared_plan::start))
        .launch("/shared-plan/start", Operation::WriteSharedPlan, post(shared_plan::begin))
        .launch("/shared-plan/concern", Operation::AddConcern, post(shared_plan::concern))
        .launch("/shared-plan/concerns/{concern}", Operation::ReadSharedPlan, get(shared_plan::concern_page))
        .launch("/shared-plan/concerns/{concern}/change", Operation::AddConcern, post(shared_plan::concern_correct))
        .launch("/shared-plan/concerns/{concern}/move", Operation::AddConcern, post(shared_plan::concern_status))
        .launch("/shared-plan/{plan}", Operation::ReadSharedPlan, get(shared_plan::plan))
        .launch("/shared-plan/{plan}/versions", Operation::ReadSharedPlan, get(shared_plan::versions))
        .launch("/shared-plan/{plan}/change", Operation::ReadSharedPlan, get(shared_plan::change))
        .launch("/shared-plan/{plan}/close", Operation::ReadSharedPlan, get(shared_plan::close))
        .launch("/shared-plan/{plan}/goals/{part}", Operation::ReadSharedPlan, get(shared_plan::goal))
        .launch("/shared-plan/{plan}/activities/{part}", Operation::ReadSharedPlan, get(shared_plan::activity))
        .launch("/shared-plan/{plan}/team/{part}", Operation::ReadSharedPlan, get(shared_plan::member))
        .launch("/shared-plan/{plan}/write/{command}", Operation::WriteSharedPlan, post(shared_plan::send))
        .launch("/shared-plan/{plan}/sign/{command}", Operation::SignSharedPlan, post(shared_plan::send))
        .launch("/shared-plan/{plan}/report/{command}", Operation::ReportProgress, post(shared_plan::send))
        .launch("/shared-plan/{plan}/answer/{command}", Operation::AnswerGoal, post(shared_plan::send))
        .launch("/sources", Operation::ReadSources, get(sources::page))
        .launch("/sharing", Operation::ReadConsents, get(sharing::page))
        .launch("/sharing/give", Operation::GiveConsent, post(sharing::give))
        .launch("/sharing/sign-in", Operation::GiveConsent, get(sharing::begin))
        .launch("/sharing/revoke", Operation::RevokeConsent, post(sharing::revoke))
        .launch("/connect", Operation::ReadSources, get(connect::page))
        .launch("/connect/{source}", Operation::ConnectSource, get(connect::begin))
        .launch("/confirm/{question}", Operation::ReadSources, get(confirm::page))
        .launch("/confirm/{question}", Operation::ConfirmPerson, post(confirm::answer))
        .launch("/split/{source}", Operation::ReadSources, get(split::page))
        .launch("/split/{source}", Operation::SplitPerson, post(split::carry_out))
        .launch("/whose", Operation::ReadSharedPlan, get(whose::page))
        .launch("/whose", Operation::SplitPerson, post(whose::answer))
        .launch("/disconnect/{source}", Operation::DisconnectSource, post(disconnect::end))
        .functions("/api/{*function}", post(function::call))
}

/// The routes, for tests: what they do, as the router has them.
pub fn routes(server: &Arc<Server>) -> Vec<Route> {
    table(server).finish().1
}

/// The answer where no route fits: a page, or a problem where programs ask.
async fn nothing(server: State<Arc<Server>>, uri: Uri) -> Response {
    if care_plans::is_by_token(&uri) {
        return care_plans::no_such_path().await;
    }
    trouble::no_such_page(server).await.into_response()
}

/// Everything that users reach.
pub fn router(server: Arc<Server>) -> Router {
    let (routes, _) = table(&server).finish();
    let built = ServeDir::new(server.site.root.join(&server.site.pkg)).precompressed_br().precompressed_gzip();
    let for_ever = SetResponseHeaderLayer::overriding(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    routes
        .nest_service(&format!("/{}", server.site.pkg), tower::ServiceBuilder::new().layer(for_ever).service(built))
        .fallback(nothing)
        .layer(axum::extract::DefaultBodyLimit::max(FORM_BYTES))
        .layer(CsrfLayer::new().with_insecure_bypass(|_, uri| care_plans::is_by_token(uri)))
        .layer(CompressionLayer::new())
        .layer(from_fn(protect))
        .layer(from_fn_with_state(server.clone(), framing))
        .with_state(server)
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(|_| {
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.").into_response()
        }))
}
