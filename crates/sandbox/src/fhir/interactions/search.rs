//! `search-type`, page by page (R4 search.html).

use std::collections::HashSet;
use std::sync::Arc;

use fhir_server::search::{Include, Query, SortKey};
use fhir_server::{Cursor, Failure, Floor, Handling, Interaction, Issue, Local, SearchMode, SearchSet, below_floor};
use serde_json::Value;

use crate::fhir::answer::{Answer, Body};
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// Answers a search, or its next page where the parameters are `_page` and a token of ours.
///
/// # Errors
/// 400 for what was not understood or would give everybody's records, 403 for what is not allowed, 410 for a
/// token that is none.
pub(in crate::fhir) fn search(
    state: &State,
    caller: Caller<'_>,
    kind: &str,
    pairs: Vec<(String, String)>,
    handling: Handling,
) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::Search)?;
    let cursor = take_cursor(&pairs, caller)?;
    let (pairs, handling) = match &cursor {
        Some(cursor) => (cursor.pairs.clone(), if cursor.lenient { Handling::Lenient } else { Handling::Strict }),
        None => (pairs, handling),
    };
    let query = understand(caller, kind, &pairs, handling)?;
    let matches = matches(state, caller, &query);
    let mut set = SearchSet::new(matches.len(), address(caller, kind, &pairs));
    if query.controls().only_total {
        return Ok(Answer { status: 200, body: Body::SearchSet(set), stamp: None, location: None });
    }

    let size = query
        .controls()
        .count
        .unwrap_or(caller.behaviour.page_size_default)
        .clamp(1, caller.behaviour.page_size_max.max(1));
    let mut rest =
        matches.into_iter().skip_while(|found| cursor.as_ref().is_some_and(|cursor| !is_after(&query, found, cursor)));
    let page: Vec<Found> = rest.by_ref().take(size).collect();
    if let (Some(last), Some(_)) = (page.last(), rest.next()) {
        let token = Cursor {
            pairs,
            lenient: handling == Handling::Lenient,
            patient: caller.access.patient.clone(),
            after_key: last.key.clone(),
            after_row: last.row,
        };
        set.next(format!("{}/{kind}?_page={}", caller.base.as_str(), token.encode()));
    }
    let mut along = Along::new(state, caller, &page);
    along.gather(&query);
    for found in page {
        set.push(query.told(found.resource), SearchMode::Match, caller.base);
    }
    let mut issues = query.warnings().to_vec();
    if along.withheld > 0 {
        issues.push(Issue::warning("suppressed", format!("{} included resources are not permitted.", along.withheld)));
    }
    for resource in along.resources {
        set.push(resource, SearchMode::Include, caller.base);
    }
    set.say(issues);
    Ok(Answer { status: 200, body: Body::SearchSet(set), stamp: None, location: None })
}

/// One match, with its place in the order.
struct Found {
    key: SortKey,
    row: u64,
    resource: Arc<Value>,
}

fn take_cursor(pairs: &[(String, String)], caller: Caller<'_>) -> Result<Option<Cursor>, Failure> {
    let Some((_, token)) = pairs.iter().find(|(name, _)| name == "_page") else { return Ok(None) };
    if pairs.iter().any(|(name, _)| name != "_page" && name != "_format") {
        return Err(Failure::bad_request("invalid", "A page token stands alone: it holds the whole search."));
    }
    let cursor =
        Cursor::decode(token).map_err(|_| Failure::new(410, "expired", "This page is gone: run the search anew."))?;
    if cursor.patient != caller.access.patient {
        return Err(Failure::forbidden("This page belongs to a search for another patient."));
    }
    Ok(Some(cursor))
}

fn understand(
    caller: Caller<'_>,
    kind: &str,
    pairs: &[(String, String)],
    handling: Handling,
) -> Result<Query, Failure> {
    let query = Query::parse(kind, pairs, handling)?;
    if caller.access.patient.is_none() && query.asks_for_everybody() {
        return Err(Failure::bad_request(
            "required",
            format!("A search of {kind} without a condition would give everybody's."),
        ));
    }
    match caller.behaviour.require {
        Floor::Open => Ok(query),
        Floor::Required => below_floor(&query).map_or(Ok(query), Err),
    }
}

/// Every match that the caller may see, in order.
fn matches(state: &State, caller: Caller<'_>, query: &Query) -> Vec<Found> {
    let candidates = state.candidates(query, caller.access.patient.as_deref()).into_iter();
    let visible =
        candidates.filter(|row| query.matches(&row.resource, caller.base) && caller.sees(state, &row.resource));
    let mut found: Vec<Found> = visible
        .map(|row| Found { key: query.sort_key(&row.resource), row: row.number, resource: row.resource })
        .collect();
    found.sort_by(|left, right| query.compare(&left.key, &right.key).then(left.row.cmp(&right.row)));
    found
}

fn is_after(query: &Query, found: &Found, cursor: &Cursor) -> bool {
    query.compare(&found.key, &cursor.after_key).then(found.row.cmp(&cursor.after_row)).is_gt()
}

fn address(caller: Caller<'_>, kind: &str, pairs: &[(String, String)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}/{kind}{mark}{query}", caller.base.as_str())
}

/// What comes along with a page.
struct Along<'a> {
    state: &'a State,
    caller: Caller<'a>,
    /// Matches and resources already along: each is sent once.
    known: HashSet<Local>,
    /// Resources whose references are still to be followed, and whether they are matches.
    frontier: Vec<(Arc<Value>, bool)>,
    resources: Vec<Arc<Value>>,
    withheld: usize,
}

impl<'a> Along<'a> {
    fn new(state: &'a State, caller: Caller<'a>, page: &[Found]) -> Self {
        let known = page.iter().filter_map(|found| local(&found.resource)).collect();
        let frontier = page.iter().map(|found| (Arc::clone(&found.resource), true)).collect();
        Self { state, caller, known, frontier, resources: Vec::new(), withheld: 0 }
    }

    fn gather(&mut self, query: &Query) {
        while let Some((resource, is_match)) = self.frontier.pop() {
            for include in &query.controls().includes {
                if is_match || include.iterate {
                    for target in include.follow(&resource, self.caller.base) {
                        self.add(target);
                    }
                }
            }
            for include in &query.controls().reverse_includes {
                if is_match || include.iterate {
                    self.add_referring(&resource, include);
                }
            }
        }
    }

    fn add_referring(&mut self, resource: &Value, include: &Include) {
        let Some(own) = local(resource) else { return };
        let referring: Vec<Local> =
            self.state.referring(&own).filter(|local| local.kind == include.from).cloned().collect();
        for candidate in referring {
            let Some(found) = self.state.resource(&candidate.kind, &candidate.id) else { continue };
            if include.follow(&found, self.caller.base).contains(&own) {
                self.add(candidate);
            }
        }
    }

    /// Adds a resource once, where it is here and may be seen. What is another patient's is passed over in silence;
    /// what a scope withholds is counted.
    fn add(&mut self, target: Local) {
        let Some(resource) = self.state.resource(&target.kind, &target.id) else { return };
        if !self.caller.sees(self.state, &resource) || !self.known.insert(target.clone()) {
            return;
        }
        let kind = &target.kind;
        if self.caller.may(kind, Interaction::Read).is_err() && self.caller.may(kind, Interaction::Search).is_err() {
            self.withheld += 1;
            return;
        }
        self.frontier.push((Arc::clone(&resource), false));
        self.resources.push(resource);
    }
}

fn local(resource: &Value) -> Option<Local> {
    let text = |name: &str| resource.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Local { kind: text("resourceType")?, id: text("id")? })
}
