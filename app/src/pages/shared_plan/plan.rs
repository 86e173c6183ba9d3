//! One shared plan.

use leptos::prelude::*;

use super::framed_plan;
use crate::desk::Answer;
use crate::desk::shared_plan::{PlanSheet, SharedPlanDoor};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{activities, goals, not_licensed, plan_head, review, steps, summary, team, told};
use crate::words::{Reader, words};

/// The whole page.
pub fn shared_plan_document(sheet: PlanSheet, answer: Option<Answer>) -> impl IntoView {
    let page = framed_plan(sheet, answer, drawn);
    view! { <Page title=title_of_launch(words().shared_plan())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let unlicensed = (sheet.door != SharedPlanDoor::Open).then(|| not_licensed(look));
    let may_change = sheet.may.write && !sheet.plan.status.is_closed() && unlicensed.is_none();
    let change = may_change.then(|| {
        let href = look.path(&format!("shared-plan/{}/change", sheet.plan.id));
        view! { <p><a class="button" href=href>{words.plan_change()}</a></p> }
    });
    let read = view! {
        {plan_head(look, sheet)}
        {change}
        {goals(look, sheet)}
        {activities(look, sheet)}
        {team(look, sheet)}
    };
    let steps = steps(look, sheet);
    // The person first reads what changed; those who treat them first read what stands there.
    let read = match look.reader() {
        Reader::Person => view! { {summary(look, sheet)}{read}{steps} }.into_any(),
        Reader::Professional => view! { {read}{steps} }.into_any(),
    };
    view! {
        <p><a href=look.path("shared-plan")>{words.plan_back_to_list()}</a></p>
        <h1>{sheet.plan.content.title.clone()}</h1>
        {told(look, answer, &sheet.meanwhile)}
        {unlicensed}
        <div class="goal-page shared-page">
            <div>{read}</div>
            <div>{review(look, sheet, answer)}</div>
        </div>
    }
    .into_any()
}
