//! What servers of vendors really sent: nothing panics, no neighbour is lost, and what cannot be used is told.

use std::collections::BTreeSet;

use care_plan::snapshot::{ProblemKind, Reason, Status};
use fhir::SourceId;
use fhir_client::Page;
use sample_data::{File, invented, sample_data, vendor};
use sandbox::fhir::Behaviour;
use serde_json::Value;

use crate::ehr::{Ehr, records};
use crate::house::{connect, names, read, reading, record};
use crate::samples::{conserved, of_patient};
use crate::sandbox::Sandbox;

fn files() -> Vec<File> {
    let Some(folder) = sample_data() else {
        eprintln!("skipped: sample data not found");
        return Vec::new();
    };
    vendor(&folder)
}

/// The entries of a searchset, counted without our own reader; `None` for what is no Bundle.
fn entries(text: &str) -> Option<Vec<Value>> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value["resourceType"] == "Bundle").then(|| value["entry"].as_array().cloned().unwrap_or_default())
}

#[test]
fn every_entry_of_a_vendors_bundle_is_a_resource_an_outcome_or_a_problem_with_words() {
    for file in files() {
        let page = Page::parse(&SourceId::new("a"), &file.text);
        match (page, entries(&file.text)) {
            (Ok(page), Some(entries)) => {
                assert_eq!(page.entries(), entries.len(), "{}", file.name);
                assert!(page.problems.iter().all(|problem| !problem.what.is_empty()), "{}", file.name);
            }
            (Err(_), None) => {}
            (page, _) => panic!("{}: {page:?}", file.name),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vendors_answer_in_the_place_of_one_search_takes_no_other_with_it() {
    for file in files() {
        let text = file.text.clone();
        let ehr = Ehr::with(records("p1"), move |target, _| {
            let answer = axum::response::Response::builder().header("content-type", "application/fhir+json");
            target.starts_with("Condition?").then(|| answer.body(text.clone().into()).unwrap())
        })
        .await;
        let (reading, _) = reading();
        connect(&reading, "valley", &ehr, "p1");
        let record = record(&reading, "valley").await;
        let came: BTreeSet<String> = names(&record).into_iter().collect();
        for neighbour in ["Patient/p1", "Goal/g1", "CarePlan/cp1", "Observation/o1", "Practitioner/dr1"] {
            assert!(came.contains(neighbour), "{}: {neighbour} of {came:?}", file.name);
        }
        let conditions = read(&record, "Condition");
        match entries(&file.text) {
            None => assert_eq!(conditions.status, Status::Failed(Reason::NotFhir), "{}", file.name),
            Some(entries) => {
                // Nobody there is the person: each entry is a problem with a name, is about nobody, or only informs.
                let told = record.problems.len();
                let kind = |entry: &Value| entry["resource"]["resourceType"].as_str().unwrap_or_default().to_owned();
                let shown = entries.iter().filter(|entry| {
                    came.iter().any(|name| {
                        *name == format!("{}/{}", kind(entry), entry["resource"]["id"].as_str().unwrap_or_default())
                    })
                });
                let informs = entries.iter().filter(|entry| kind(entry) == "OperationOutcome");
                let unseen = entries.len().saturating_sub(shown.count() + informs.count());
                assert!(told >= unseen, "{}: {told} problems for {unseen} entries", file.name);
                assert!(unseen == 0 || conditions.status != Status::Complete, "{}", file.name);
            }
        }
        conserved(&reading);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_patient_of_a_vendor_is_read_from_the_sandbox_and_nobody_else() {
    let Some(folder) = sample_data() else { return eprintln!("skipped: sample data not found") };
    for part in std::fs::read_dir(folder.join("vendor")).unwrap().map(|part| part.unwrap().path()) {
        let sandbox = Sandbox::start(Behaviour::default(), Vec::new()).await;
        let report = sandbox.store.load_dir(&part).unwrap();
        assert!(report.problems.iter().all(|problem| problem.file.is_some() && !problem.what.is_empty()), "{report:?}");
        let held: Vec<Value> = (sandbox.store.types().keys())
            .flat_map(|kind| sandbox.store.list(kind))
            .map(|resource| Value::clone(&resource))
            .collect();
        let mut patients: BTreeSet<String> = BTreeSet::from(["nobody".to_owned()]);
        for resource in &held {
            let named = [&resource["subject"], &resource["patient"]].into_iter();
            let ids = named.filter_map(|to| to["reference"].as_str()?.strip_prefix("Patient/").map(str::to_owned));
            patients
                .extend(ids.filter(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))));
        }
        for patient in patients {
            let (reading, _) = reading();
            crate::samples::connect(&reading, "valley", &sandbox, &patient);
            let record = record(&reading, "valley").await;
            let came: BTreeSet<String> = names(&record).into_iter().collect();
            let told: BTreeSet<&str> = record.problems.iter().filter_map(|problem| problem.about.as_deref()).collect();
            let lost: Vec<String> = of_patient(&held, &record)
                .into_iter()
                .filter(|name| !came.contains(name) && !told.contains(name.as_str()))
                .collect();
            assert!(lost.is_empty(), "{} {patient}: {lost:?} with {:?}", part.display(), record.reads);
            let strangers = record.problems.iter().filter(|problem| problem.kind == ProblemKind::OtherPatient);
            assert_eq!(strangers.count(), 0, "{} {patient}: the sandbox sends only theirs", part.display());
            conserved(&reading);
        }
    }
}

#[test]
fn broken_entries_between_those_of_an_invented_person_take_none_with_them() {
    let broken = [
        "null",
        "17",
        r#""gone""#,
        "{}",
        r#"{"resource":null}"#,
        r#"{"resource":{"resourceType":"Goal"}}"#,
        r#"{"resource":{"id":"1"}}"#,
        r#"{"resource":[{"resourceType":"Goal","id":"1"}]}"#,
    ];
    for server in invented().into_iter().flat_map(|person| person.servers) {
        let whole = server.resources.iter().map(|resource| format!(r#"{{"resource":{resource}}}"#));
        let mixed: Vec<String> =
            whole.enumerate().flat_map(|(at, entry)| [entry, broken[at % broken.len()].to_owned()]).collect();
        let body = format!(r#"{{"resourceType":"Bundle","type":"searchset","entry":[{}]}}"#, mixed.join(","));
        let page = Page::parse(&SourceId::new("a"), &body).unwrap();
        let count = server.resources.len();
        assert_eq!((page.resources.len(), page.problems.len()), (count, count), "{}", server.base);
    }
}
