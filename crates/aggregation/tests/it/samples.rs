//! Real records: every resource of a person's folder is theirs, or nobody's.

use std::path::PathBuf;

use care_plan::snapshot::Status;
use serde_json::Value;

use crate::ehr::Ehr;
use crate::house::{connect, reading, record};

fn folder(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ACCORD_SAMPLE_DATA").map(PathBuf::from);
    let root = root.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let folder = root.join(name);
    folder.is_dir().then_some(folder)
}

/// The resources of all Bundles of a folder, a later one of the same id in the place of an earlier one.
fn resources(folder: &PathBuf) -> Vec<Value> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut all: Vec<Value> = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let bundle: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for entry in bundle["entry"].as_array().into_iter().flatten() {
            let mut resource = entry["resource"].clone();
            if resource["id"].is_null() {
                // A server gives an id to what was posted without one.
                resource["id"] = Value::from(format!("new-{}", all.len()));
            }
            let name = |resource: &Value| (resource["resourceType"].clone(), resource["id"].clone());
            all.retain(|known| name(known) != name(&resource));
            all.push(resource);
        }
    }
    all
}

#[tokio::test]
async fn every_resource_of_the_asked_types_arrives() {
    for (name, patient) in [
        ("patients/pnoelle/server-a-ehr", "mcc-pat-pnoelle"),
        ("patients/pnoelle/server-b-community", "mcc-pat-pnoelle"),
        ("patients/pnoelle/server-c-sds", "sds-pnoelle"),
    ] {
        let Some(folder) = folder(name) else {
            eprintln!("skipped: sample data not found");
            return;
        };
        let held = resources(&folder);
        let ehr = Ehr::start(held.clone()).await;
        let (reading, _) = reading();
        connect(&reading, "valley", &ehr, patient);
        let record = record(&reading, "valley").await;
        assert_eq!(record.status(), Status::Complete, "{name}: {:?}", record.problems);
        for read in &record.reads {
            let held = held.iter().filter(|resource| resource["resourceType"] == *read.kind).count();
            let shown = record.resources.iter().filter(|resource| *resource.kind() == read.kind).count();
            let whole = read.part.is_none() && read.kind != "Patient" && read.status == Status::Complete;
            assert!(!whole || held == shown, "{name}: {held} {} held, {shown} shown", read.kind);
        }
    }
}
