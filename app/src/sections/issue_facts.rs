//! The facts of a detected issue: what a record says, with what differs marked by a sign and a word.

use care_plan::plan::{Fact, FactValue, Side};
use leptos::prelude::*;

use super::look::Look;
use crate::words::Reader;

/// A fact's value in words.
pub fn value(look: &Look, fact: &Fact) -> String {
    let words = look.words();
    match &fact.value {
        // Where a reference leads nowhere, its address says nothing to the person.
        FactValue::Text(_) if fact.name == "leadsNowhere" && look.reader() == Reader::Person => {
            words.leads_nowhere().to_owned()
        }
        FactValue::Text(text) => words.fact_text(fact.name, text),
        FactValue::Code(code) => words.fact_code(fact.name, code),
        FactValue::Date(date) => look.date(date),
        FactValue::Unsaid => words.unsaid().to_owned(),
    }
}

/// Draws facts as a list of terms; facts of one name stand together. Of what is marked only that is said to differ which
/// another of the issue's `sides` states too: a day that has passed differs from nothing.
pub fn issue_facts(look: &Look, facts: &[Fact], sides: &[Side]) -> AnyView {
    let words = look.words();
    let mut names: Vec<&'static str> = Vec::new();
    for fact in facts {
        if !names.contains(&fact.name) {
            names.push(fact.name);
        }
    }
    // What differs is what one came for.
    names.sort_by_key(|name| !facts.iter().any(|fact| fact.name == *name && fact.differs));
    let rows = names.into_iter().map(|name| {
        let values = facts.iter().filter(|fact| fact.name == name).map(|fact| {
            let text = value(look, fact);
            let speaks = |side: &&Side| side.says.iter().any(|other| other.name == name && other.differs);
            let is_compared = sides.iter().filter(speaks).count() > 1;
            match (fact.differs, &fact.value) {
                (true, _) if !is_compared => view! { <dd class="fact--marked"><b>{text}</b></dd> }.into_any(),
                (true, _) => view! {
                    <dd class="fact--differs">
                        <span aria-hidden="true">"≠ "</span><b>{text}</b>" "<small>{words.differs()}</small>
                    </dd>
                }
                .into_any(),
                (false, FactValue::Unsaid) => view! { <dd class="muted">{text}</dd> }.into_any(),
                (false, _) => view! { <dd>{text}</dd> }.into_any(),
            }
        });
        view! { <div><dt>{words.fact(name)}</dt>{values.collect_view()}</div> }
    });
    view! { <dl class="issue__facts">{rows.collect_view()}</dl> }.into_any()
}
