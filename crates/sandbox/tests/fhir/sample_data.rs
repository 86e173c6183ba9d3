//! Records that nobody on this project wrote, where they are at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::Ehr;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("ACCORD_SAMPLE_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: sample data not found");
    None
}

/// Types with the number of different resources in the files of a folder, counted without our own loader.
fn counted(folder: &Path) -> BTreeMap<String, usize> {
    let mut found = BTreeSet::new();
    visit(folder, &mut |path| {
        let document: Value = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
        if document["resourceType"] == "Bundle" {
            let entries = document["entry"].as_array().into_iter().flatten();
            found.extend(entries.map(|entry| identity(&entry["resource"], entry)));
        } else {
            found.insert(identity(&document, &Value::Null));
        }
    });
    let mut counts = BTreeMap::new();
    for (kind, _) in found {
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

fn identity(resource: &Value, entry: &Value) -> (String, String) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let by_request = || text(&entry["request"]["url"]).filter(|url| url.contains('/'));
    let id =
        text(&resource["id"]).or_else(|| by_request().map(|url| url.rsplit('/').next().unwrap_or_default().to_owned()));
    let id = id.or_else(|| text(&entry["fullUrl"])).expect("a resource with a name");
    (text(&resource["resourceType"]).expect("a resource"), id)
}

fn visit(folder: &Path, found: &mut dyn FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.extension() {
            _ if path.is_dir() => visit(&path, found),
            Some(extension) if extension == "json" => found(&path),
            _ => {}
        }
    }
}

#[test]
fn every_patient_folder_is_taken_in_whole() {
    let Some(data) = data() else { return };
    let folders = [
        "patients/betsy",
        "patients/dan",
        "patients/kroniq-en",
        "patients/mcc-ig-noelle",
        "patients/pnoelle/server-a-ehr",
        "patients/pnoelle/server-a-ehr-previous",
        "patients/pnoelle/server-b-community",
        "patients/pnoelle/server-c-sds",
        "synthea/mcc-2022",
        "synthea/smart-2019",
    ];
    for folder in folders {
        let ehr = Ehr::new();
        let folder = data.join(folder);
        let report = ehr.store.load_dir(&folder).expect("a folder");
        assert_eq!(report.problems, [], "{}", folder.display());
        assert_eq!(ehr.store.types(), counted(&folder), "{}", folder.display());
        assert_eq!(report.resources, ehr.store.types().values().sum::<usize>());
    }
}

#[tokio::test]
async fn conditional_references_across_files_are_resolved() {
    let Some(data) = data() else { return };
    let ehr = Ehr::new();
    ehr.store.load_dir(&data.join("synthea/mcc-2022")).expect("a folder");
    for kind in ehr.store.types().keys() {
        for resource in ehr.store.list(kind) {
            let text = resource.to_string();
            assert!(!text.contains("?identifier=") && !text.contains("\"reference\":\"urn:"), "{kind}");
            assert_eq!(resource["meta"]["versionId"], "1");
        }
    }
}

#[tokio::test]
async fn the_searches_of_a_client_find_every_resource_of_the_sample_patient() {
    let Some(data) = data() else { return };
    let ehr = Ehr::new();
    let folder = data.join("patients/pnoelle/server-a-ehr");
    ehr.store.load_dir(&folder).expect("a folder");
    let counts = counted(&folder);
    for kind in ["Goal", "Condition", "ServiceRequest", "MedicationRequest"] {
        let answer = ehr.get(&format!("/{kind}?patient=mcc-pat-pnoelle&_count=500")).await;
        assert_eq!(answer.matches().len(), counts[kind], "{kind}");
    }
}

#[test]
fn files_that_cannot_be_read_are_reported_and_stop_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.json"), "{").expect("written");
    std::fs::write(folder.path().join("b.json"), r#"{"no": "resource"}"#).expect("written");
    std::fs::write(folder.path().join("c.json"), r#"{"resourceType": "Goal"}"#).expect("written");
    std::fs::write(folder.path().join("d.json"), r#"{"resourceType": "Goal", "id": "g"}"#).expect("written");
    std::fs::write(folder.path().join("e.txt"), "{").expect("written");
    let ehr = Ehr::new();
    let report = ehr.store.load_dir(folder.path()).expect("a folder");
    assert_eq!((report.files, report.resources, report.problems.len()), (4, 1, 3));
    assert!(ehr.store.load_dir(&folder.path().join("missing")).is_err());
}
