//! Row 6: bytes of the first load, from the site that `cargo xtask build --release` lays out.

use std::path::Path;

use anyhow::Result;

use super::Run;
use crate::spread::Spread;
use crate::table::{Line, Verdict};

/// Bytes, compressed by brotli, of everything interactive.
const MOST: f64 = 200_000.0;
const FOLDER: &str = "target/site-release/pkg";
const WHAT: &str = "first load, script and module, brotli";

pub(super) fn lines(_: &Run) -> Result<Vec<Line>> {
    let goal = format!("<= {:.0} KB", MOST / 1e3);
    let Some(bytes) = bytes(Path::new(FOLDER), &[".js.br", ".wasm.br"]) else {
        return Ok(vec![Line::not_measured(6, WHAT, goal, "not built (cargo xtask build --release)")]);
    };
    let style = bytes_of_style();
    Ok(vec![Line {
        row: 6,
        what: WHAT.to_owned(),
        ours: format!("{:.1} KB", bytes / 1e3),
        beside: format!("0 KB to read, style {:.1} KB", style / 1e3),
        ratio: Spread::of(&[bytes / MOST]),
        goal,
        verdict: Verdict::of(&[MOST - bytes]),
    }])
}

fn bytes_of_style() -> f64 {
    bytes(Path::new(FOLDER), &[".css.br"]).unwrap_or_default()
}

/// The sizes of the files with these endings; `None` where there are none.
fn bytes(folder: &Path, endings: &[&str]) -> Option<f64> {
    let files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let wanted = |file: &std::fs::DirEntry| {
        let name = file.file_name();
        endings.iter().any(|ending| name.to_string_lossy().ends_with(ending))
    };
    let sizes: Vec<u64> = files.filter(wanted).filter_map(|file| Some(file.metadata().ok()?.len())).collect();
    (!sizes.is_empty()).then(|| sizes.iter().sum::<u64>() as f64)
}
