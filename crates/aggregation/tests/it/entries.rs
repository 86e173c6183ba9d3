//! What the entries of an answer are (smart-launch F8), and what is filtered here (F10).

use care_plan::snapshot::{ProblemKind, Reason, Status};
use serde_json::{Value, json};

use crate::ehr::{Ehr, bundle, records};
use crate::house::{connect, names, read, reading, record};

const EPIC: &str = "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369";

fn goal(id: &str, patient: &str) -> Value {
    json!({ "resourceType": "Goal", "id": id, "subject": { "reference": format!("Patient/{patient}") } })
}

fn says(code: &str) -> Value {
    json!({ "search": { "mode": "outcome" }, "resource": { "resourceType": "OperationOutcome",
        "issue": [{ "severity": "warning", "details": { "coding": [{ "system": EPIC, "code": code }], "text": code } }] } })
}

async fn with_goals(entries: Vec<Value>) -> care_plan::snapshot::Record {
    let ehr =
        Ehr::with(records("p1"), move |target, _| target.starts_with("Goal?").then(|| bundle(entries.clone(), None)))
            .await;
    let (reading, _) = reading();
    connect(&reading, "valley", &ehr, "p1");
    record(&reading, "valley").await
}

#[tokio::test]
async fn f8_what_came_along_is_told_by_its_type_whatever_its_mode() {
    for mode in [json!({ "mode": "match" }), json!({ "mode": "include" }), Value::Null] {
        let doctor = json!({ "resourceType": "Practitioner", "id": "along" });
        let record = with_goals(vec![
            json!({ "resource": goal("g1", "p1"), "search": mode }),
            json!({ "resource": doctor, "search": mode }),
        ])
        .await;
        assert_eq!((read(&record, "Goal").count, &read(&record, "Goal").status), (1, &Status::Complete), "{mode}");
        let along =
            record.reads.iter().find(|read| read.kind == "Practitioner" && read.part.as_deref() == Some("included"));
        assert_eq!(along.map(|read| (read.count, read.status.clone())), Some((1, Status::Complete)), "{mode}");
        assert!(names(&record).contains(&"Practitioner/along".to_owned()));
    }
}

#[tokio::test]
async fn f8_no_results_is_an_answer_and_more_may_exist_is_not_all() {
    let nothing = with_goals(vec![says("4101")]).await;
    assert_eq!((&read(&nothing, "Goal").status, nothing.problems.len()), (&Status::Complete, 0));
    let more = with_goals(vec![json!({ "resource": goal("g1", "p1") }), says("4119")]).await;
    assert_eq!(read(&more, "Goal").status, Status::Partial(Reason::SourceSaysMore));
    assert!(read(&more, "Goal").is_truncated());
}

#[tokio::test]
async fn f8_f10_where_a_parameter_was_passed_over_only_the_persons_own_is_taken() {
    for code in ["59100", "4122"] {
        let record = with_goals(vec![
            json!({ "resource": goal("mine", "p1") }),
            json!({ "resource": goal("theirs", "p2") }),
            says(code),
        ])
        .await;
        assert!(
            names(&record).contains(&"Goal/mine".to_owned()) && !names(&record).contains(&"Goal/theirs".to_owned())
        );
        let said = record.problems.iter().any(|problem| problem.kind == ProblemKind::Said(code.to_owned()));
        assert!(said, "the source's own words are kept");
    }
}

#[tokio::test]
async fn f8_an_error_among_the_entries_does_not_take_the_others_with_it() {
    let error = json!({ "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "no" }] } });
    let record = with_goals(vec![json!({ "resource": goal("g1", "p1") }), error]).await;
    assert!(names(&record).contains(&"Goal/g1".to_owned()));
    assert!(record.problems.iter().any(|problem| problem.kind == ProblemKind::Said("no".into())));
}

#[tokio::test]
async fn f7_every_entry_is_a_resource_or_a_problem() {
    let entries = vec![
        json!({ "resource": goal("g1", "p1") }),
        json!({ "resource": goal("g2", "p2") }),
        json!({ "resource": { "resourceType": "Goal" } }),
        json!({ "resource": { "resourceType": "Practitioner", "id": "along" } }),
        json!({ "fullUrl": "urn:uuid:1" }),
        json!(17),
    ];
    let record = with_goals(entries.clone()).await;
    let of_goals =
        names(&record).iter().filter(|name| ["Goal/g1", "Practitioner/along"].contains(&name.as_str())).count();
    assert_eq!(of_goals + record.problems.len(), entries.len());
    assert_eq!(read(&record, "Goal").status, Status::Partial(Reason::EntriesUnusable(4)));
}
