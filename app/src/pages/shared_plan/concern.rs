//! The page of one concern that was entered here.

use leptos::prelude::*;

use super::framed;
use crate::desk::Answer;
use crate::desk::kept::ConcernSheet;
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{concern, unlicensed};
use crate::words::words;

/// The whole page; `answer` is what its forms were told.
pub fn shared_concern_document(sheet: ConcernSheet, answer: Option<Answer>) -> impl IntoView {
    let page = framed(move |look| drawn(look, &sheet, answer.as_ref()));
    view! { <Page title=title_of_launch(words().concern_page())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &ConcernSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    view! {
        <p><a href=look.path("shared-plan")>{words.plan_back_to_list()}</a></p>
        <h1>{sheet.concern.content.description.title().to_owned()}</h1>
        {unlicensed(look)}
        {concern(look, sheet, answer)}
    }
    .into_any()
}
