//! Paths as messages name them: `target[0].detailQuantity.value`.

use std::fmt::Write;

/// Appends a member's name.
pub(crate) fn member(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Appends a position.
pub(crate) fn position(path: &str, index: usize) -> String {
    let mut path = path.to_owned();
    write!(path, "[{index}]").expect("writing to a String does not fail");
    path
}
