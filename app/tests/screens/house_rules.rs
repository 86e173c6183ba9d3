//! What no view may hold: each of these would be refused by the policy, lose the launch, or let a record's text run.

use std::fs;
use std::path::Path;

fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else {
            into.push((path.display().to_string(), fs::read_to_string(&path).expect("text")));
        }
    }
}

#[test]
fn no_view_holds_inline_style_an_action_form_or_a_script_address() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 30);
    for (path, text) in files {
        for forbidden in [" style=", " style:", "<ActionForm", "javascript:", "<Style", "onclick="] {
            assert!(!text.contains(forbidden), "{path} holds {forbidden}");
        }
        // Text goes into a textarea by our own part only, and HTML by nothing else.
        assert!(
            !text.contains("inner_html=") || path.ends_with("text_area.rs") || path.ends_with("shell.rs"),
            "{path} writes HTML from text"
        );
        assert!(!text.contains("<textarea") || path.ends_with("text_area.rs"), "{path} has its own textarea");
        assert!(!text.contains("<title") || path.ends_with("shell.rs"), "{path} has its own title");
    }
}

#[test]
fn half_of_the_files_are_under_150_lines_and_none_is_over_600() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut lengths: Vec<usize> = files.iter().map(|(_, text)| text.lines().count()).collect();
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] < 150);
    assert!(*lengths.last().expect("files") <= 600);
}

#[test]
fn the_style_loads_nothing_from_elsewhere() {
    let style = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/main.css")).expect("the style");
    for forbidden in ["url(", "@import", "http:", "https:"] {
        assert!(!style.contains(forbidden), "{forbidden}");
    }
}
