//! One shared plan in a list: its title, where it stands, and what is in it.

use leptos::prelude::*;
use shared_plan::plan::Plan;

use super::plan_head::plan_chips;
use crate::sections::Look;

/// Draws the line.
pub fn plan_line(look: &Look, plan: &Plan) -> AnyView {
    let words = look.words();
    let goals = plan.goals.iter().filter(|goal| goal.status.is_open()).count();
    let activities = plan.open_activities().count();
    let href = look.path(&format!("shared-plan/{}", plan.id));
    let by = words.plan_by(&plan.author.name, &look.day(plan.created));
    let changed = words.plan_changed(&look.ago(plan.at));
    view! {
        <article class="card" aria-label=plan.content.title.clone()>
            <h2 class="card__title"><a href=href>{plan.content.title.clone()}</a></h2>
            <p class="card__sub">{words.plan_holds(goals, activities)}</p>
            <p class="card__sub">{by}". "{changed}</p>
            <p class="card__row">{plan_chips(look, plan)}</p>
        </article>
    }
    .into_any()
}
