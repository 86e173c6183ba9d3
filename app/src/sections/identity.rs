//! What says that the records are one person's.

use leptos::prelude::*;

use super::look::Look;
use super::person::{born, name};
use crate::parts::SourceBadge;

/// Draws how each record describes the person, and what sources themselves say about who is the same (Linkage).
pub fn identity(look: &Look) -> AnyView {
    let words = look.words();
    let plan = look.plan();
    let people = look.people().into_iter().map(|person| {
        view! {
            <li>
                <SourceBadge badge=look.badge(&person.source)/>
                " "{name(person, words.person_unknown())}", "{words.born()}" "{born(look, person)}", "
                {words.gender(person.gender.as_deref())}", "{words.record_number()}" "
                {person.record_number.clone().unwrap_or_else(|| words.not_recorded().to_owned())}
            </li>
        }
    });
    let evidence = plan.identity.iter().map(|evidence| {
        let source = look.badge(&evidence.key.source).name;
        view! { <li>{words.linkage(&source, &evidence.items)}" "{words.linkage_known(evidence.known.len())}</li> }
    });
    let none = plan.identity.is_empty().then(|| view! { <p class="muted">{words.identity_none()}</p> });
    view! {
        <section class="panel" aria-labelledby="identity-heading">
            <h2 id="identity-heading">{words.identity_heading()}</h2>
            {none}
            <ul class="lines">{evidence.collect_view()}</ul>
            <h3>{words.identity_each()}</h3>
            <ul class="lines">{people.collect_view()}</ul>
        </section>
    }
    .into_any()
}
