//! The hazard log names tests and files that exist.

use std::path::{Path, PathBuf};

#[test]
fn every_control_of_the_hazard_log_is_shown_by_something_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let log = std::fs::read_to_string(root.join("docs/hazard-log.md")).expect("the log");
    let mut sources = Vec::new();
    for room in ["app", "crates", "server"] {
        collect(&root.join(room), &mut sources);
    }
    let text: String = sources.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    let rows: Vec<&str> = log.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| hazard")).collect();
    assert!(rows.len() > 10, "the log has lost its rows");
    for row in rows {
        let shown_by = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap_or_default();
        let names: Vec<&str> = shown_by.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "nothing shows it: {row}");
        for name in names {
            let exists =
                if name.contains('/') { root.join(name).exists() } else { text.contains(&format!("fn {name}(")) };
            assert!(exists, "{name} does not exist");
        }
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}
