//! The page about the surface is the surface.

use std::fmt::Write as _;
use std::path::Path;

use care_plan_service::fhir::OFFERS;

/// The table of the page, as the code has it.
fn table() -> String {
    let mut table = String::from("| type | search parameters | `_include` | `_revinclude` |\n|---|---|---|---|\n");
    let list = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        if words.is_empty() { "-".to_owned() } else { words.join(", ") }
    };
    for offer in &OFFERS {
        let needs = match offer.needs {
            [] => String::new(),
            needs => format!(" (one of {})", list(needs)),
        };
        let row = [list(offer.params) + &needs, list(offer.includes), list(offer.reverse_includes)];
        writeln!(table, "| {} | {} | {} | {} |", offer.kind.name(), row[0], row[1], row[2]).unwrap();
    }
    table
}

#[test]
fn the_page_lists_what_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/fhir-surface.md");
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains(&table()), "docs/fhir-surface.md should hold:\n{}", table());
}
