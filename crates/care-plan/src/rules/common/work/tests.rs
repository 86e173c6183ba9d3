use std::cell::Cell;
use std::sync::Arc;

use fhir::{Resource, SourceId};
use jiff::civil::date;
use serde_json::{Value, json};

use crate::snapshot::{Read, Record, Snapshot, Source, Status};
use crate::{Decisions, consolidate};

thread_local! {
    pub(super) static COUNTED: Cell<usize> = const { Cell::new(0) };
}

/// What makes the rules compare: orders at several doses and times, conditions that differ on onset and status, goals
/// that differ on what is reached.
fn block(at: usize) -> [Value; 4] {
    let day = date(2019, 1, 1).checked_add(jiff::Span::new().days(i64::try_from(at).expect("few"))).expect("a day");
    let rxnorm = |code: &str, display: &str| json!({ "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code, "display": display }] });
    let medication = if at.is_multiple_of(2) {
        rxnorm("314076", "lisinopril 10 MG Oral Tablet")
    } else {
        rxnorm("314077", "lisinopril 20 MG Oral Tablet")
    };
    let coded = |code: &str| json!({ "coding": [{ "system": "http://snomed.info/sct", "code": code }] });
    let status = |code: &str| json!({ "coding": [{ "code": code }] });
    [
        json!({ "resourceType": "MedicationRequest", "id": format!("m{at}"), "status": "active", "intent": "order",
            "medicationCodeableConcept": medication, "authoredOn": day.to_string(),
            "dosageInstruction": [{ "text": format!("{} tablets daily", 1 + at % 3) }] }),
        json!({ "resourceType": "ServiceRequest", "id": format!("s{at}"), "status": "active", "intent": "order",
            "code": coded("229065009"), "authoredOn": day.to_string(), "occurrenceDateTime": day.to_string() }),
        json!({ "resourceType": "Condition", "id": format!("c{at}"), "code": coded("44054006"),
            "clinicalStatus": status(if at.is_multiple_of(5) { "resolved" } else { "active" }),
            "onsetDateTime": day.to_string() }),
        json!({ "resourceType": "Goal", "id": format!("g{at}"), "lifecycleStatus": "active",
            "description": { "text": "HbA1c" }, "startDate": day.to_string(),
            "achievementStatus": status(if at.is_multiple_of(4) { "achieved" } else { "in-progress" }),
            "target": [{ "measure": { "coding": [{ "system": "http://loinc.org", "code": "4548-4" }] },
                "detailQuantity": { "value": 6.0 + (at % 17) as f64 / 10.0, "unit": "%", "comparator": "<" },
                "dueDate": format!("2027-0{}-01", 1 + at % 4) }] }),
    ]
}

/// How often the rules compare in a record of two sources with so many blocks at each.
fn comparisons(blocks: usize) -> usize {
    let record = |name: &str| {
        let id = SourceId::new(name);
        let texts = (0..blocks).flat_map(block).map(|resource| resource.to_string());
        let parse = |text: String| Arc::new(Resource::parse(&id, &text).expect("our own resources"));
        let read = |kind: &str| Read {
            kind: kind.to_owned(),
            part: None,
            status: Status::Complete,
            count: 0,
            pages: 1,
            took_ms: 1,
            as_of: None,
        };
        Record {
            source: Source { id: id.clone(), name: name.to_owned(), tag: name.to_owned(), base: None },
            patient: None,
            resources: texts.map(parse).collect(),
            problems: Vec::new(),
            reads: ["Condition", "Goal", "MedicationRequest", "ServiceRequest"].map(read).into(),
            state: None,
            as_of: None,
        }
    };
    let snapshot = Snapshot { records: vec![record("a"), record("b")] };
    let before = COUNTED.get();
    let plan = consolidate(&snapshot, &Decisions::default(), date(2026, 11, 21));
    assert!(plan.issues.len() > 5, "the rules find something to compare");
    COUNTED.get() - before
}

#[test]
fn rules_compared_each_record_with_each_so_that_a_long_record_took_forever() {
    let (small, large) = (comparisons(60), comparisons(240));
    assert!(small > 0 && large <= small * 6, "four times the record: {small} comparisons became {large}");
}
