//! The way into the provider directory: look somebody up, then choose them. A plain form and plain links; whoever is not in
//! the directory is entered in words.

use leptos::prelude::*;

use crate::desk::shared_plan::{Candidate, DirectoryLook, Found};
use crate::sections::Look;
use crate::sections::encoded;

/// Draws the search box and who was found, above the form of a member.
pub fn directory(look: &Look, directory: &DirectoryLook) -> AnyView {
    let words = look.words();
    let found = match &directory.found {
        Found::NotAsked => None,
        Found::Away => Some(view! { <p class="notice notice--bad">{words.directory_away()}</p> }.into_any()),
        Found::People(people) if people.is_empty() => {
            Some(view! { <p class="muted">{words.directory_nobody()}</p> }.into_any())
        }
        Found::People(people) => {
            let lines = people.iter().map(|candidate| line(look, &directory.sought, candidate)).collect_view();
            Some(view! { <ul class="lines">{lines}</ul> }.into_any())
        }
    };
    let picked = directory.picked.as_ref().map(|picked| view! { <p>{words.directory_picked(&picked.name)}</p> });
    view! {
        <section class="panel" aria-labelledby="directory">
            <h2 id="directory">{words.directory()}</h2>
            <form class="goal-form" method="get" action="">
                <label class="field__label" for="directory-find">{words.directory_name()}</label>
                <input class="field" id="directory-find" name="find" value=directory.sought.clone()
                    maxlength="100" autocomplete="off"/>
                <button class="button">{words.directory_find()}</button>
            </form>
            <div role="status">{found}{picked}</div>
        </section>
    }
    .into_any()
}

/// One person with what tells them apart from another of their name.
fn line(look: &Look, sought: &str, candidate: &Candidate) -> AnyView {
    let words = look.words();
    let href = format!("?find={}&pick={}", encoded(sought), encoded(&candidate.handle));
    let npi = candidate.npi.as_ref().map(|npi| words.directory_npi(npi));
    let former = (!candidate.active).then(|| words.directory_former().to_owned());
    let about = candidate.roles.iter().cloned().chain(candidate.organisation.clone()).chain(npi).chain(former);
    let about: Vec<String> = about.collect();
    view! { <li><a href=href>{candidate.name.clone()}</a>" "<span class="muted">{about.join(" · ")}</span></li> }
        .into_any()
}
