//! What a source is asked, and how often.

use std::collections::BTreeSet;
use std::sync::Arc;

use care_plan::snapshot::{Reason, Status};
use fhir_client::FhirServer;
use serde_json::json;

use crate::ehr::{Ehr, body, capability, outcome, records};
use crate::house::{connect, names, options, read, reading, record, source};

#[tokio::test]
async fn f13_one_search_a_type_then_what_is_referred_to_and_no_fourth_wave() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    reading.settled().await;
    let targets = ehr.targets();
    let first: Vec<_> = targets.iter().filter(|target| !target.contains("_id=") && !target.contains('/')).collect();
    let kinds: BTreeSet<_> = first.iter().map(|target| target.split('?').next().unwrap()).collect();
    assert_eq!(kinds.len(), first.len(), "one search a type: {first:?}");
    assert!(targets.iter().any(|target| target.starts_with("Linkage?item=Patient%2Fp1")));
    let later: Vec<_> =
        targets.iter().filter(|target| target.contains("_id=") || target.contains('/')).map(String::as_str).collect();
    assert_eq!(later.len(), 4, "Patient, two practitioners in one, a role, its organisation: {later:?}");
    assert!(later.contains(&"Practitioner?_id=dr1%2Cdr2&_count=2"));
}

#[tokio::test]
async fn a_refused_broad_search_falls_to_the_floor() {
    let ehr = Ehr::with(records("p1"), |target, _| {
        let broad = [
            "CarePlan?patient=p1&_",
            "CareTeam?patient=p1&_",
            "MedicationRequest?patient=p1&_",
            "Observation?patient=p1&_",
        ];
        let refused = broad.iter().any(|start| target.starts_with(start)) || target.contains("category=sdoh");
        refused.then(|| outcome(400, "a category is required"))
    })
    .await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert_eq!(record.status(), Status::Complete);
    assert!(
        names(&record).contains(&"Observation/o1".to_owned()) && names(&record).contains(&"CarePlan/cp1".to_owned())
    );
    assert_eq!(read(&record, "CarePlan").part.as_deref(), Some("assess-plan"));
    assert_eq!(read(&record, "CareTeam").part.as_deref(), Some("active"));
    assert_eq!(read(&record, "MedicationRequest").part, None);
    let categories: Vec<_> = record.reads.iter().filter(|read| read.kind == "Observation").collect();
    assert_eq!(categories.len(), 13);
    let refused = categories.iter().find(|read| read.part.as_deref() == Some("sdoh")).unwrap();
    assert_eq!(refused.status, Status::NotSupported);
}

#[tokio::test]
async fn a_type_that_is_refused_whole_and_in_parts_has_failed_with_the_sources_words() {
    let ehr =
        Ehr::with(records("p1"), |target, _| target.starts_with("Observation?").then(|| outcome(400, "not today")))
            .await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert_eq!(read(&record, "Observation").status, Status::Failed(Reason::Http(400)));
    assert!(format!("{:?}", record.problems).contains("not today"));
}

#[tokio::test]
async fn a_type_that_the_grant_does_not_cover_is_not_asked_for() {
    let ehr = Ehr::start(records("p1")).await;
    let (reading, _) = reading();
    let permitted = Arc::new(|kind: &str| !matches!(kind, "Goal" | "Practitioner"));
    reading.connect(source("valley"), "p1", FhirServer::new(options("valley", &ehr.base)), permitted);
    let record = record(&reading, "valley").await;
    for kind in ["Goal", "Practitioner"] {
        assert_eq!(read(&record, kind).status, Status::NotPermitted(Reason::NoScope), "{kind}");
        assert!(
            !ehr.targets()
                .iter()
                .any(|target| target.starts_with(&format!("{kind}?")) || target.starts_with(&format!("{kind}/")))
        );
    }
}

#[tokio::test]
async fn a_type_that_the_source_does_not_have_is_not_supported_whatever_it_answers() {
    let refused = |target: &str| target.starts_with("NutritionOrder?");
    for answered in [400, 403, 404] {
        let ehr = Ehr::with(records("p1"), move |target, _| refused(target).then(|| outcome(answered, "no"))).await;
        let (reading, _) = reading();
        connect(&reading, "valley", &ehr, "p1");
        let record = record(&reading, "valley").await;
        assert_eq!(
            (&read(&record, "NutritionOrder").status, record.status()),
            (&Status::NotSupported, Status::Complete),
            "{answered}"
        );
    }
}

#[tokio::test]
async fn linkages_are_asked_for_only_where_the_source_knows_the_parameter() {
    let silent = json!({ "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1" });
    let ehr = Ehr::with(records("p1"), move |target, _| (target == "metadata").then(|| body(200, &silent))).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert_eq!(read(&record, "Linkage").status, Status::NotSupported);
    assert!(!ehr.targets().iter().any(|target| target.starts_with("Linkage")));
}

#[tokio::test]
async fn a_source_that_cannot_search_by_id_is_read_one_by_one() {
    let ehr =
        Ehr::with(records("p1"), |target, _| target.contains("_id=").then(|| outcome(400, "unknown parameter"))).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert!(names(&record).contains(&"Practitioner/dr2".to_owned()));
    assert_eq!(read(&record, "Practitioner").status, Status::Complete);
}

#[tokio::test]
async fn a_source_of_another_fhir_version_shows_nothing_and_says_why() {
    let ehr =
        Ehr::with(records("p1"), |target, _| (target == "metadata").then(|| body(200, &capability("1.0.2")))).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert_eq!(record.status(), Status::Failed(Reason::WrongVersion("1.0.2".into())));
    assert!(record.resources.is_empty());
}

#[tokio::test]
async fn a_source_that_does_not_say_what_it_can_do_is_read_all_the_same() {
    let ehr = Ehr::with(records("p1"), |target, _| (target == "metadata").then(|| crate::ehr::status(500))).await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert!(names(&record).contains(&"Goal/g1".to_owned()));
    assert_eq!(read(&record, "Linkage").status, Status::Failed(Reason::Http(500)));
}

#[tokio::test]
async fn people_who_could_not_be_read_are_not_made_good_by_another_who_could() {
    let role =
        json!({ "resourceType": "PractitionerRole", "id": "r1", "practitioner": { "reference": "Practitioner/dr9" } });
    let ehr = Ehr::with(records("p1"), move |target, _| match target {
        "PractitionerRole/r1" => Some(body(200, &role)),
        "Practitioner/dr9" => Some(body(200, &json!({ "resourceType": "Practitioner", "id": "dr9" }))),
        target if target.starts_with("Practitioner?_id=") => Some(crate::ehr::status(500)),
        _ => None,
    })
    .await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    let record = record(&reading, "valley").await;
    assert!(names(&record).contains(&"Practitioner/dr9".to_owned()));
    assert_eq!(read(&record, "Practitioner").status, Status::Partial(Reason::Http(500)));
}

#[tokio::test]
async fn a_refused_query_keeps_its_status() {
    for answered in [400, 422] {
        let ehr = Ehr::with(records("p1"), move |target, _| {
            target.starts_with("Goal?").then(|| crate::ehr::status(answered))
        })
        .await;
        let (reading, _) = reading();
        connect(&reading, "valley", &ehr, "p1");
        let record = record(&reading, "valley").await;
        assert_eq!(read(&record, "Goal").status, Status::Failed(Reason::Http(answered)));
    }
}
