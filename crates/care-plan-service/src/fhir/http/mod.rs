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
use super::reader::{Known, Reader};
use super::scopes::{Refused, Want};
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
    let known = Known::default();
    let reader = Reader { surface: &surface, admitted: &admitted, known: &known };
    let query = parts.uri.query().unwrap_or_default();
    let handling = headers.text("prefer").map(Prefer::parse).unwrap_or_default().handling;
    match perform(reader, route, query, form, handling).await {
        Ok(answer) => response::unless_known(answer, headers),
        Err(Refused::Scope(kind, want)) => out_of_scope(reader, kind, None, want).await,
        Err(Refused::Other(failure)) => response::refused(&failure, parts.uri.path()),
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
    let reader = Reader { surface, admitted, known: &Known::default() };
    if reader.allows(offered, want) {
        return Ok(());
    }
    Err(Box::new(out_of_scope(reader, offered, what, want).await))
}

/// The refusal of what the token does not allow, which is written down before it is told.
async fn out_of_scope(reader: Reader<'_>, kind: ResourceKind, what: Option<String>, want: Want) -> Response {
    let caller = reader.caller();
    let call = format!("{} {}", if want == Want::Read { "read" } else { "search" }, kind.name());
    let refused = Outcome::Refused(Why::NoScope);
    if let Err(failure) = reader.service().note_refusal(caller, what, &call, refused).await {
        return response::refused(&failure::of(failure), "");
    }
    let wanted = format!("{}/{}.{}", caller.people.level(), kind.name(), want.letter());
    response::out_of_scope(&reader.out_of_scope(kind, want), &wanted)
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
) -> Result<Answer, Refused> {
    let answer = match route {
        Route::Metadata => Ok(Answer::of_value(metadata(reader.surface))),
        Route::Read { kind, id } => read(reader, offered(&kind)?, &id).await,
        Route::Vread { kind, id, version } => vread(reader, offered(&kind)?, &id, &version).await,
        Route::History { kind, id } => history(reader, offered(&kind)?, &id, query).await,
        Route::Search { kind } => {
            let mut pairs = parse_pairs(query);
            pairs.extend(form);
            return search(reader, offered(&kind)?, pairs, handling).await;
        }
        Route::Bundle
        | Route::Match
        | Route::Create { .. }
        | Route::Update { .. }
        | Route::Patch { .. }
        | Route::Delete { .. } => Err(request::read_only()),
    };
    Ok(answer?)
}

fn offered(kind: &str) -> Result<ResourceKind, Failure> {
    let not_offered = || Failure { status: 404, outcome: fhir_server::Surface::not_offered(kind) };
    ResourceKind::parse(kind).ok_or_else(not_offered)
}
