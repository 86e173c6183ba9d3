//! The list of a person's shared plans.

use leptos::prelude::*;

use super::framed;
use crate::desk::Answer;
use crate::desk::shared_plan::{PlansSheet, SharedPlanDoor};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{concern_form, not_licensed, plan_line, told};
use crate::words::words;

/// The whole page; `answer` is what its form was told.
pub fn shared_plans_document(sheet: PlansSheet, answer: Option<Answer>) -> impl IntoView {
    let page = framed(move |look| drawn(look, &sheet, answer.as_ref()));
    view! { <Page title=title_of_launch(words().shared_plan())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlansSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    if sheet.door != SharedPlanDoor::Open {
        return view! { <h1>{words.shared_plan()}</h1>{not_licensed(look)} }.into_any();
    }
    let start = sheet.may.write.then(|| {
        view! { <p><a class="button button--primary" href=look.path("shared-plan/new")>{words.plan_start()}</a></p> }
    });
    let none = sheet.plans.is_empty().then(|| view! { <p class="muted">{words.plan_none()}</p> });
    let lines = sheet.plans.iter().map(|plan| plan_line(look, plan)).collect_view();
    view! {
        <h1>{words.shared_plan()}</h1>
        <p>{words.plan_what()}</p>
        {told(look, answer, &[])}
        <section class="panel" aria-label=words.plan_list()>{none}{lines}</section>
        {start}
        {concern_form(look, sheet.may, answer)}
    }
    .into_any()
}
