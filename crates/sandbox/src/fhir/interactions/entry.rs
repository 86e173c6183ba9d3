//! One entry of a batch or transaction (R4 http.html#transaction).

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhir_server::search::parse_pairs;
use fhir_server::{Failure, Handling, Method, Return, Route};
use serde_json::{Value, json};

use super::update::Conditions;
use super::{create, delete, history, patch, read, search, update};
use crate::fhir::answer::{Answer, Body};
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// What one entry asks for.
#[derive(Debug)]
pub(in crate::fhir) struct Entry {
    pub(in crate::fhir) method: Method,
    pub(in crate::fhir) route: Route,
    pub(in crate::fhir) query: String,
    pub(in crate::fhir) full_url: Option<String>,
    pub(in crate::fhir) resource: Option<Value>,
    pub(in crate::fhir) if_none_exist: Option<String>,
    if_match: Option<String>,
    only_new: bool,
    /// Id that a transaction chose for a new resource, so that the others can refer to it.
    pub(in crate::fhir) planned_id: Option<String>,
}

impl Entry {
    /// Reads an entry.
    ///
    /// # Errors
    /// 400 without a usable `request`, and what [`Route::parse`] says about its address.
    pub(in crate::fhir) fn parse(entry: &Value, base: &str) -> Result<Self, Failure> {
        let request =
            entry.get("request").ok_or_else(|| Failure::bad_request("required", "The entry has no request."))?;
        let text = |name: &str| request.get(name).and_then(Value::as_str);
        let method = text("method").and_then(Method::parse);
        let method =
            method.ok_or_else(|| Failure::bad_request("invalid", "The entry's request has no method of FHIR."))?;
        let url = text("url").ok_or_else(|| Failure::bad_request("required", "The entry's request has no url."))?;
        let url = url.strip_prefix(base).unwrap_or(url);
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let route = Route::parse(method, path)?;
        if matches!(route, Route::Bundle | Route::Metadata | Route::Match)
            || path.trim_matches('/').ends_with("/_search")
        {
            return Err(Failure::bad_request("not-supported", "An entry names a resource or a search by GET."));
        }
        Ok(Self {
            method,
            route,
            query: query.to_owned(),
            full_url: entry.get("fullUrl").and_then(Value::as_str).map(str::to_owned),
            resource: entry.get("resource").cloned(),
            if_none_exist: text("ifNoneExist").map(str::to_owned),
            if_match: text("ifMatch").map(str::to_owned),
            only_new: text("ifNoneMatch").is_some_and(|text| text.trim() == "*"),
            planned_id: None,
        })
    }

    /// Does what the entry asks.
    ///
    /// # Errors
    /// Those of the interaction.
    pub(in crate::fhir) fn perform(self, state: &mut State, caller: Caller<'_>) -> Result<Answer, Failure> {
        let no_body = || Failure::bad_request("required", "The entry has no resource.");
        let if_match = self.if_match.as_deref();
        match self.route {
            Route::Read { kind, id } => read::read(state, caller, &kind, &id),
            Route::Vread { kind, id, version } => read::vread(state, caller, &kind, &id, &version),
            Route::History { kind, id } => history::history(state, caller, &kind, &id),
            Route::Search { kind } => search::search(state, caller, &kind, parse_pairs(&self.query), Handling::Strict),
            Route::Create { kind } => {
                let body = self.resource.ok_or_else(no_body)?;
                create::create(state, caller, &kind, body, self.if_none_exist.as_deref(), self.planned_id)
            }
            Route::Update { kind, id } => {
                let conditions = Conditions { if_match, only_new: self.only_new };
                update::update(state, caller, &kind, &id, self.resource.ok_or_else(no_body)?, conditions)
            }
            Route::Patch { kind, id } => {
                let operations = patch_in_binary(&self.resource.ok_or_else(no_body)?)?;
                patch::patch(state, caller, &kind, &id, operations, if_match)
            }
            Route::Delete { kind, id } => delete::delete(state, caller, &kind, &id, if_match),
            Route::Bundle | Route::Metadata | Route::Match => {
                Err(Failure::bad_request("not-supported", "An entry names a resource or a search."))
            }
        }
    }
}

/// JSON Patch travels in a Bundle as the data of a Binary (R4 http.html#jsonpatch-transaction).
fn patch_in_binary(binary: &Value) -> Result<Value, Failure> {
    let wrong = || Failure::unprocessable("A patch in a Bundle is a Binary of application/json-patch+json.");
    let text = |name: &str| binary.get(name).and_then(Value::as_str);
    if text("resourceType") != Some("Binary") || text("contentType") != Some("application/json-patch+json") {
        return Err(wrong());
    }
    let data = STANDARD.decode(text("data").ok_or_else(wrong)?).map_err(|_| wrong())?;
    serde_json::from_slice(&data).map_err(|_| wrong())
}

/// The entry of the response Bundle.
pub(in crate::fhir) fn answered(answer: Answer, method: Method, caller: Caller<'_>, wish: Return) -> Value {
    let address = answer.address(caller.base);
    let answer = if method == Method::Get { answer } else { answer.shaped(wish) };
    let mut response = json!({ "status": status_line(answer.status) });
    if let Some(address) = address {
        response["location"] = Value::from(address);
    }
    if let Some((version, at)) = answer.stamp {
        response["etag"] = Value::from(version.etag());
        response["lastModified"] = Value::from(at.to_string());
    }
    let mut entry = json!({ "response": response });
    match answer.body {
        Body::Empty => {}
        Body::Resource(resource) => entry["resource"] = Value::clone(&resource),
        Body::SearchSet(set) => entry["resource"] = serde_json::to_value(&set).unwrap_or_default(),
    }
    entry
}

/// The entry of the response Bundle for a part of a batch that failed.
pub(in crate::fhir) fn failed(failure: &Failure) -> Value {
    json!({ "response": { "status": status_line(failure.status), "outcome": failure.outcome.to_value() } })
}

fn status_line(status: u16) -> Cow<'static, str> {
    let reason = http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.map_or_else(|| status.to_string().into(), |reason| format!("{status} {reason}").into())
}
