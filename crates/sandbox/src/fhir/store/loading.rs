//! One load: documents in, rows out, references between them resolved at the end.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use fhir::resource::is_id;
use fhir_server::{Base, Local, conditional_references, is_kind, rewrite_references, urn_references};
use jiff::Timestamp;
use serde_json::Value;

use super::load::{LoadProblem, LoadReport};
use super::state::State;
use crate::fhir::access::Access;
use crate::fhir::behaviour::Behaviour;
use crate::fhir::caller::Caller;
use crate::fhir::interactions::conditional::{Found, find};

/// A load that is going on.
pub(super) struct Loading<'a> {
    state: &'a mut State,
    now: Timestamp,
    access: Access,
    behaviour: Behaviour,
    base: Base,
    /// The file being read.
    file: Option<std::path::PathBuf>,
    taken: BTreeSet<Local>,
    /// Resources with references that may only be resolved when everything is here.
    waiting: Vec<(Option<std::path::PathBuf>, Local)>,
    report: LoadReport,
}

/// A resource on its way in.
struct Incoming {
    local: Local,
    resource: Value,
}

impl<'a> Loading<'a> {
    pub(super) fn new(state: &'a mut State, now: Timestamp) -> Self {
        Self {
            state,
            now,
            access: Access::everything(),
            behaviour: Behaviour::default(),
            // Absolute references in files are those of other servers and stay so.
            base: Base::new(""),
            file: None,
            taken: BTreeSet::new(),
            waiting: Vec::new(),
            report: LoadReport::default(),
        }
    }

    /// Takes in what was read of a file.
    pub(super) fn file(&mut self, path: &Path, read: Result<Value, String>) {
        self.file = Some(path.to_owned());
        self.report.files += 1;
        match read {
            Ok(document) => self.document(document),
            Err(what) => self.problem(what),
        }
    }

    /// Takes in a Bundle or a resource.
    pub(super) fn document(&mut self, mut document: Value) {
        let text = |name: &str| document.get(name).and_then(Value::as_str).unwrap_or_default();
        let parts = matches!(text("type"), "transaction" | "batch" | "collection" | "searchset");
        if text("resourceType") != "Bundle" || !parts {
            match identify(&document, None, None) {
                Ok(local) => self.take(Incoming { local, resource: document }),
                Err(what) => self.problem(what),
            }
            return;
        }
        let entries = match document.get_mut("entry").map(Value::take) {
            Some(Value::Array(entries)) => entries,
            _ => Vec::new(),
        };
        let (incoming, known) = self.plan(entries);
        for mut incoming in incoming {
            rewrite_references(&mut incoming.resource, &known);
            self.take(incoming);
        }
    }

    /// Resolves what had to wait, and reports.
    pub(super) fn finish(mut self) -> LoadReport {
        for (file, local) in std::mem::take(&mut self.waiting) {
            self.file = file;
            self.resolve(&local);
        }
        self.report.resources = self.taken.len();
        self.report
    }

    /// Gives every entry its id, and says what each `fullUrl` becomes.
    fn plan(&mut self, entries: Vec<Value>) -> (Vec<Incoming>, HashMap<String, String>) {
        let mut incoming = Vec::new();
        let mut known = HashMap::new();
        let mut conditions: HashMap<String, Local> = HashMap::new();
        for (place, mut entry) in entries.into_iter().enumerate() {
            if entry.pointer("/search/mode").and_then(Value::as_str) == Some("outcome") {
                continue;
            }
            let Some(resource) = entry.get_mut("resource").map(Value::take) else {
                self.problem(format!("entry {place} has no resource"));
                continue;
            };
            let full_url = entry.get("fullUrl").and_then(Value::as_str).map(str::to_owned);
            let url = entry.pointer("/request/url").and_then(Value::as_str);
            let local = match identify(&resource, url, full_url.as_deref()) {
                Ok(local) => local,
                Err(what) => {
                    self.problem(format!("entry {place}: {what}"));
                    continue;
                }
            };
            let condition = entry.pointer("/request/ifNoneExist").and_then(Value::as_str);
            let present = condition.and_then(|query| {
                let key = format!("{}?{query}", local.kind);
                conditions.get(&key).cloned().or_else(|| self.lookup(&local.kind, query)).or_else(|| {
                    conditions.insert(key, local.clone());
                    None
                })
            });
            if let Some(full_url) = full_url.filter(|url| url.starts_with("urn:")) {
                let target = present.as_ref().unwrap_or(&local);
                known.insert(full_url, format!("{}/{}", target.kind, target.id));
            }
            if present.is_none() {
                incoming.push(Incoming { local, resource });
            }
        }
        (incoming, known)
    }

