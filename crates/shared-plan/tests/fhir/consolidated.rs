//! The shared plan as one more source of the consolidated plan.

use std::sync::Arc;

use care_plan::plan::{Basis, Item};
use care_plan::snapshot::{Record, Snapshot, Source, Status};
use care_plan::{ConsolidatedPlan, Decisions, consolidate};
use fhir::{Resource, SourceId};
use jiff::civil::date;
use serde_json::{Value, json};
use shared_plan::fhir::OWN;
use shared_plan::plan::Plan;

use crate::world::{person, resources, versions};

fn record(id: &str, base: &str, patient: &str, resources: &[Value]) -> Record {
    let id = SourceId::new(id);
    let parse = |resource: &Value| Arc::new(Resource::parse(&id, &resource.to_string()).unwrap());
    Record {
        source: Source { id: id.clone(), name: id.to_string(), tag: "X".to_owned(), base: Some(base.to_owned()) },
        patient: Some(patient.to_owned()),
        resources: resources.iter().map(parse).collect(),
        problems: Vec::new(),
        reads: Vec::new(),
        state: Some(Status::Complete),
        as_of: None,
    }
}

/// A plan beside the record of the place at which its concern and its order lie.
fn beside(plan: &Plan) -> ConsolidatedPlan {
    let subject = json!({ "reference": "Patient/p" });
    let valley = [
        json!({ "resourceType": "Patient", "id": "p" }),
        json!({ "resourceType": "Condition", "id": "c1", "subject": subject, "code": { "text": "Diabetes" },
            "clinicalStatus": { "coding": [{ "code": "active" }] } }),
        json!({ "resourceType": "ServiceRequest", "id": "s", "subject": subject, "status": "active", "intent": "order",
            "code": { "text": "Walking group" } }),
    ];
    let records = vec![
        record("valley", "https://valley.example/fhir", "p", &valley),
        record(OWN, "https://accord.example/fhir/r4", person().as_str(), &resources(plan)),
    ];
    consolidate(&Snapshot { records }, &Decisions::default(), date(2026, 11, 21))
}

/// The plan in force, before anything was done.
fn in_force() -> Plan {
    let active =
        |plan: &Plan| plan.status.code() == "active" && plan.activities.iter().all(|one| one.completion.is_none());
    versions().into_iter().rfind(active).unwrap()
}

fn titled<'i>(items: impl Iterator<Item = &'i Item>, title: &str) -> &'i Item {
    let items: Vec<&Item> = items.collect();
    let found = items.iter().find(|item| item.title.contains(title));
    found.unwrap_or_else(|| panic!("{title} is none of {:?}", items.iter().map(|item| &item.title).collect::<Vec<_>>()))
}

#[test]
fn a_goal_of_the_shared_plan_is_for_the_concern_at_its_source_and_its_activity_is_for_the_goal() {
    let plan = beside(&in_force());
    let concern = titled(plan.concerns.iter().map(|one| &one.item), "Diabetes");
    let goal = titled(plan.goals.iter().map(|one| &one.item), "HbA1c below 7.5 %");
    let walk = titled(plan.interventions.iter().map(|one| &one.item), "Walk");
    let stated = |from: &Item, to: &Item| {
        let mut links = plan.links.iter().filter(|link| link.from == from.id && link.to == to.id);
        links.any(|link| matches!(link.basis, Basis::Stated(_)))
    };
    assert!(stated(concern, goal), "{:?}", plan.links);
    assert!(stated(goal, walk), "{:?}", plan.links);
    assert_eq!(plan.plans.iter().filter(|header| header.key.source == SourceId::new(OWN)).count(), 1);
}

#[test]
fn a_goal_that_the_patient_said_is_the_patients_own() {
    let plan = beside(&in_force());
    let goal = plan.goals.iter().find(|goal| goal.item.title.contains("HbA1c")).unwrap();
    assert!(goal.patients_own);
    assert_eq!(goal.lifecycle_status.as_deref(), Some("active"));
    assert_eq!(goal.targets.len(), 5);
}
