//! The form that says what an activity says.

use leptos::prelude::*;
use shared_plan::plan::{Activity, ActivityContent};

use super::form::Form;
use super::goal_form::code_fields;
use super::offers;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet};
use crate::sections::Look;

/// Draws the form of a new activity, or of one that is there.
pub fn activity_form(look: &Look, sheet: &PlanSheet, activity: Option<&Activity>, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let part = activity.map(|activity| activity.id.to_string());
    let command = if activity.is_some() { Command::ChangeActivity } else { Command::AddActivity };
    let form = Form::of(look, sheet, command, part.as_deref(), answer);
    let empty = ActivityContent::default();
    let content = activity.map_or(&empty, |activity| &activity.content);
    let coding = content.description.codings.first();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let goals = form.links("goal", words.plan_serves(), offers::goals(&sheet.plan, &content.goals));
    let concerns = form.links("concern", words.plan_reasons(), offers::concerns(look, &content.reasons));
    let schedule = &content.schedule;
    let fields = view! {
        {form.text("description", words.plan_activity_text(), None, content.description.text.as_deref().unwrap_or_default())}
        {code_fields(look, &form, coding)}
        {form.text("often", words.plan_often(), Some(words.plan_often_hint()), schedule.often.as_deref().unwrap_or_default())}
        {form.day("start", words.start_label(), None, &day(schedule.period.start))}
        {form.day("until", words.plan_until(), None, &day(schedule.period.end))}
        {form.day("due", words.due_label(), None, &day(schedule.due))}
        {activity.is_none().then(|| who(look, sheet, &form))}
        {goals}
        {concerns}
    };
    let button = if activity.is_some() { words.plan_save_activity() } else { words.plan_add_activity() };
    form.draw(fields.into_any(), button)
}

/// Who is to do a new activity; of one that is there that is a form of its own.
fn who(look: &Look, sheet: &PlanSheet, form: &Form<'_>) -> AnyView {
    let words = look.words();
    let members = sheet.plan.team.members.iter().filter(|member| member.content.period.holds(look.today()));
    let members = members.map(|member| (member.id.to_string(), member.content.name.clone())).collect();
    form.choice("member", words.plan_who(), Some(words.plan_nobody()), members, "")
}
