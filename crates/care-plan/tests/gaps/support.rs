//! Builds records that were asked for everything, and looks for issues.

use std::sync::Arc;

use care_plan::plan::{DetectedIssue, FactValue, IssueCode};
use care_plan::snapshot::{Read, Record, Snapshot, Source, Status};
use care_plan::{ConsolidatedPlan, Decisions, consolidate};
use fhir::{Resource, SourceId};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// The day of all tests.
pub const TODAY: Date = date(2026, 11, 21);

/// The types that every source is asked for.
pub const ASKED: [&str; 15] = [
    "AllergyIntolerance",
    "Appointment",
    "CarePlan",
    "CareTeam",
    "Condition",
    "Encounter",
    "Goal",
    "MedicationRequest",
    "MedicationStatement",
    "NutritionOrder",
    "Observation",
    "Patient",
    "Procedure",
    "ServiceRequest",
    "Task",
];

/// A record with these resources whose searches are all complete.
pub fn record(source: &str, resources: &[Value]) -> Record {
    let id = SourceId::new(source);
    let parse = |value: &Value| Arc::new(Resource::parse(&id, &value.to_string()).expect("a resource"));
    Record {
        source: Source { id: id.clone(), name: source.to_uppercase(), tag: source.to_owned(), base: None },
        patient: Some("p".to_owned()),
        resources: resources.iter().map(parse).collect(),
        reads: ASKED.iter().map(|kind| read(kind, Status::Complete)).collect(),
        problems: Vec::new(),
        state: None,
        as_of: None,
    }
}

/// A search with a status.
pub fn read(kind: &str, status: Status) -> Read {
    Read { kind: kind.to_owned(), part: None, status, count: 0, pages: 1, took_ms: 1, as_of: None }
}

/// The record, with the search for one type gone another way.
pub fn but(mut record: Record, kind: &str, status: Status) -> Record {
    for read in record.reads.iter_mut().filter(|read| read.kind == kind) {
        read.status = status.clone();
    }
    record
}

/// The plan of some records.
pub fn plan(records: Vec<Record>) -> ConsolidatedPlan {
    decided(records, &Decisions::default())
}

/// The plan of some records, as somebody decided.
pub fn decided(records: Vec<Record>, decisions: &Decisions) -> ConsolidatedPlan {
    consolidate(&Snapshot { records }, decisions, TODAY)
}

/// The issues of one rule in the plan of some records.
pub fn found_in(records: Vec<Record>, code: IssueCode) -> Vec<DetectedIssue> {
    plan(records).issues.into_iter().filter(|issue| issue.code == code).collect()
}

/// The issues of one rule in the plan of one record of these resources.
pub fn found(resources: &[Value], code: IssueCode) -> Vec<DetectedIssue> {
    found_in(vec![record("a", resources)], code)
}

/// The titles of the issues of one rule.
pub fn titles(resources: &[Value], code: IssueCode) -> Vec<String> {
    let mut titles: Vec<String> = found(resources, code).into_iter().map(|issue| issue.title).collect();
    titles.sort();
    titles
}

/// The facts of a name, of all sides and beside them, as plain text.
pub fn facts(issue: &DetectedIssue, name: &str) -> Vec<String> {
    let all = issue.sides.iter().flat_map(|side| &side.says).chain(&issue.facts);
    all.filter(|fact| fact.name == name && fact.value != FactValue::Unsaid).map(|fact| fact.value.plain()).collect()
}

/// One value with the members of another put over it.
pub fn with(mut base: Value, over: Value) -> Value {
    let over = over.as_object().expect("an object").clone();
    base.as_object_mut().expect("an object").extend(over);
    base
}

/// A problem of long standing.
pub fn condition(id: &str) -> Value {
    let category = json!([{ "coding": [{ "code": "problem-list-item" }] }]);
    json!({
        "resourceType": "Condition", "id": id, "category": category, "onsetDateTime": "2015-03-01",
        "clinicalStatus": { "coding": [{ "code": "active" }] }, "code": { "text": format!("Problem {id}") },
    })
}

/// An active goal.
pub fn goal(id: &str) -> Value {
    json!({
        "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": format!("Goal {id}") },
    })
}

/// An active order.
pub fn order(id: &str) -> Value {
    json!({
        "resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "order",
        "code": { "text": format!("Order {id}") },
    })
}

/// A reference.
pub fn to(target: &str) -> Value {
    json!({ "reference": target })
}

/// A concept with one LOINC code.
pub fn loinc(code: &str) -> Value {
    json!({ "coding": [{ "system": "http://loinc.org", "code": code }] })
}
