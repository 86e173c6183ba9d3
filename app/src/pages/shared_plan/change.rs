//! The page that changes what a plan says itself.

use leptos::prelude::*;

use super::{back, framed_plan};
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{Form, content_fields, told};
use crate::words::words;

/// The whole page.
pub fn shared_change_document(sheet: PlanSheet, answer: Option<Answer>) -> impl IntoView {
    let page = framed_plan(sheet, answer, drawn);
    view! { <Page title=title_of_launch(words().plan_change())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let form = Form::of(look, sheet, Command::ChangePlan, None, answer);
    let fields = content_fields(look, &form, &sheet.plan.content);
    view! {
        {back(look, sheet.plan.id, &sheet.plan.content.title)}
        <h1>{words.plan_change()}</h1>
        {told(look, answer, &sheet.meanwhile)}
        <section class="panel" aria-label=words.plan_change()>{form.draw(fields, words.plan_save())}</section>
    }
    .into_any()
}
