//! A quick run of the whole bench: that it works and what it prints, never how fast it was.

use std::process::Command;

use bench::table::COLUMNS;

#[test]
fn a_quick_run_prints_one_table_with_a_line_for_every_row() {
    let folder = std::env::temp_dir().join(format!("accord-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the run");
    let output = Command::new(env!("CARGO_BIN_EXE_bench")).arg("--quick").current_dir(&folder).output().expect("a run");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{complained}");
    let lines: Vec<Vec<&str>> = said
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(lines[0][1..=COLUMNS.len()], COLUMNS, "{said}");
    for row in 1..=6 {
        assert!(lines.iter().any(|line| line[1] == row.to_string()), "row {row} in {said}");
    }
    let verdicts = ["met", "met (median)", "not met", "-"];
    for line in &lines[2..] {
        let verdict = line[COLUMNS.len()];
        assert!(verdicts.contains(&verdict) || verdict.starts_with("not measured: "), "{line:?}");
    }
    assert!(folder.join("target/bench/growth.svg").is_file(), "the picture of growth");
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}

#[test]
fn a_row_that_does_not_exist_is_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_bench")).args(["--row", "7"]).output().expect("a run");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("--row takes 1 to 6"));
}
