//! The page that closes a plan.

use leptos::prelude::*;

use super::{back, framed_plan};
use crate::desk::Answer;
use crate::desk::shared_plan::PlanSheet;
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{close_form, told};
use crate::words::words;

/// The whole page.
pub fn shared_close_document(sheet: PlanSheet, answer: Option<Answer>) -> impl IntoView {
    let page = framed_plan(sheet, answer, drawn);
    view! { <Page title=title_of_launch(words().plan_close())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    view! {
        {back(look, sheet.plan.id, &sheet.plan.content.title)}
        <h1>{words.plan_close()}</h1>
        <p>{words.plan_close_what()}</p>
        {told(look, answer, &sheet.meanwhile)}
        <section class="panel" aria-label=words.plan_close()>{close_form(look, sheet, answer)}</section>
    }
    .into_any()
}
