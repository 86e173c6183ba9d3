//! FHIR over HTTP: from request to interaction, from answer to response.
//!
//! One door for every path, because FHIR answers each of them, the wrong ones included, with an OperationOutcome.

mod request;
mod response;

use std::sync::Arc;

use access::Outcome;
use access::policy::Why;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use fhir_server::search::parse_pairs;
use fhir_server::{Failure, Handling, Prefer, Route};
use shared_plan::fhir::ResourceKind;

use super::answer::Answer;
use super::history::history;
use super::metadata::metadata;
use super::read::{read, vread};
use super::reader::Reader;
use super::scopes::Want;
use super::search::search;
use super::tokens::smart_configuration;
use super::{Surface, failure};
use crate::identity::{Admitted, Asking, NotAdmitted};
use request::{Headers, form_of};

/// Answers any request.
pub(super) async fn answer(State(surface): State<Arc<Surface>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let headers = Headers(&parts.headers);
    if request::is_smart_configuration(&parts) {
        let told = smart_configuration(&surface.tokens, parts.uri.query().unwrap_or_default());
        return response::plain_json(told);
    }
    let route = match request::understand(&parts) {
        Ok(Route::Metadata) => {
            return response::unless_known(Answer::of_value(metadata(&surface)), headers);
        }
        Ok(route) => route,
        Err(failure) => return response::refused(&failure, parts.uri.path()),
    };
    let admitted = match admit(&surface, &parts).await {
        Ok(admitted) => admitted,
        Err(why) => return response::not_admitted(why),
    };
    if let Err(response) = within_scopes(&surface, &admitted, &route).await {
        return *response;
    }
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
    surface.admission.admit(&Asking::of(parts)).await
}

/// Asks the scopes before anything is looked up, and writes down a refusal before it is told.
async fn within_scopes(surface: &Surface, admitted: &Admitted, route: &Route) -> Result<(), Box<Response>> {
    let (kind, what, want) = match route {
        Route::Read { kind, id } | Route::Vread { kind, id, .. } | Route::History { kind, id } => {
            (kind, id_of(kind, id), Want::Read)
        }
        Route::Search { kind } => (kind, None, Want::Search),
        _ => return Ok(()),
    };
    let Some(offered) = ResourceKind::parse(kind) else { return Ok(()) };
    let reader = Reader { surface, admitted };
    let Err(failure) = reader.may(offered, want) else { return Ok(()) };
    let refused = Outcome::Refused(Why::NoScope);
    let call = format!("{} {kind}", if want == Want::Read { "read" } else { "search" });
    if let Err(failure) = surface.service.note_refusal(&admitted.caller, what, &call, refused).await {
        return Err(Box::new(response::refused(&failure::of(failure), "")));
    }
    let wanted = format!("{}/{kind}.{}", admitted.caller.people.level(), want.letter());
    Err(Box::new(response::out_of_scope(&failure, &wanted)))
}

/// A resource as the log names it; no text of others goes there.
fn id_of(kind: &str, id: &str) -> Option<String> {
    let plain = id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    plain.then(|| format!("{kind}/{id}"))
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
