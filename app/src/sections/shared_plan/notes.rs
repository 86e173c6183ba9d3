//! Notes of a goal or an activity.

use leptos::prelude::*;
use shared_plan::plan::Note;

use crate::sections::Look;

/// Draws the notes, newest first.
pub fn plan_notes(look: &Look, notes: &[Note]) -> AnyView {
    let words = look.words();
    let none = notes.is_empty().then(|| view! { <p class="muted">{words.no_notes()}</p> });
    let lines = notes.iter().rev().map(|note| {
        let about = format!("{} · {}", note.by.name, look.day(note.at));
        view! { <li><p class="note">{note.text.clone()}</p><p class="muted">{about}</p></li> }
    });
    view! {
        <section class="panel" aria-labelledby="shared-notes">
            <h2 id="shared-notes">{words.notes()}</h2>
            {none}
            <ul class="notes">{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}
