//! The activities of a shared plan.

use leptos::prelude::*;
use shared_plan::plan::Activity;

use crate::desk::shared_plan::PlanSheet;
use crate::parts::StatusChip;
use crate::sections::Look;

/// Draws the list, with the way to add one.
pub fn activities(look: &Look, sheet: &PlanSheet) -> AnyView {
    let words = look.words();
    let (open, over): (Vec<&Activity>, Vec<&Activity>) =
        sheet.plan.activities.iter().partition(|activity| activity.status.is_open());
    let none = sheet.plan.activities.is_empty().then(|| view! { <p class="muted">{words.plan_no_activities()}</p> });
    let open = open.into_iter().map(|activity| card(look, sheet, activity)).collect_view();
    let over = (!over.is_empty()).then(|| {
        let count = over.len();
        let cards = over.into_iter().map(|activity| card(look, sheet, activity)).collect_view();
        view! { <details class="loose"><summary>{words.plan_over(count)}</summary>{cards}</details> }
    });
    let add = (sheet.may.write && !sheet.plan.status.is_closed()).then(|| {
        let href = look.path(&format!("shared-plan/{}/activities/new", sheet.plan.id));
        view! { <p><a class="button" href=href>{words.plan_add_activity()}</a></p> }
    });
    view! {
        <section class="panel" aria-labelledby="shared-activities">
            <h2 id="shared-activities">{words.plan_activities()}</h2>
            {none}
            {open}
            {over}
            {add}
        </section>
    }
    .into_any()
}

fn card(look: &Look, sheet: &PlanSheet, activity: &Activity) -> AnyView {
    let words = look.words();
    let title = activity.content.description.title().to_owned();
    let href = look.path(&format!("shared-plan/{}/activities/{}", sheet.plan.id, activity.id));
    let (status, tone) = words.status(Some(activity.status.code()));
    let late = activity.due().is_some_and(|due| due < look.today());
    let late = late.then(|| view! { " "<StatusChip text=words.plan_late() tone=crate::words::Tone::Warn/> });
    let label = title.clone();
    view! {
        <article class="card" aria-label=label>
            <h3 class="card__title"><a href=href>{title}</a></h3>
            <p class="card__sub">{activity_words(look, sheet, activity)}</p>
            <p class="card__row"><StatusChip text=status tone=tone/>{late}</p>
        </article>
    }
    .into_any()
}

/// Who does it, how often and until when, in one line.
pub fn activity_words(look: &Look, sheet: &PlanSheet, activity: &Activity) -> String {
    let words = look.words();
    let member = activity.assigned.and_then(|id| sheet.plan.member(id));
    let who = member.map_or_else(|| words.plan_nobody().to_owned(), |member| member.content.name.clone());
    let often = activity.content.schedule.often.clone();
    let day = activity.content.schedule.due.map(|due| words.plan_by_day(&look.on(due)));
    let done = activity.completion.as_ref().map(|done| words.plan_done_on(&look.on(done.day)));
    [Some(who), often, day, done].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
