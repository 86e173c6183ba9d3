//! The team of a shared plan.

use leptos::prelude::*;

use crate::desk::shared_plan::PlanSheet;
use crate::sections::Look;

/// Draws the members, those who were at the end, with the way to add one.
pub fn team(look: &Look, sheet: &PlanSheet) -> AnyView {
    let words = look.words();
    let plan = &sheet.plan;
    let may = sheet.may.write && !plan.status.is_closed();
    let mut members: Vec<_> = plan.team.members.iter().collect();
    members.sort_by_key(|member| !member.content.period.holds(look.today()));
    let none = members.is_empty().then(|| view! { <p class="muted">{words.plan_no_team()}</p> });
    let lines = members.into_iter().map(|member| {
        let roles: Vec<&str> = member.content.roles.iter().map(|role| role.title()).collect();
        let behalf = member.content.on_behalf_of.as_ref().and_then(|foreign| foreign.display.clone());
        let behalf = behalf.map(|name| words.plan_on_behalf(&name));
        let period = words.plan_period(&member.content.period);
        let about: Vec<String> =
            (!roles.is_empty()).then(|| roles.join(", ")).into_iter().chain(behalf).chain(period).collect();
        let name = member.content.name.clone();
        let name = if may {
            let href = look.path(&format!("shared-plan/{}/team/{}", plan.id, member.id));
            view! { <a href=href>{name}</a> }.into_any()
        } else {
            view! { <span>{name}</span> }.into_any()
        };
        let about = (!about.is_empty()).then(|| view! { " "<span class="muted">{about.join(" · ")}</span> });
        view! { <li>{name}{about}</li> }
    });
    let lines = lines.collect_view();
    let add = may.then(|| {
        let href = look.path(&format!("shared-plan/{}/team/new", plan.id));
        view! { <p><a class="button" href=href>{words.plan_add_member()}</a></p> }
    });
    view! {
        <section class="panel shared-team" aria-labelledby="shared-team">
            <h2 id="shared-team">{words.plan_team()}</h2>
            {none}
            <ul class="lines">{lines}</ul>
            {add}
        </section>
    }
    .into_any()
}
