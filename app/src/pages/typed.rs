//! After the session has ended: what was on its way is not saved, and not lost either.

use leptos::prelude::*;

use super::Page;
use crate::parts::TextArea;
use crate::sections::SAVE_GOAL;
use crate::words::{Words, words};

/// A form that arrived without a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedForm {
    /// Last segment of the path that it was sent to, such as `save_goal`.
    pub function: String,
    /// Fields and values, as they came.
    pub fields: Vec<(String, String)>,
}

impl TypedForm {
    /// True where somebody may have typed something into it.
    pub fn holds_text(&self) -> bool {
        let is_text =
            |(name, value): &(String, String)| !value.trim().is_empty() && words().typed_field(name).is_some();
        self.fields.iter().any(is_text)
    }
}

/// The whole page. `nowhere` says that it was tried to put the text back, and no open plan has that form.
pub fn session_ended_document(forms: Vec<TypedForm>, nowhere: bool) -> impl IntoView {
    view! { <Page title=words().title(words().session_ended(), None)><SessionEndedPage forms nowhere/></Page> }
}

/// Says that the session has ended, and shows what was typed.
///
/// The page itself is the only place where the text is: the server keeps nothing of a stranger. Signing in happens in
/// another tab, and this page's own form then carries the text back; so it works without script.
#[component]
pub fn SessionEndedPage(
    /// What was on its way; nothing where the user only opened a page.
    forms: Vec<TypedForm>,
    /// True where it was tried to put it back, in vain.
    nowhere: bool,
) -> impl IntoView {
    let words = words();
    let what = if forms.is_empty() {
        view! { <p>{words.session_ended_do()}</p><p><a class="button" href="/sign-in">{words.sign_in_again()}</a></p> }
            .into_any()
    } else {
        let several = forms.len() > 1;
        let forms = forms.into_iter().enumerate().map(|(index, form)| typed(words, index, form, several));
        view! {
            <p>{words.kept_what()}</p>
            {nowhere.then(|| view! { <p class="told told--bad" role="alert">{words.kept_nowhere()}</p> })}
            <ol class="steps">
                <li>{words.kept_first()}" "<a class="button button--small" href="/sign-in" target="_blank" rel="noopener">{words.kept_sign_in()}</a></li>
                <li>{words.kept_then()}</li>
            </ol>
            {forms.collect_view()}
        }
        .into_any()
    };
    view! {
        <main class="plain" id="main">
            <p class="plain__product">{words.product()}</p>
            <h1>{words.session_ended()}</h1>
            <p>{words.session_ended_what()}</p>
            {what}
        </main>
    }
}

fn typed(words: Words, index: usize, form: TypedForm, several: bool) -> AnyView {
    let (heading, labelled_by) = (format!("typed-{index}"), format!("typed-{index}"));
    let number = if several { format!(" ({})", index + 1) } else { String::new() };
    let fields = form.fields.into_iter().enumerate().map(|(field, (name, value))| {
        let id = format!("typed-{index}-{field}");
        match words.typed_field(&name) {
            None => view! { <input type="hidden" name=name value=value/> }.into_any(),
            Some(label) if name == "note" || value.contains('\n') => {
                view! { <label for=id.clone()>{label}</label><TextArea id name text=value/> }.into_any()
            }
            Some(label) => {
                let id_of_field = id.clone();
                view! { <label for=id>{label}</label><input class="field" id=id_of_field name=name value=value readonly=true autocomplete="off"/> }.into_any()
            }
        }
    });
    let fields = fields.collect_view();
    // Only this form can be filled with it again; what another held is here to be copied.
    let back = (form.function == SAVE_GOAL)
        .then(|| view! { <button class="button button--primary">{words.kept_put_back()}</button> });
    view! {
        <form class="goal-form" method="post" action="/typed" aria-labelledby=labelled_by>
            <h2 id=heading>{words.kept_typed()}{number}</h2>
            <input type="hidden" name="_form" value=form.function/>
            {fields}
            {back}
        </form>
    }
    .into_any()
}
