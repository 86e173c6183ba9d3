//! One activity of a shared plan, or the form of a new one.

use leptos::prelude::*;
use shared_plan::plan::Activity;

use super::{back, framed_plan};
use crate::desk::Answer;
use crate::desk::shared_plan::{Part, PlanSheet};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::parts::StatusChip;
use crate::sections::Look;
use crate::sections::shared_plan::{
    activity_form, activity_ways, activity_words, plan_notes, pointed, told, unverified,
};
use crate::words::words;

/// The whole page. The handler has looked that the plan has the activity.
pub fn shared_activity_document(sheet: PlanSheet, part: Part<Activity>, answer: Option<Answer>) -> impl IntoView {
    let page = framed_plan(sheet, answer, move |look, sheet, answer| drawn(look, sheet, part, answer));
    view! { <Page title=title_of_launch(words().plan_activity())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlanSheet, part: Part<Activity>, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let back = back(look, sheet.plan.id, &sheet.plan.content.title);
    let activity = match part {
        Part::New => None,
        Part::Known(id) => sheet.plan.activity(id),
    };
    let Some(activity) = activity else {
        return view! {
            {back}
            <h1>{words.plan_add_activity()}</h1>
            {told(look, answer, &sheet.meanwhile)}
            <section class="panel" aria-label=words.plan_add_activity()>{activity_form(look, sheet, None, answer)}</section>
        }
        .into_any();
    };
    let (status, tone) = words.status(Some(activity.status.code()));
    let why = activity.status_reason.clone().map(|why| view! { <p>{words.plan_reason(&why)}</p> });
    let outcome = activity.completion.as_ref().and_then(|done| done.outcome.as_ref());
    let outcome = outcome.map(|outcome| view! { <p>{outcome.title().to_owned()}</p> });
    let goals = activity.content.goals.iter().filter_map(|id| sheet.plan.goal(*id));
    let goals: Vec<String> = goals.map(|goal| goal.content.description.title().to_owned()).collect();
    let serves = (!goals.is_empty()).then(|| {
        let lines = goals.iter().map(|goal| view! { <li>{goal.clone()}</li> }).collect_view();
        view! { <h3>{words.plan_serves()}</h3><ul class="lines lines--marked">{lines}</ul> }
    });
    let form = (activity.status.is_open() && !sheet.plan.status.is_closed() && sheet.may.write).then(|| {
        let form = activity_form(look, sheet, Some(activity), answer);
        let heading = words.plan_change_activity();
        view! { <section class="panel" aria-labelledby="activity-change"><h2 id="activity-change">{heading}</h2>{form}</section> }
    });
    view! {
        {back}
        <h1>{activity.content.description.title().to_owned()}</h1>
        {told(look, answer, &sheet.meanwhile)}
        <div class="goal-page shared-page">
            <div>
                <section class="panel" aria-labelledby="activity-says">
                    <h2 id="activity-says">{words.plan_activity_says()}" "<StatusChip text=status tone=tone/></h2>
                    {why}
                    {unverified(look, [&activity.content.description])}
                    <p>{activity_words(look, sheet, activity)}</p>
                    {outcome}
                    {serves}
                    {pointed(look, words.plan_reasons(), &activity.content.reasons)}
                </section>
                {plan_notes(look, &activity.notes)}
            </div>
            <div>{activity_ways(look, sheet, activity, answer)}{form}</div>
        </div>
    }
    .into_any()
}
