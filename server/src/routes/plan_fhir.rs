//! `/l/{launch}/plan.fhir.json`: the consolidated plan as a FHIR Bundle.

use std::sync::Arc;

use app::desk::LaunchDesk;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use care_plan::export::{Export, bundle};

use crate::desk::Desk;
use crate::rooms::{BUDGET, Room};
use crate::state::Server;

/// Media type of FHIR in JSON (R4 json.html).
const FHIR_JSON: &str = "application/fhir+json; fhirVersion=4.0";

/// Sends the plan as it is when all sources are done or the budget is used up; what was not read is named in it.
///
/// Nothing clinical is sent before the launch's own source has said who the person is (checklist C5, P12).
pub async fn send(State(server): State<Arc<Server>>, Extension(room): Extension<Arc<Room>>) -> Response {
    let desk = Desk::of(&server, &room);
    let picture = desk.picture(BUDGET).await;
    let as_fhir: [(HeaderName, &str); 1] = [(header::CONTENT_TYPE, FHIR_JSON)];
    if !room.is_known(&picture) {
        let issue = serde_json::json!([{ "severity": "error", "code": "transient", "diagnostics": "the person could not be read" }]);
        let outcome = serde_json::json!({ "resourceType": "OperationOutcome", "issue": issue });
        return (StatusCode::SERVICE_UNAVAILABLE, as_fhir, outcome.to_string()).into_response();
    }
    let (home, at) = (desk.home(), server.clock.now());
    let whole = bundle(&Export { plan: &picture.plan, snapshot: &picture.snapshot, home: &home, at });
    (as_fhir, whole.to_string()).into_response()
}
