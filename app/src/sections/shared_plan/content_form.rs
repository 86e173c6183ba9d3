//! What a plan says itself: the fields that starting and changing it share.

use leptos::prelude::*;
use shared_plan::plan::PlanContent;

use super::form::Form;
use super::goal_form::points_at;
use crate::desk::member_name;
use crate::desk::shared_plan::{SOURCE, proposed_team};
use crate::parts::SourceBadge;
use crate::sections::Look;

/// Draws the fields. Nothing is chosen for the user: what is marked is what the plan says.
pub fn content_fields(look: &Look, form: &Form<'_>, content: &PlanContent) -> AnyView {
    let words = look.words();
    let categories: Vec<&str> = content.categories.iter().map(|category| category.title()).collect();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    view! {
        {form.text("title", words.plan_title(), Some(words.plan_title_hint()), &content.title)}
        {form.lines("description", words.plan_description(), Some(words.plan_optional()), content.description.as_deref().unwrap_or_default())}
        {form.text("category", words.plan_category(), Some(words.plan_category_hint()), &categories.join(", "))}
        {form.day("start", words.start_label(), Some(words.plan_optional()), &day(content.period.start))}
        {form.day("until", words.plan_until(), Some(words.plan_optional()), &day(content.period.end))}
        {concerns(look, form, content)}
        {plans(look, form, content)}
    }
    .into_any()
}

fn concerns(look: &Look, form: &Form<'_>, content: &PlanContent) -> Option<AnyView> {
    let words = look.words();
    let all = &look.plan().concerns;
    let addressed: Vec<String> = (all.iter())
        .filter(|concern| concern.item.members.iter().any(|member| points_at(&content.addresses, &member.key)))
        .map(|concern| concern.item.id.0.clone())
        .collect();
    let shown = all.iter().filter(|concern| concern.is_current() || addressed.contains(&concern.item.id.0));
    let choices: Vec<(String, AnyView)> = shown
        .map(|concern| {
            let badges = look.badges(concern.item.members.iter().map(|member| &member.key.source));
            let badges = badges.into_iter().map(|badge| view! { " "<SourceBadge badge/> }).collect_view();
            (concern.item.id.0.clone(), view! { {concern.item.title.clone()}{badges} }.into_any())
        })
        .collect();
    (!choices.is_empty()).then(|| form.group("concern", words.plan_which_concerns(), "checkbox", choices, &addressed))
}

/// The plans at sources whose place this one may take.
fn plans(look: &Look, form: &Form<'_>, content: &PlanContent) -> Option<AnyView> {
    let words = look.words();
    let theirs = look.plan().plans.iter().filter(|plan| plan.key.source.as_str() != SOURCE);
    let replaced = |key: &fhir::ResourceKey| {
        let is_it = |known: &shared_plan::Foreign| {
            known.source == key.source.as_str() && known.kind == key.kind && known.id == key.id
        };
        content.replaces.iter().any(is_it)
    };
    let theirs: Vec<_> = theirs.filter(|plan| plan.is_current() || replaced(&plan.key)).collect();
    let now: Vec<String> =
        theirs.iter().filter(|plan| replaced(&plan.key)).map(|plan| member_name(&plan.key)).collect();
    let choices: Vec<(String, AnyView)> = theirs
        .iter()
        .map(|plan| {
            let badge = look.badge(&plan.key.source);
            (member_name(&plan.key), view! { {plan.title.clone()}" "<SourceBadge badge/> }.into_any())
        })
        .collect();
    (!choices.is_empty()).then(|| form.group("plan", words.plan_which_plans(), "checkbox", choices, &now))
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
