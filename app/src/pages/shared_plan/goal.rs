//! One goal of a shared plan, or the form of a new one.

use leptos::prelude::*;
use shared_plan::plan::Goal;

use super::{back, framed_plan};
use crate::desk::Answer;
use crate::desk::shared_plan::{Part, PlanSheet};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::parts::StatusChip;
use crate::sections::Look;
use crate::sections::shared_plan::{
    goal_form, goal_ways, plan_notes, pointed, support_words, target_words, told, unverified,
};
use crate::words::words;

/// The whole page. The handler has looked that the plan has the goal.
pub fn shared_goal_document(sheet: PlanSheet, part: Part<Goal>, answer: Option<Answer>) -> impl IntoView {
    let page = framed_plan(sheet, answer, move |look, sheet, answer| drawn(look, sheet, part, answer));
    view! { <Page title=title_of_launch(words().goal_page())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlanSheet, part: Part<Goal>, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let back = back(look, sheet.plan.id, &sheet.plan.content.title);
    let goal = match part {
        Part::New => None,
        Part::Known(id) => sheet.plan.goal(id),
    };
    let Some(goal) = goal else {
        return view! {
            {back}
            <h1>{words.plan_add_goal()}</h1>
            {told(look, answer, &sheet.meanwhile)}
            <section class="panel" aria-label=words.plan_add_goal()>{goal_form(look, sheet, None, answer)}</section>
        }
        .into_any();
    };
    let (status, tone) = words.status(Some(goal.status.code()));
    let why = goal.status_reason.clone().map(|why| view! { <p>{words.plan_reason(&why)}</p> });
    let targets = goal.content.targets.iter().map(|target| view! { <li>{target_words(look, target)}</li> });
    let achieved = goal.achievement.as_ref().map(|achieved| {
        let (word, tone) = words.achievement(achieved.status.code());
        let by = words.plan_by(&achieved.by.name, &look.day(achieved.at));
        view! { <p><StatusChip text=word tone=tone/>" "{by}</p> }
    });
    let measures = goal.content.targets.iter().filter_map(|target| target.measure.as_ref());
    let concepts = std::iter::once(&goal.content.description).chain(&goal.content.categories).chain(measures);
    let support = goal.acceptance.iter().map(|said| view! { <li>{support_words(look, goal, said)}</li> });
    let form = (goal.status.is_open() && !sheet.plan.status.is_closed() && sheet.may.write).then(|| {
        let form = goal_form(look, sheet, Some(goal), answer);
        view! { <section class="panel" aria-labelledby="goal-change"><h2 id="goal-change">{words.change_goal()}</h2>{form}</section> }
    });
    view! {
        {back}
        <h1>{goal.content.description.title().to_owned()}</h1>
        {told(look, answer, &sheet.meanwhile)}
        <div class="goal-page shared-page">
            <div>
                <section class="panel" aria-labelledby="goal-says">
                    <h2 id="goal-says">{words.plan_goal_says()}" "<StatusChip text=status tone=tone/></h2>
                    {why}
                    {unverified(look, concepts)}
                    {achieved}
                    <ul class="lines">{targets.collect_view()}{support.collect_view()}</ul>
                    {pointed(look, words.plan_addresses(), &goal.content.addresses)}
                </section>
                {plan_notes(look, &goal.notes)}
            </div>
            <div>{goal_ways(look, sheet, goal, answer)}{form}</div>
        </div>
    }
    .into_any()
}
