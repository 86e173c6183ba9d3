//! Notes: who wrote what when.

use std::cmp::Reverse;

use fhir::{Annotation, Resource};

use super::codings::words;
use super::records::Records;
use crate::plan::Note;

/// The notes of a resource that say something.
pub(super) fn of(records: &Records<'_>, resource: &Resource, annotations: &[Annotation]) -> Vec<Note> {
    let read = |annotation: &Annotation| {
        let author = annotation.author_reference.as_ref().and_then(|author| records.name(resource, author));
        Some(Note {
            text: words(annotation.text.as_deref())?,
            author: author.or_else(|| words(annotation.author_string.as_deref())),
            when: annotation.time.0.clone(),
            source: resource.key().source.clone(),
        })
    };
    annotations.iter().filter_map(read).collect()
}

/// Puts the newest first; those without a time come last, as they stand in the record.
pub(super) fn newest_first(notes: &mut [Note]) {
    notes.sort_by_key(|note| Reverse(note.when.as_ref().map(fhir::FhirDate::sort_key)));
}
