//! What says that the records are one person's.

use access::person::likeness::compare;
use leptos::prelude::*;

use super::likeness::facts;
use super::look::Look;
use super::person::{born, name};
use super::whose::{Whose, whose};
use crate::parts::SourceBadge;

/// Draws how each record describes the person, and what sources themselves say about who is the same (Linkage).
pub fn identity(look: &Look) -> AnyView {
    let words = look.words();
    let plan = look.plan();
    let own = match whose(look) {
        Whose::Known(own) => Some(own),
        Whose::Replaced(_) | Whose::Pending | Whose::Unknown { .. } => None,
    };
    let people = look.people().into_iter().map(|person| {
        let other = own.filter(|own| own.key != person.key);
        let told = other.map(|own| words.likeness(&compare(&facts(look, own), &facts(look, person))));
        view! {
            <li>
                <SourceBadge badge=look.badge(&person.source)/>
                " "{name(person, words.person_unknown())}", "{words.born()}" "{born(look, person)}", "
                {words.gender(person.gender.as_deref())}", "{words.record_number()}" "
                {person.record_number.clone().unwrap_or_else(|| words.not_recorded().to_owned())}
                {told.map(|told| view! { " – "<strong>{told}</strong> })}
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
