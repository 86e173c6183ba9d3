//! The list of a person's shared plans.

use leptos::prelude::*;

use super::framed;
use crate::desk::Answer;
use crate::desk::shared_plan::{May, PlansSheet, SharedPlanDoor};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{concern_form, concerns, not_licensed, plan_line, told};
use crate::words::words;

/// The whole page; `answer` is what its form was told.
pub fn shared_plans_document(sheet: PlansSheet, answer: Option<Answer>) -> impl IntoView {
    let page = framed(move |look| drawn(look, &sheet, answer.as_ref()));
    view! { <Page title=title_of_launch(words().shared_plan())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlansSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    if !sheet.door.leads_somewhere() {
        return view! { <h1>{words.shared_plan()}</h1>{not_licensed(look)} }.into_any();
    }
    let unlicensed = (sheet.door == SharedPlanDoor::ReadOnly).then(|| not_licensed(look));
    let may = if unlicensed.is_some() { May::default() } else { sheet.may };
    let start = may.write.then(|| {
        view! { <p><a class="button button--primary" href=look.path("shared-plan/new")>{words.plan_start()}</a></p> }
    });
    let none = sheet.plans.is_empty().then(|| view! { <p class="muted">{words.plan_none()}</p> });
    let lines = sheet.plans.iter().map(|plan| plan_line(look, plan)).collect_view();
    view! {
        <h1>{words.shared_plan()}</h1>
        <p>{words.plan_what()}</p>
        {told(look, answer, &[])}
        {unlicensed}
        <section class="panel" aria-label=words.plan_list()>{none}{lines}</section>
        {start}
        {concerns(look)}
        {concern_form(look, may, answer)}
    }
    .into_any()
}
