//! Sources of other releases of FHIR.

use care_plan::snapshot::{Reason, Status};
use fhir::{CarePlan, Condition, Goal};
use fhir_client::FhirError;
use serde_json::{Value, json};

use crate::ehr::{Ehr, body, capability};
use crate::house::{connect, names, read, reading, record};

async fn ehr_of(version: &'static str, resources: Vec<Value>) -> Ehr {
    Ehr::with(resources, move |target, _| (target == "metadata").then(|| body(200, &capability(version)))).await
}

fn of_r5() -> Vec<Value> {
    let subject = json!({ "reference": "Patient/p1" });
    vec![
        json!({ "resourceType": "Patient", "id": "p1" }),
        json!({ "resourceType": "Condition", "id": "c1", "subject": subject,
            "participant": [{ "function": { "coding": [{ "code": "author" }] }, "actor": { "reference": "Practitioner/dr1" } }] }),
        json!({ "resourceType": "CarePlan", "id": "cp1", "subject": subject, "addresses": [{ "reference": { "reference": "Condition/c1" } }],
            "activity": [{ "plannedActivityReference": { "reference": "Task/t1" } }] }),
        json!({ "resourceType": "Task", "id": "t1", "for": subject }),
        json!({ "resourceType": "Practitioner", "id": "dr1" }),
    ]
}

#[tokio::test]
async fn f1_a_source_of_r5_is_read_by_mapping_and_keeps_its_bytes() {
    let ehr = ehr_of("5.0.0", of_r5()).await;
    let (reading, _) = reading();
    // The first reading learns the release on its way, the second knows it from the beginning.
    for _ in 0..2 {
        connect(&reading, "valley", &ehr, "p1");
        let record = record(&reading, "valley").await;
        assert_eq!(record.status(), Status::Complete, "{:?}", record.reads);
        let find = |kind: &str| record.resources.iter().find(|resource| resource.kind() == kind).unwrap();
        let plan: CarePlan = find("CarePlan").read();
        assert_eq!(plan.addresses[0].reference.as_deref(), Some("Condition/c1"));
        assert_eq!(plan.activity[0].reference.as_ref().unwrap().reference.as_deref(), Some("Task/t1"));
        assert!(find("CarePlan").raw().contains("plannedActivityReference"));
        assert!(find("Condition").read::<Condition>().recorder.is_some());
        assert!(names(&record).contains(&"Practitioner/dr1".to_owned()), "what R5 refers to is followed");
    }
}

#[tokio::test]
async fn f1_a_source_of_stu3_is_read_by_mapping() {
    let goal = json!({ "resourceType": "Goal", "id": "g1", "status": "behind-target", "subject": { "reference": "Patient/p1" } });
    let ehr = ehr_of("3.0.2", vec![json!({ "resourceType": "Patient", "id": "p1" }), goal]).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    let goal: Goal = record.resources.iter().find(|resource| resource.kind() == "Goal").unwrap().read();
    assert_eq!(goal.lifecycle_status.as_deref(), Some("active"));
}

#[tokio::test]
async fn f1_what_is_not_read_is_said_for_every_type_and_asked_for_only_once() {
    for version in ["1.0.2", "4.6.0", "6.0.0-ballot2"] {
        let ehr = ehr_of(version, of_r5()).await;
        let (reading, _) = reading();
        connect(&reading, "valley", &ehr, "p1");
        let first = record(&reading, "valley").await;
        let wrong = Status::Failed(Reason::WrongVersion(version.to_owned()));
        assert!(first.resources.is_empty() && first.reads.iter().all(|read| read.status == wrong), "{version}");
        let asked = ehr.targets().len();
        assert!(reading.retry(&fhir::SourceId::new("valley")));
        assert_eq!(read(&record(&reading, "valley").await, "Goal").status, wrong);
        assert_eq!(ehr.targets().len(), asked, "what the source has said is known");
    }
}

#[tokio::test]
async fn f1_nothing_is_written_to_a_source_of_another_release() {
    for version in ["5.0.0", "3.0.2", "1.0.2"] {
        let ehr = ehr_of(version, of_r5()).await;
        let (reading, _) = reading();
        connect(&reading, "valley", &ehr, "p1");
        reading.settled().await;
        let server = reading.server(&fhir::SourceId::new("valley")).unwrap();
        let asked = ehr.targets().len();
        let only_read = FhirError::OnlyRead { version: version.to_owned() };
        assert_eq!(server.update("Goal", "g1", "{}", Some("1")).await.unwrap_err(), only_read);
        assert_eq!(server.create("Goal", "{}", None).await.unwrap_err(), only_read);
        assert_eq!(ehr.targets().len(), asked, "nothing was sent");
    }
}
