//! Which records were compared, and which were not: "none found" is said of those only that were read.

use care_plan::snapshot::Status;
use leptos::prelude::*;

use super::look::Look;

/// Names of the records that were read, and a sentence for each that was not, or not whole.
pub struct Compared {
    /// Read, at least in part.
    pub read: Vec<String>,
    /// What is missing, as sentences.
    pub missing: Vec<String>,
}

/// Finds out what was compared. A source that was never connected is told too: what it holds is not known.
pub fn compared(look: &Look) -> Compared {
    let words = look.words();
    let (mut read, mut missing) = (Vec::new(), Vec::new());
    for record in look.records() {
        let (name, status) = (record.source.name.clone(), record.status());
        let state = words.read_state(&status);
        match status {
            Status::Complete => read.push(name),
            Status::Partial(_) => {
                missing.push(words.compared_in_part(&name, &state));
                read.push(name);
            }
            Status::Pending
            | Status::NotConnected
            | Status::Failed(_)
            | Status::NotPermitted(_)
            | Status::NotSupported => {
                missing.push(words.not_read(&name, &state));
            }
        }
    }
    let unread = look.sources().iter().filter(|registered| look.snapshot().record(&registered.source.id).is_none());
    missing.extend(unread.map(|one| words.not_read(&one.source.name, &words.read_state(&Status::NotConnected))));
    Compared { read, missing }
}

/// Draws what was compared, below what was found.
pub fn compared_section(look: &Look) -> AnyView {
    let words = look.words();
    let Compared { read, missing } = compared(look);
    let whole = missing.is_empty().then(|| view! { <li>{words.all_compared()}</li> });
    let missing = missing.into_iter().map(|line| view! { <li>{line}</li> });
    view! {
        <section class="compared" aria-labelledby="compared-heading">
            <h2 id="compared-heading">{words.compared_heading()}</h2>
            <ul class="lines"><li>{words.compared_among(&read)}</li>{missing.collect_view()}{whole}</ul>
            <p><a href=look.path("sources")>{words.see_sources()}</a></p>
        </section>
    }
    .into_any()
}
