//! `batch` and `transaction` (R4 http.html#transaction).

use std::collections::{HashMap, HashSet};

use fhir_server::search::{Query, parse_pairs};
use fhir_server::{Failure, Handling, Method, Return, Route, conditional_references, rewrite_references};
use serde_json::{Value, json};

use super::conditional::{Found, find};
use super::entry::{Entry, answered, failed};
use crate::fhir::answer::Answer;
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// Performs a Bundle: a batch entry by entry, a transaction as a whole or not at all.
///
/// # Errors
/// 400 for a body that is neither; for a transaction the failure of its first failing entry, which is named.
pub(in crate::fhir) fn perform(
    state: &mut State,
    caller: Caller<'_>,
    body: &Value,
    wish: Return,
) -> Result<Answer, Failure> {
    if body.get("resourceType").and_then(Value::as_str) != Some("Bundle") {
        return Err(Failure::unprocessable("The base takes Bundles only."));
    }
    let entries = body.get("entry").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let kind = body.get("type").and_then(Value::as_str).unwrap_or_default();
    let answers = match kind {
        "batch" => batch(state, caller, entries, wish),
        "transaction" => {
            state.begin();
            let done = transaction(state, caller, entries, wish);
            match done {
                Ok(_) => state.commit(),
                Err(_) => state.roll_back(),
            }
            done?
        }
        _ => return Err(Failure::bad_request("not-supported", "The Bundle is neither a batch nor a transaction.")),
    };
    Ok(Answer::of_value(json!({ "resourceType": "Bundle", "type": format!("{kind}-response"), "entry": answers })))
}

fn batch(state: &mut State, caller: Caller<'_>, entries: &[Value], wish: Return) -> Vec<Value> {
    let mut answers = Vec::new();
    for entry in entries {
        let done = Entry::parse(entry, caller.base.as_str()).and_then(|mut entry| {
            resolve_conditions(state, caller, &mut entry, &[])?;
            let method = entry.method;
            entry.perform(state, caller).map(|answer| answered(answer, method, caller, wish))
        });
        answers.push(done.unwrap_or_else(|failure| failed(&failure)));
    }
    answers
}

fn transaction(state: &mut State, caller: Caller<'_>, entries: &[Value], wish: Return) -> Result<Vec<Value>, Failure> {
    let mut plan: Vec<(usize, Entry)> = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        plan.push((place, Entry::parse(entry, caller.base.as_str()).map_err(|failure| at(place, failure))?));
    }
    let known = plan_ids(state, caller, &mut plan)?;
    for (_, entry) in &mut plan {
        if let Some(resource) = &mut entry.resource {
            rewrite_references(resource, &known);
        }
    }
    let fresh: Vec<Value> = plan.iter().filter_map(|(_, entry)| fresh(entry)).collect();
    for (place, entry) in &mut plan {
        resolve_conditions(state, caller, entry, &fresh).map_err(|failure| at(*place, failure))?;
    }
    // Deletions come first and readings last, whatever the order of the entries.
    plan.sort_by_key(|(_, entry)| rank(entry.method));
    let mut answers: Vec<Value> = vec![Value::Null; entries.len()];
    for (place, entry) in plan {
        let method = entry.method;
        let answer = entry.perform(state, caller).map_err(|failure| at(place, failure))?;
        answers[place] = answered(answer, method, caller, wish);
    }
    Ok(answers)
}

fn rank(method: Method) -> u8 {
    match method {
        Method::Delete => 0,
        Method::Post => 1,
        Method::Put | Method::Patch => 2,
        Method::Get => 3,
    }
}

/// Chooses the ids of new resources, and says what each `fullUrl` becomes.
fn plan_ids(
    state: &mut State,
    caller: Caller<'_>,
    plan: &mut [(usize, Entry)],
) -> Result<HashMap<String, String>, Failure> {
    let mut known = HashMap::new();
    let mut written = HashSet::new();
    let mut promised: HashMap<String, String> = HashMap::new();
    for (place, entry) in plan {
        let local = match &entry.route {
            Route::Create { kind } => {
                let condition = entry.if_none_exist.as_ref().map(|query| format!("{kind}?{query}"));
                let found =
                    match (&entry.if_none_exist, condition.as_ref().and_then(|condition| promised.get(condition))) {
                        // An earlier entry of this transaction will have made it.
                        (Some(_), Some(id)) => Found::One(id.clone()),
                        (Some(query), None) => {
                            find(state, caller, kind, query).map_err(|failure| at(*place, failure))?
                        }
                        (None, _) => Found::None,
                    };
                let id = match found {
                    Found::One(id) => id,
                    Found::None | Found::Several => {
                        let id = state.new_id(kind);
                        entry.planned_id = Some(id.clone());
                        promised.extend(condition.map(|condition| (condition, id.clone())));
                        id
                    }
                };
                format!("{kind}/{id}")
            }
            Route::Update { kind, id } | Route::Patch { kind, id } | Route::Delete { kind, id } => {
                if !written.insert((kind.clone(), id.clone())) {
                    let failure = Failure::bad_request("duplicate", "A transaction writes a resource once only.");
                    return Err(at(*place, failure));
                }
                format!("{kind}/{id}")
            }
            _ => continue,
        };
        if let Some(full_url) = &entry.full_url {
            known.insert(full_url.clone(), local);
        }
    }
    Ok(known)
}

/// What an entry will have stored, for the conditional references of the others.
fn fresh(entry: &Entry) -> Option<Value> {
    let mut resource = entry.resource.clone()?;
    let id = match &entry.route {
        Route::Create { .. } => entry.planned_id.clone()?,
        Route::Update { id, .. } => id.clone(),
        _ => return None,
    };
    resource.as_object_mut()?.insert("id".to_owned(), Value::from(id));
    Some(resource)
}

/// Replaces `Organization?identifier=…` by the one resource it means.
fn resolve_conditions(state: &State, caller: Caller<'_>, entry: &mut Entry, fresh: &[Value]) -> Result<(), Failure> {
    let Some(resource) = &mut entry.resource else { return Ok(()) };
    let mut known = HashMap::new();
    for reference in conditional_references(resource) {
        let (kind, query) = reference.split_once('?').unwrap_or((&reference, ""));
        let parsed = Query::parse(kind, &parse_pairs(query), Handling::Strict)?;
        let new = fresh.iter().filter(|new| {
            new.get("resourceType").and_then(Value::as_str) == Some(kind) && parsed.matches(new, caller.base)
        });
        let mut ids: HashSet<String> = new.filter_map(|new| new.get("id")?.as_str().map(str::to_owned)).collect();
        let several =
            || Failure::precondition("multiple-matches", format!("A conditional reference to {kind} matches several."));
        match find(state, caller, kind, query)? {
            Found::None => {}
            Found::One(id) => {
                ids.insert(id);
            }
            Found::Several => return Err(several()),
        }
        let mut ids = ids.into_iter();
        let id = ids.next().ok_or_else(|| {
            Failure::precondition("not-found", format!("A conditional reference to {kind} matches nothing."))
        })?;
        if ids.next().is_some() {
            return Err(several());
        }
        let local = format!("{kind}/{id}");
        known.insert(reference, local);
    }
    if !known.is_empty() {
        rewrite_references(resource, &known);
    }
    Ok(())
}

/// Says which entry failed.
fn at(place: usize, mut failure: Failure) -> Failure {
    for issue in &mut failure.outcome.0 {
        let inner = issue.expression.take().map_or_else(String::new, |inner| format!(".{inner}"));
        issue.expression = Some(format!("Bundle.entry[{place}]{inner}"));
    }
    failure
}
