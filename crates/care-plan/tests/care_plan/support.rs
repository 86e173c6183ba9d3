//! Builds snapshots from JSON.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use care_plan::plan::{Basis, Item, ItemId, Link};
use care_plan::snapshot::{Read, Record, Snapshot, Source, Status};
use care_plan::{ConsolidatedPlan, Decisions, consolidate};
use fhir::{Bundle, Resource, ResourceKey, SourceId};
use jiff::civil::{Date, date};
use serde_json::Value;

/// The day of all tests.
pub const TODAY: Date = date(2026, 11, 21);

/// A record with these resources whose searches are all complete.
pub fn record(source: &str, resources: &[Value]) -> Record {
    record_of(source, resources.iter().map(|resource| resource.to_string()))
}

/// The same from JSON text.
pub fn record_of(source: &str, texts: impl IntoIterator<Item = String>) -> Record {
    let id = SourceId::new(source);
    let parse = |text: String| Arc::new(Resource::parse(&id, &text).unwrap_or_else(|error| panic!("{error}: {text}")));
    let resources: Vec<Arc<Resource>> = texts.into_iter().map(parse).collect();
    let mut kinds: BTreeSet<String> = resources.iter().map(|resource| resource.kind().to_owned()).collect();
    kinds.insert("AllergyIntolerance".to_owned());
    Record {
        source: Source { id: id.clone(), name: source.to_uppercase(), tag: source.to_owned(), base: None },
        patient: resources.iter().find(|resource| resource.kind() == "Patient").map(|patient| patient.id().to_owned()),
        reads: kinds.into_iter().map(|kind| read(&kind, Status::Complete)).collect(),
        resources,
        problems: Vec::new(),
        state: None,
        as_of: None,
    }
}

/// A search with a status.
pub fn read(kind: &str, status: Status) -> Read {
    Read { kind: kind.to_owned(), part: None, status, count: 0, pages: 1, took_ms: 1, as_of: None }
}

/// The plan of some records.
pub fn plan(records: Vec<Record>) -> ConsolidatedPlan {
    consolidate(&Snapshot { records }, &Decisions::default(), TODAY)
}

/// The plan of one record of these resources.
pub fn plan_of(resources: &[Value]) -> ConsolidatedPlan {
    plan(vec![record("a", resources)])
}

/// Everything that a plan holds, by key.
pub fn held(plan: &ConsolidatedPlan) -> BTreeSet<ResourceKey> {
    plan.placed().chain(plan.aside.iter().map(|aside| &aside.key)).cloned().collect()
}

/// Every resource of some records, by key.
pub fn keys(records: &[Record]) -> BTreeSet<ResourceKey> {
    records.iter().flat_map(|record| &record.resources).map(|resource| resource.key().clone()).collect()
}

/// All items of a plan.
pub fn items(plan: &ConsolidatedPlan) -> Vec<&Item> {
    (plan.concerns.iter().map(|concern| &concern.item))
        .chain(plan.goals.iter().map(|goal| &goal.item))
        .chain(plan.interventions.iter().map(|intervention| &intervention.item))
        .chain(plan.outcomes.iter().map(|outcome| &outcome.item))
        .collect()
}

/// The links as `from -> to [basis]`, by the titles of the items, sorted.
pub fn link_lines(plan: &ConsolidatedPlan) -> Vec<String> {
    let title = |id: &ItemId| {
        items(plan).into_iter().find(|item| item.id == *id).map_or_else(String::new, |item| item.title.clone())
    };
    let line = |link: &Link| {
        let basis = match &link.basis {
            Basis::Stated(element) => format!("stated: {element}"),
            Basis::Inferred(how) => format!("inferred: {how}"),
        };
        format!("{} -> {} [{basis}]", title(&link.from), title(&link.to))
    };
    let mut lines: Vec<String> = plan.links.iter().map(line).collect();
    lines.sort();
    lines
}

/// A concept with one LOINC code.
pub fn loinc(code: &str, display: &str) -> Value {
    serde_json::json!({ "coding": [{ "system": "http://loinc.org", "code": code, "display": display }] })
}

/// The sample data, where it is on this machine.
pub fn sample_data() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ACCORD_SAMPLE_DATA").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The resources of all JSON files of a folder and its folders, as text; copies of one resource count once.
pub fn resources_in(path: &Path) -> Vec<String> {
    let mut files = Vec::new();
    collect(path, &mut files);
    files.sort();
    let mut found: Vec<(String, String)> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let add = |text: &str, found: &mut Vec<(String, String)>| {
            let resource = Resource::parse(&SourceId::new("any"), text);
            // An entry without an id is none that a server could hold: the Linkage of the data gets one by its PUT.
            if let Ok(resource) = resource {
                let key = format!("{}/{}", resource.kind(), resource.id());
                found.retain(|(known, _)| *known != key);
                found.push((key, text.to_owned()));
            }
        };
        match Bundle::parse(&text) {
            Ok(bundle) => {
                for entry in bundle.entries {
                    add(&put(entry.resource.expect("an entry with a resource"), &text), &mut found);
                }
            }
            Err(_) => add(&text, &mut found),
        }
    }
    found.into_iter().map(|(_, text)| text).collect()
}

/// Gives a resource without an id the one of the PUT of its entry, as a server would.
fn put(resource: &str, bundle: &str) -> String {
    let mut value: Value = serde_json::from_str(resource).expect("a JSON entry");
    if value.get("id").is_some() {
        return resource.to_owned();
    }
    let bundle: Value = serde_json::from_str(bundle).expect("a JSON file");
    let entries = bundle["entry"].as_array().expect("a list of entries");
    let own = entries.iter().find(|entry| entry["resource"] == value).expect("the entry of the resource");
    let url = own["request"]["url"].as_str().unwrap_or_default();
    if let Some((_, id)) = url.split_once('/') {
        value["id"] = Value::from(id);
    }
    value.to_string()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.extend(path.extension().is_some_and(|end| end == "json").then(|| path.to_owned()));
        return;
    }
    for entry in std::fs::read_dir(path).expect("a readable folder") {
        collect(&entry.expect("a folder entry").path(), files);
    }
}
