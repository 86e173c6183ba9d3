//! Concepts as one field holds them: their titles, divided by commas.

use shared_plan::plan::Coded;

/// The titles of concepts in one line, as a form shows them.
pub fn listed(concepts: &[Coded]) -> String {
    concepts.iter().map(|concept| one_line(concept.title())).collect::<Vec<_>>().join(", ")
}

/// A text as a field of one line holds it: browsers send no line ends from there.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
