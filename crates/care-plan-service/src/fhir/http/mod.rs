//! FHIR over HTTP: from request to interaction, from answer to response.
//!
//! One door for every path, because FHIR answers each of them, the wrong ones included, with an OperationOutcome.

mod request;
mod response;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use fhir_server::search::parse_pairs;
use fhir_server::{Failure, Handling, Prefer, Route};
use shared_plan::fhir::ResourceKind;

use super::Surface;
use super::answer::Answer;
use super::history::history;
use super::metadata::metadata;
use super::read::{read, vread};
use super::reader::Reader;
use super::search::search;
use crate::identity::{Admitted, NotAdmitted, RequestName};
use request::{Headers, form_of};

/// Answers any request.
pub(super) async fn answer(State(surface): State<Arc<Surface>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let headers = Headers(&parts.headers);
    let route = match request::understand(&parts) {
        Ok(Route::Metadata) => {
            return response::unless_known(Answer::of_value(metadata(&surface)), headers);
        }
        Ok(route) => route,
        Err(failure) => return response::refused(&failure, parts.uri.path()),
    };
    let admitted = match admit(&surface, &parts).await {
        Ok(admitted) => admitted,
        Err(why) => return response::not_admitted(why, headers.text("authorization").is_some()),
    };
    let form = match form_of(&parts, body).await {
        Ok(form) => form,
        Err(failure) => return response::refused(&failure, parts.uri.path()),
    };
    let reader = Reader { surface: &surface, admitted: &admitted };
    let query = parts.uri.query().unwrap_or_default();
    let handling = headers.text("prefer").map(Prefer::parse).unwrap_or_default().handling;
    match perform(reader, route, query, form, handling).await {
        Ok(answer) => response::unless_known(answer, headers),
        Err(failure) => response::refused(&failure, parts.uri.path()),
    }
}

async fn admit(surface: &Surface, parts: &Parts) -> Result<Admitted, NotAdmitted> {
    let authorization = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
    let mut admitted = surface.admission.admit(authorization).await?;
    if let Some(RequestName(name)) = parts.extensions.get() {
        admitted.caller.request = Some(name.clone());
    }
    Ok(admitted)
}

async fn perform(
    reader: Reader<'_>,
    route: Route,
    query: &str,
    form: Vec<(String, String)>,
    handling: Handling,
) -> Result<Answer, Failure> {
    match route {
        Route::Metadata => Ok(Answer::of_value(metadata(reader.surface))),
        Route::Read { kind, id } => read(reader, offered(&kind)?, &id).await,
        Route::Vread { kind, id, version } => vread(reader, offered(&kind)?, &id, &version).await,
        Route::History { kind, id } => history(reader, offered(&kind)?, &id, query).await,
        Route::Search { kind } => {
            let mut pairs = parse_pairs(query);
            pairs.extend(form);
            search(reader, offered(&kind)?, pairs, handling).await
        }
        Route::Bundle
        | Route::Match
        | Route::Create { .. }
        | Route::Update { .. }
        | Route::Patch { .. }
        | Route::Delete { .. } => Err(request::read_only()),
    }
}

fn offered(kind: &str) -> Result<ResourceKind, Failure> {
    let not_offered = || Failure { status: 404, outcome: fhir_server::Surface::not_offered(kind) };
    ResourceKind::parse(kind).ok_or_else(not_offered)
}
