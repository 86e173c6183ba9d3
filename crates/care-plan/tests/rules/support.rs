//! Builds records and finds issues in their plan.

use std::collections::BTreeSet;
use std::sync::Arc;

use care_plan::plan::{DetectedIssue, Fact, IssueCode, Severity};
use care_plan::snapshot::{Read, Record, Snapshot, Source, Status};
use care_plan::{Decisions, consolidate};
use fhir::{Resource, SourceId};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// The day of all tests.
pub const TODAY: Date = date(2026, 11, 21);

/// A record with these resources whose searches are all complete.
pub fn record(source: &str, resources: &[Value]) -> Record {
    record_of(source, resources.iter().map(Value::to_string))
}

/// The same from JSON text.
pub fn record_of(source: &str, texts: impl IntoIterator<Item = String>) -> Record {
    let id = SourceId::new(source);
    let parse = |text: String| Arc::new(Resource::parse(&id, &text).unwrap_or_else(|error| panic!("{error}: {text}")));
    let resources: Vec<Arc<Resource>> = texts.into_iter().map(parse).collect();
    let kinds: BTreeSet<&str> = resources.iter().map(|resource| resource.kind()).collect();
    let read = |kind: &&str| Read {
        kind: (*kind).to_owned(),
        part: None,
        status: Status::Complete,
        count: 0,
        pages: 1,
        took_ms: 1,
        as_of: None,
    };
    Record {
        source: Source { id: id.clone(), name: source.to_uppercase(), tag: source.to_owned(), base: None },
        patient: None,
        reads: kinds.iter().map(read).collect(),
        resources,
        problems: Vec::new(),
        state: None,
        as_of: None,
    }
}

/// All issues of one code in the plan of some records.
pub fn issues(code: IssueCode, records: Vec<Record>) -> Vec<DetectedIssue> {
    let plan = consolidate(&Snapshot { records }, &Decisions::default(), TODAY);
    plan.issues.into_iter().filter(|issue| issue.code == code).collect()
}

/// The one issue of a code; the order of sources changes nothing about it.
pub fn one(code: IssueCode, records: Vec<Record>) -> DetectedIssue {
    let mut found = issues(code, records.clone());
    let turned = issues(code, records.into_iter().rev().collect());
    assert_eq!(found, turned, "the order of sources does not matter");
    assert_eq!(found.len(), 1, "one issue: {found:#?}");
    found.remove(0)
}

/// Shows that a rule stays silent.
pub fn silent(code: IssueCode, records: Vec<Record>) {
    let found = issues(code, records);
    assert!(found.is_empty(), "silent: {found:#?}");
}

/// Two records of one resource each.
pub fn two(one: Value, other: Value) -> Vec<Record> {
    vec![record("a", &[one]), record("b", &[other])]
}

/// An issue as text: its severity, then a line for each side with all that differs.
pub fn told(issue: &DetectedIssue) -> String {
    let severity = match issue.severity {
        Severity::High => "high",
        Severity::Moderate => "moderate",
        Severity::Low => "low",
    };
    let differing = |fact: &&Fact| fact.differs;
    let line = |side: &care_plan::plan::Side| {
        let says: Vec<String> = side.says.iter().filter(differing).map(|fact| fact.value.plain()).collect();
        format!("\n{}: {}", side.key, says.join("; "))
    };
    format!("{severity}{}", issue.sides.iter().map(line).collect::<String>())
}

/// The value of a fact beside the sides.
pub fn fact(issue: &DetectedIssue, name: &str) -> Option<String> {
    issue.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.plain())
}

/// What each side says under a name; `None` where it says nothing under it.
pub fn sides_say(issue: &DetectedIssue, name: &str) -> Vec<Option<String>> {
    let said =
        |side: &care_plan::plan::Side| side.says.iter().find(|fact| fact.name == name).map(|fact| fact.value.plain());
    issue.sides.iter().map(said).collect()
}

/// Lays fields over a resource.
pub fn with(mut resource: Value, fields: Value) -> Value {
    let (Value::Object(own), Value::Object(fields)) = (&mut resource, fields) else { panic!("two objects") };
    own.extend(fields);
    resource
}

/// A concept with one code.
pub fn coded(system: &str, code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code, "display": display }] })
}

/// A concept of LOINC.
pub fn loinc(code: &str) -> Value {
    coded("http://loinc.org", code, code)
}

/// A concept of RxNorm.
pub fn rxnorm(code: &str, display: &str) -> Value {
    coded("http://www.nlm.nih.gov/research/umls/rxnorm", code, display)
}

/// A concept of SNOMED CT.
pub fn snomed(code: &str, display: &str) -> Value {
    coded("http://snomed.info/sct", code, display)
}

/// An active goal for HbA1c, below a value.
pub fn goal(id: &str, below: f64) -> Value {
    let quantity = json!({ "value": below, "comparator": "<", "unit": "%", "code": "%" });
    goal_for(id, "4548-4", json!({ "detailQuantity": quantity }))
}

/// An active goal on a LOINC measure with one target.
pub fn goal_for(id: &str, code: &str, target: Value) -> Value {
    let target = with(json!({ "measure": loinc(code) }), target);
    json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": id },
        "target": [target] })
}

/// An active, confirmed problem: type 2 diabetes, unless laid over.
pub fn condition(id: &str, fields: Value) -> Value {
    let system = "http://terminology.hl7.org/CodeSystem";
    let own = json!({ "resourceType": "Condition", "id": id, "code": snomed("44054006", "Type 2 diabetes mellitus"),
        "category": [coded(&format!("{system}/condition-category"), "problem-list-item", "Problem")],
        "clinicalStatus": coded(&format!("{system}/condition-clinical"), "active", "Active"),
        "verificationStatus": coded(&format!("{system}/condition-ver-status"), "confirmed", "Confirmed") });
    with(own, fields)
}

/// A `clinicalStatus`.
pub fn clinical(code: &str) -> Value {
    coded("http://terminology.hl7.org/CodeSystem/condition-clinical", code, code)
}

/// A `verificationStatus`.
pub fn verified(code: &str) -> Value {
    coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", code, code)
}

/// An active order of a medication by its RxNorm name.
pub fn order(id: &str, name: &str, fields: Value) -> Value {
    let own = json!({ "resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
        "authoredOn": "2026-02-01", "medicationCodeableConcept": rxnorm(&format!("of {name}"), name) });
    with(own, fields)
}

/// A dosage in words.
pub fn dosage(text: &str) -> Value {
    json!([{ "text": text }])
}

/// An active allergy.
pub fn allergy(id: &str, code: Value, fields: Value) -> Value {
    let system = "http://terminology.hl7.org/CodeSystem/allergyintolerance";
    let own = json!({ "resourceType": "AllergyIntolerance", "id": id, "code": code,
        "clinicalStatus": coded(&format!("{system}-clinical"), "active", "Active"),
        "verificationStatus": coded(&format!("{system}-verification"), "confirmed", "Confirmed") });
    with(own, fields)
}

/// A final reading.
pub fn reading(id: &str, code: &str, value: f64, unit: &str, when: &str) -> Value {
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc(code),
        "effectiveDateTime": when, "valueQuantity": { "value": value, "unit": unit, "code": unit } })
}
