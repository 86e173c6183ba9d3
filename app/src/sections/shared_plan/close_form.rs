//! The form that closes a plan: it asks about every activity that is still open.

use leptos::prelude::*;

use super::form::Form;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet};
use crate::sections::Look;

/// Draws the form. Nothing is chosen for the user, neither how the plan ends nor what becomes of an activity.
pub fn close_form(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let form = Form::of(look, sheet, Command::Close, None, answer);
    let today = look.today().to_string();
    let ends = ["completed", "revoked", "entered-in-error"].into_iter();
    let ends = ends
        .filter(|code| {
            shared_plan::plan::PlanStatus::ALL
                .into_iter()
                .any(|status| status.code() == *code && sheet.plan.status.may_become(status))
        })
        .map(|code| (code.to_owned(), words.plan_end(code).into_any()))
        .collect();
    let open: Vec<AnyView> = (sheet.plan.open_activities())
        .map(|activity| {
            let field = format!("open-{}", activity.id);
            let title = activity.content.description.title().to_owned();
            let ways =
                Vec::from(["cancel", "completed"].map(|code| (code.to_owned(), words.plan_left(code).into_any())));
            view! {
                {form.group(&field, title, "radio", ways, &[])}
                {form.day(&format!("day-{}", activity.id), words.plan_left_day(), None, &today)}
            }
            .into_any()
        })
        .collect();
    let asks = (!open.is_empty()).then(|| view! { <h2>{words.plan_close_open()}</h2> });
    let fields = view! {
        {form.group("to", words.plan_how_ends(), "radio", ends, &[])}
        {asks}
        {open}
        {form.lines("reason", words.plan_why(), None, "")}
    };
    form.draw(fields.into_any(), words.plan_close())
}
