//! The form that says who somebody of the team is.

use leptos::prelude::*;
use shared_plan::plan::{Member, MemberContent};

use super::form::Form;
use crate::desk::Answer;
use crate::desk::shared_plan::{Candidate, Command, PlanSheet, organisations};
use crate::sections::Look;

/// Draws the form of a new member, or of one who is there. Who leaves gets a last day: nobody is taken out. `picked` is who
/// was chosen from the directory, with the words by which they were found.
pub fn member_form(
    look: &Look,
    sheet: &PlanSheet,
    member: Option<&Member>,
    answer: Option<&Answer>,
    picked: Option<(&str, &Candidate)>,
) -> AnyView {
    let words = look.words();
    let part = member.map(|member| member.id.to_string());
    let command = if member.is_some() { Command::ChangeMember } else { Command::AddMember };
    let form = Form::of(look, sheet, command, part.as_deref(), answer);
    let empty = MemberContent::default();
    let content = member.map_or(&empty, |member| &member.content);
    let known: Vec<&str> = content.roles.iter().map(|role| role.title()).collect();
    let roles = picked.map_or_else(|| known.join(", "), |(_, candidate)| candidate.roles.join(", "));
    let name = picked.map_or(content.name.as_str(), |(_, candidate)| &candidate.name);
    let (sought, handle) = picked.map_or(("", ""), |(sought, candidate)| (sought, &candidate.handle));
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let organisations = organisations(look.snapshot());
    let now = content.on_behalf_of.as_ref().and_then(|foreign| {
        let is_it = |(_, key, _): &&(String, fhir::ResourceKey, String)| {
            key.source.as_str() == foreign.source && key.kind == foreign.kind && key.id == foreign.id
        };
        organisations.iter().find(is_it).map(|(name, _, _)| name.clone())
    });
    let organisations: Vec<(String, String)> =
        organisations.into_iter().map(|(name, _, title)| (name, title)).collect();
    let behalf = (!organisations.is_empty()).then(|| {
        form.choice(
            "behalf",
            words.plan_behalf(),
            Some(words.plan_not_said()),
            organisations,
            now.as_deref().unwrap_or_default(),
        )
    });
    let fields = view! {
        <input type="hidden" name="find" value=form.value("find", sought)/>
        <input type="hidden" name="provider" value=form.value("provider", handle)/>
        {form.text("name", words.plan_member_name(), None, name)}
        {form.text("role", words.plan_member_role(), Some(words.plan_member_role_hint()), &roles)}
        {behalf}
        {form.day("start", words.plan_member_from(), Some(words.plan_optional()), &day(content.period.start))}
        {form.day("until", words.plan_member_until(), Some(words.plan_member_until_hint()), &day(content.period.end))}
    };
    let button = if member.is_some() { words.plan_save_member() } else { words.plan_add_member() };
    form.draw(fields.into_any(), button)
}
