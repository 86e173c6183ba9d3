//! `docs/care-plan-service.md` names tests and files that exist, and every row has one or the other, or a reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names of all functions in the sources of these folders.
fn functions() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders: Vec<PathBuf> = ["crates", "server", "app"].map(|folder| root().join(folder)).into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                let names = text.lines().filter_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next());
                found.extend(names.map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_row_names_tests_and_files_that_exist_or_says_why_not() {
    let text = fs::read_to_string(root().join("docs/care-plan-service.md")).expect("the document");
    let functions = functions();
    let mut rows = 0;
    for line in text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| asked")) {
        let named: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        let paths = named.iter().filter(|name| name.starts_with("crates/") || name.starts_with("app/"));
        for path in paths {
            assert!(root().join(path).exists(), "no file {path}");
        }
        // A sentence of a test has many words; other names in a row are codes, paths and parameters.
        let is_test = |name: &&&str| {
            name.matches('_').count() >= 3 && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        };
        let tests: Vec<_> = named.iter().filter(is_test).collect();
        for test in &tests {
            assert!(functions.contains(**test), "no test {test}");
        }
        let is_head =
            ["| what |", "| service |", "| decision |", "| slice |"].iter().any(|head| line.starts_with(head));
        let reason = line.contains("outside:") || line.contains("later:");
        assert!(is_head || reason || !tests.is_empty(), "neither a test nor a reason: {line}");
        rows += usize::from(!is_head);
    }
    assert_eq!(rows, 36, "every row of the description has one here");
}