    fn take(&mut self, incoming: Incoming) {
        let Incoming { local, resource } = incoming;
        if !conditional_references(&resource).is_empty() || !urn_references(&resource).is_empty() {
            self.waiting.push((self.file.clone(), local.clone()));
        }
        self.taken.insert(local.clone());
        if self.state.resource(&local.kind, &local.id).is_some_and(|present| same(&present, &resource)) {
            return;
        }
        self.state.put(&local.kind, &local.id, resource, self.now);
    }

    fn resolve(&mut self, local: &Local) {
        let Some(resource) = self.state.resource(&local.kind, &local.id) else { return };
        let mut known = HashMap::new();
        for reference in conditional_references(&resource) {
            let (kind, query) = reference.split_once('?').unwrap_or((&reference, ""));
            match self.lookup(kind, query) {
                Some(found) => {
                    let found = format!("{}/{}", found.kind, found.id);
                    known.insert(reference, found);
                }
                None => self
                    .problem(format!("{}/{} refers to {reference}, which names no one resource", local.kind, local.id)),
            }
        }
        for reference in urn_references(&resource) {
            self.problem(format!("{}/{} refers to {reference}, which is not in its Bundle", local.kind, local.id));
        }
        // The row must be the only owner, so that the change is made in place.
        drop(resource);
        if !known.is_empty() {
            self.state.amend(local, |resource| rewrite_references(resource, &known));
        }
    }

    fn lookup(&self, kind: &str, query: &str) -> Option<Local> {
        let caller = Caller { access: &self.access, base: &self.base, behaviour: &self.behaviour, now: self.now };
        match find(self.state, caller, kind, query) {
            Ok(Found::One(id)) => Some(Local { kind: kind.to_owned(), id }),
            Ok(Found::None | Found::Several) | Err(_) => None,
        }
    }

    fn problem(&mut self, what: String) {
        self.report.problems.push(LoadProblem { file: self.file.clone(), what });
    }
}

/// Type and id of a resource: its own id, else the one in the request's address, else in the `fullUrl`.
fn identify(resource: &Value, url: Option<&str>, full_url: Option<&str>) -> Result<Local, String> {
    let kind = resource.get("resourceType").and_then(Value::as_str).ok_or("not a resource: no resourceType")?;
    if !is_kind(kind) {
        return Err(format!("{kind} is not a type of R4"));
    }
    let own = resource.get("id").and_then(Value::as_str);
    let in_url = url.and_then(|url| url.strip_prefix(kind)?.strip_prefix('/'));
    let in_full_url = full_url.and_then(|full_url| full_url.rsplit(['/', ':']).next());
    let id = own.or(in_url).or(in_full_url).ok_or_else(|| format!("{kind} without an id"))?;
    if !is_id(id) {
        return Err(format!("{kind} with an id that FHIR does not allow"));
    }
    Ok(Local { kind: kind.to_owned(), id: id.to_owned() })
}

/// True where a stored resource says the same as an incoming one, the server's own elements aside.
fn same(present: &Arc<Value>, incoming: &Value) -> bool {
    let bare = |resource: &Value| {
        let mut resource = resource.clone();
        if let Some(members) = resource.as_object_mut() {
            members.shift_remove("id");
            if let Some(meta) = members.get_mut("meta").and_then(Value::as_object_mut) {
                meta.shift_remove("versionId");
                meta.shift_remove("lastUpdated");
            }
            if members.get("meta").and_then(Value::as_object).is_some_and(serde_json::Map::is_empty) {
                members.shift_remove("meta");
            }
        }
        resource
    };
    bare(present) == bare(incoming)
}
