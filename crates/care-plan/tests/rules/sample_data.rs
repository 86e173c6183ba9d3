//! What the rules say of the sample people, where they are on this machine: no issue twice, no panic, none without a side.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use care_plan::plan::DetectedIssue;
use care_plan::snapshot::{Record, Snapshot};
use care_plan::{Decisions, consolidate};
use fhir::{Bundle, Resource, SourceId};

use crate::support::{TODAY, record_of};

fn sample_data() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ACCORD_SAMPLE_DATA").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.extend(path.extension().is_some_and(|end| end == "json").then(|| path.to_owned()));
        return;
    }
    for entry in std::fs::read_dir(path).expect("a readable folder") {
        files(&entry.expect("a folder entry").path(), found);
    }
}

/// A record of all files below a path; a resource that stands in several counts once.
fn record_in(source: &str, path: &Path) -> Record {
    let mut paths = Vec::new();
    files(path, &mut paths);
    paths.sort();
    let (mut seen, mut texts) = (BTreeSet::new(), Vec::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let entries = match Bundle::parse(&text) {
            Ok(bundle) => bundle.entries.into_iter().filter_map(|entry| entry.resource).map(Into::into).collect(),
            Err(_) => vec![text.clone()],
        };
        for text in entries {
            let text: String = text;
            if let Ok(resource) = Resource::parse(&SourceId::new(source), &text)
                && seen.insert(resource.key().clone())
            {
                texts.push(text);
            }
        }
    }
    record_of(source, texts)
}

fn found(records: Vec<Record>) -> Vec<DetectedIssue> {
    consolidate(&Snapshot { records }, &Decisions::default(), TODAY).issues
}

#[test]
fn every_issue_of_the_sample_people_has_a_name_of_its_own() {
    let Some(folder) = sample_data() else { return };
    let people = ["patients/betsy", "patients/dan", "patients/kroniq-en", "patients/mcc-ig-noelle", "synthea/mcc-2022"];
    for person in people {
        let issues = found(vec![record_in("a", &folder.join(person))]);
        let names: BTreeSet<_> = issues.iter().map(|issue| &issue.id).collect();
        assert_eq!(names.len(), issues.len(), "{person}");
    }
}

#[test]
fn two_servers_of_one_person_give_the_same_issues_in_whatever_order() {
    let Some(folder) = sample_data() else { return };
    let folder = folder.join("patients/pnoelle");
    let records =
        || vec![record_in("a", &folder.join("server-a-ehr")), record_in("b", &folder.join("server-b-community"))];
    let issues = found(records());
    assert_eq!(found(records().into_iter().rev().collect()), issues);
    let codes: BTreeSet<_> = issues.iter().map(|issue| format!("{:?}", issue.code)).collect();
    for code in ["OnsetDisagreement", "DuplicateRequest"] {
        assert!(codes.contains(code), "{code} among {codes:?}");
    }
}
