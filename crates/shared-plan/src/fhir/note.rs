//! Progress notes as FHIR writes them.

use access::PersonId;
use serde_json::Value;

use super::element::Element;
use super::reference::Bases;
use crate::plan::Note;

/// An Annotation with author and time.
pub(super) fn note(note: &Note, person: &PersonId, bases: Bases<'_>) -> Value {
    let by = Element::new();
    // An author who is a name only is a text (R4 datatypes.html#Annotation).
    let author = bases.who(&note.by, person);
    let by = match author.get("reference") {
        Some(_) => by.with("authorReference", author),
        None => by.with_some("authorString", Some(note.by.name.clone())),
    };
    by.with("time", note.at.to_string()).with("text", note.text.clone()).done()
}

/// All notes of a part.
pub(super) fn notes(notes: &[Note], person: &PersonId, bases: Bases<'_>) -> Vec<Value> {
    notes.iter().map(|one| note(one, person, bases)).collect()
}
