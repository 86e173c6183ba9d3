//! Nobody else's data, whatever a source sends.

use care_plan::snapshot::{ProblemKind, Reason, Status};
use serde_json::{Value, json};

use crate::ehr::{Ehr, bundle, records};
use crate::house::{connect, names, read, reading, record};

fn goal(id: &str, rest: Value) -> Value {
    let mut goal = json!({ "resourceType": "Goal", "id": id });
    goal.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    json!({ "resource": goal })
}

#[tokio::test]
async fn another_patients_resource_is_kept_out_and_counted() {
    let ehr = Ehr::with(records("p1"), |target, _| {
        target.starts_with("Goal?").then(|| {
            bundle(
                vec![
                    goal("mine", json!({ "subject": { "reference": "Patient/p1" } })),
                    goal("theirs", json!({ "subject": { "reference": "Patient/p2" } })),
                    goal("nobodys", json!({})),
                ],
                None,
            )
        })
    })
    .await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert!(names(&record).contains(&"Goal/mine".to_owned()));
    let problems: Vec<_> =
        record.problems.iter().map(|problem| (problem.about.as_deref().unwrap(), &problem.kind)).collect();
    assert_eq!(problems, [("Goal/nobodys", &ProblemKind::NoPatient), ("Goal/theirs", &ProblemKind::OtherPatient)]);
    let goals = read(&record, "Goal");
    assert_eq!((goals.count, &goals.status), (3, &Status::Partial(Reason::EntriesUnusable(2))));
}

#[tokio::test]
async fn a_reference_to_another_patients_resource_does_not_bring_it_in() {
    let mut all = records("p1");
    all.push(json!({ "resourceType": "CarePlan", "id": "cp2", "subject": { "reference": "Patient/p1" },
        "addresses": [{ "reference": "Condition/foreign" }], "author": { "reference": "Patient/p2" } }));
    all.push(json!({ "resourceType": "Patient", "id": "p2" }));
    let foreign = json!({ "resourceType": "Condition", "id": "foreign", "subject": { "reference": "Patient/p2" } });
    let sent = foreign.clone();
    let ehr =
        Ehr::with(all, move |target, _| (target == "Condition/foreign").then(|| crate::ehr::body(200, &sent))).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert!(!names(&record).iter().any(|name| name.contains("foreign") || name == "Patient/p2"));
    assert_eq!(record.problems.len(), 1);
    assert!(!ehr.targets().iter().any(|target| target.starts_with("Patient/p2")));
}

#[tokio::test]
async fn a_patient_id_that_fhir_does_not_allow_is_never_sent() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1,p2");
    let record = record(&reading, "valley").await;
    assert_eq!((record.status(), ehr.targets().len()), (Status::Failed(Reason::NotFhir), 0));
}
