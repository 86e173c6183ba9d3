//! What a plan says itself: the fields that starting and changing it share.

use leptos::prelude::*;
use shared_plan::plan::PlanContent;

use super::concepts::listed;
use super::form::Form;
use super::offers;
use crate::desk::shared_plan::proposed_team;
use crate::parts::SourceBadge;
use crate::sections::Look;

/// Draws the fields. Nothing is chosen for the user: what is marked is what the plan says.
pub fn content_fields(look: &Look, form: &Form<'_>, content: &PlanContent) -> AnyView {
    let words = look.words();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    view! {
        {form.text("title", words.plan_title(), Some(words.plan_title_hint()), &content.title)}
        {form.lines("description", words.plan_description(), Some(words.plan_optional()), content.description.as_deref().unwrap_or_default())}
        {form.text("category", words.plan_category(), Some(words.plan_category_hint()), &listed(&content.categories))}
        {form.day("start", words.start_label(), Some(words.plan_optional()), &day(content.period.start))}
        {form.day("until", words.plan_until(), Some(words.plan_optional()), &day(content.period.end))}
        {form.links("concern", words.plan_which_concerns(), offers::concerns(look, &content.addresses))}
        {form.links("plan", words.plan_which_plans(), offers::plans(look, &content.replaces))}
    }
    .into_any()
}

/// Those who care for the person now by any record, each once, for the first team.
pub fn team_fields(look: &Look, form: &Form<'_>) -> Option<AnyView> {
    let words = look.words();
    let choices: Vec<(String, AnyView)> = proposed_team(look.plan())
        .into_iter()
        .map(|member| {
            let roles = (!member.roles.is_empty()).then(|| format!(", {}", member.roles.join(", ")));
            let badge = look.badge(&member.source);
            (member.who.0.clone(), view! { {member.name.clone()}{roles}" "<SourceBadge badge/> }.into_any())
        })
        .collect();
    (!choices.is_empty()).then(|| form.group("team", words.plan_first_team(), "checkbox", choices, &[]))
}
