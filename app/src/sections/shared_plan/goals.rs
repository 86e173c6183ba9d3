//! The goals of a shared plan.

use leptos::prelude::*;
use shared_plan::plan::{Acceptance, Goal, Target};

use crate::desk::shared_plan::PlanSheet;
use crate::parts::StatusChip;
use crate::sections::Look;

/// Draws the list, with the way to add one.
pub fn goals(look: &Look, sheet: &PlanSheet) -> AnyView {
    let words = look.words();
    let (open, over): (Vec<&Goal>, Vec<&Goal>) = sheet.plan.goals.iter().partition(|goal| goal.status.is_open());
    let none = sheet.plan.goals.is_empty().then(|| view! { <p class="muted">{words.plan_no_goals()}</p> });
    let open = open.into_iter().map(|goal| goal_card(look, sheet, goal)).collect_view();
    let over = (!over.is_empty()).then(|| {
        let count = over.len();
        let cards = over.into_iter().map(|goal| goal_card(look, sheet, goal)).collect_view();
        view! { <details class="loose"><summary>{words.plan_over(count)}</summary>{cards}</details> }
    });
    let add = (sheet.may.write && !sheet.plan.status.is_closed()).then(|| {
        let href = look.path(&format!("shared-plan/{}/goals/new", sheet.plan.id));
        view! { <p><a class="button" href=href>{words.plan_add_goal()}</a></p> }
    });
    view! {
        <section class="panel" aria-labelledby="shared-goals">
            <h2 id="shared-goals">{words.plan_goals()}</h2>
            {none}
            {open}
            {over}
            {add}
        </section>
    }
    .into_any()
}

fn goal_card(look: &Look, sheet: &PlanSheet, goal: &Goal) -> AnyView {
    let words = look.words();
    let title = goal.content.description.title().to_owned();
    let href = look.path(&format!("shared-plan/{}/goals/{}", sheet.plan.id, goal.id));
    let (status, tone) = words.status(Some(goal.status.code()));
    let achieved = goal.achievement.as_ref().map(|achieved| {
        let (word, tone) = words.achievement(achieved.status.code());
        view! { " "<StatusChip text=word tone=tone/> }
    });
    let targets =
        goal.content.targets.iter().map(|target| view! { <p class="card__sub">{target_words(look, target)}</p> });
    let support = goal.acceptance.iter().map(|said| {
        view! { <p class="card__sub">{support_words(look, goal, said)}</p> }
    });
    let label = title.clone();
    view! {
        <article class="card" aria-label=label>
            <h3 class="card__title"><a href=href>{title}</a></h3>
            {targets.collect_view()}
            {support.collect_view()}
            <p class="card__row"><StatusChip text=status tone=tone/>{achieved}</p>
        </article>
    }
    .into_any()
}

/// What somebody has said to a goal, and whether it was to what the goal says now.
pub fn support_words(look: &Look, goal: &Goal, said: &Acceptance) -> String {
    let words = look.words();
    if goal.is_answered_by(said) {
        words.plan_support(&said.by.name, said.answer)
    } else {
        words.plan_support_earlier(&said.by.name, said.answer, &look.day(said.at))
    }
}

/// A target in one line: "HbA1c: at most 7.5 %, by 1 March 2027".
pub fn target_words(look: &Look, target: &Target) -> String {
    let words = look.words();
    let measure = target.measure.as_ref().map(|measure| measure.title().to_owned());
    let value = target.value.as_ref().map(|value| words.plan_value(value));
    let due = target.due.map(|due| words.plan_by_day(&look.on(due)));
    let said: Vec<String> = value.into_iter().chain(due).collect();
    match (measure, said.is_empty()) {
        (Some(measure), true) => measure,
        (Some(measure), false) => format!("{measure}: {}", said.join(", ")),
        (None, _) => said.join(", "),
    }
}
