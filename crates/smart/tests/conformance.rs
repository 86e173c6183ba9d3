//! `docs/smart-conformance.md` has every rule once, and every test that it names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rules by letter, and how many there are of each.
const RULES: [(char, usize); 10] =
    [('D', 9), ('L', 9), ('T', 11), ('Q', 11), ('C', 5), ('P', 12), ('E', 8), ('S', 19), ('F', 15), ('W', 11)];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rows of the tables: rule, and what shows it.
fn rows(text: &str) -> Vec<(String, String)> {
    let is_rule = |name: &str| {
        name.starts_with(|letter: char| RULES.iter().any(|(known, _)| *known == letter))
            && name[1..].parse::<usize>().is_ok()
    };
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
            let [rule, words, shown] = cells.as_slice() else { return None };
            (is_rule(rule) && !words.is_empty()).then(|| ((*rule).to_owned(), (*shown).to_owned()))
        })
        .collect()
}

/// The names of all test functions in the sources.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders: Vec<PathBuf> = ["crates", "server", "app"].map(|folder| root().join(folder)).into();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                collect(&fs::read_to_string(&path).unwrap_or_default(), &mut found);
            }
        }
    }
    found
}

/// A test is a function below a test attribute; a law of the ports is a public one that takes the stores.
fn collect(text: &str, found: &mut BTreeSet<String>) {
    let mut attribute = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") || line.starts_with("//") || line.is_empty() {
            attribute |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            continue;
        }
        let name = line.split_once("fn ").map(|(_, rest)| rest);
        let name = name.and_then(|rest| rest.split_once('(')).filter(|(name, rest)| {
            let is_law = rest.starts_with("stores: Stores");
            (attribute || is_law) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        found.extend(name.map(|(name, _)| name.to_owned()));
        attribute = false;
    }
}

#[test]
fn every_rule_has_a_row_with_tests_that_exist_or_a_reason() {
    let text = fs::read_to_string(root().join("docs/smart-conformance.md")).expect("the document");
    let rows = rows(&text);
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (rule, _) in &rows {
        *times.entry(rule).or_default() += 1;
    }
    let expected: Vec<String> =
        RULES.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}"))).collect();
    let wrong: Vec<_> = expected.iter().filter(|rule| times.get(rule.as_str()) != Some(&1)).collect();
    assert!(wrong.is_empty(), "not exactly one row: {wrong:?}");
    assert_eq!(rows.len(), expected.len(), "rows of rules that do not exist");

    let tests = tests();
    let mut faults = Vec::new();
    let mut with_a_reason = 0;
    for (rule, shown) in &rows {
        if let Some(reason) = shown.strip_prefix("later:") {
            with_a_reason += 1;
            if reason.trim().len() < 10 {
                faults.push(format!("{rule}: the reason is missing"));
            }
            continue;
        }
        let named: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            faults.push(format!("{rule}: neither a test nor a reason"));
        }
        faults
            .extend(named.iter().filter(|name| !tests.contains(**name)).map(|name| format!("{rule}: no test {name}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    report(&format!(
        "smart conformance: {} rules, {} tested, {with_a_reason} with a reason",
        rows.len(),
        rows.len() - with_a_reason
    ));
}

/// The count belongs into the output of the test run, captured or not.
fn report(line: &str) {
    use std::io::Write;
    writeln!(std::io::stderr(), "{line}").expect("the output is open");
}
