//! The form that says who somebody of the team is.

use leptos::prelude::*;
use shared_plan::plan::{Coded, Member, MemberContent};

use super::concepts::listed;
use super::form::Form;
use crate::desk::shared_plan::{Candidate, Command, PlanSheet, organisations};
use crate::desk::{Answer, member_name};
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
    let roles = picked.map_or_else(
        || listed(&content.roles),
        |(_, candidate)| listed(&candidate.roles.iter().map(Coded::text).collect::<Vec<_>>()),
    );
    let name = picked.map_or(content.name.as_str(), |(_, candidate)| &candidate.name);
    let (sought, handle) = picked.map_or(("", ""), |(sought, candidate)| (sought, &candidate.handle));
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let organisations = organisations(look.snapshot());
    let mut organisations: Vec<(String, String)> =
        organisations.into_iter().map(|(name, _, title)| (name, title)).collect();
    let now = content.on_behalf_of.as_ref().map(|foreign| {
        let key = fhir::ResourceKey {
            source: fhir::SourceId::new(foreign.source.as_str()),
            kind: foreign.kind.clone(),
            id: foreign.id.clone(),
        };
        let name = member_name(&key);
        // Who acts for it goes on to do so while the record that names it is not read.
        if !organisations.iter().any(|(known, _)| *known == name) {
            let title = foreign.display.clone().unwrap_or_else(|| words.plan_behalf_unread().to_owned());
            organisations.push((name.clone(), title));
        }
        name
    });
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
