//! What can be done to an activity besides changing what it says: who does it, that it is done, its state, notes.

use leptos::prelude::*;
use shared_plan::plan::{Activity, ActivityStatus, Member};

use super::form::Form;
use super::goal_ways::panel;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet};
use crate::sections::Look;

/// Draws the forms, each where the viewer may send it.
pub fn activity_ways(look: &Look, sheet: &PlanSheet, activity: &Activity, answer: Option<&Answer>) -> AnyView {
    let forms = [
        complete(look, sheet, activity, answer),
        assign(look, sheet, activity, answer),
        state(look, sheet, activity, answer),
        note(look, sheet, activity, answer),
    ];
    forms.into_iter().flatten().collect_view().into_any()
}

fn complete(look: &Look, sheet: &PlanSheet, activity: &Activity, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let can = activity.status.may_become(ActivityStatus::Completed) && !sheet.plan.status.is_closed();
    if !sheet.may.send(Command::CompleteActivity) || !can {
        return None;
    }
    let part = activity.id.to_string();
    let form = Form::of(look, sheet, Command::CompleteActivity, Some(&part), answer);
    let fields = view! {
        {form.day("day", words.plan_done_day(), None, &look.today().to_string())}
        {form.text("outcome", words.plan_outcome(), Some(words.plan_optional()), "")}
    };
    Some(panel("activity-done", words.plan_done(), form.draw(fields.into_any(), words.plan_done_send())))
}

fn assign(look: &Look, sheet: &PlanSheet, activity: &Activity, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let can = activity.status.is_open() && !sheet.plan.status.is_closed();
    if !sheet.may.send(Command::AssignActivity) || !can {
        return None;
    }
    let part = activity.id.to_string();
    let form = Form::of(look, sheet, Command::AssignActivity, Some(&part), answer);
    // Who has left and still has it is named: saving the form as it stands takes it from nobody.
    let may_do = |member: &&Member| activity.assigned == Some(member.id) || member.content.period.holds(look.today());
    let members = sheet.plan.team.members.iter().filter(may_do);
    let members = members.map(|member| (member.id.to_string(), member.content.name.clone())).collect();
    let now = activity.assigned.map(|id| id.to_string()).unwrap_or_default();
    let fields = form.choice("member", words.plan_who(), Some(words.plan_nobody()), members, &now);
    Some(panel("activity-who", words.plan_who(), form.draw(fields, words.plan_assign())))
}

fn state(look: &Look, sheet: &PlanSheet, activity: &Activity, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let next = ActivityStatus::ALL.into_iter();
    let next: Vec<_> =
        next.filter(|next| activity.status.may_become(*next) && *next != ActivityStatus::Completed).collect();
    if !sheet.may.send(Command::MoveActivity) || next.is_empty() || sheet.plan.status.is_closed() {
        return None;
    }
    let part = activity.id.to_string();
    let form = Form::of(look, sheet, Command::MoveActivity, Some(&part), answer);
    let choices = next.into_iter().map(|next| (next.code().to_owned(), words.status(Some(next.code())).0)).collect();
    let fields = view! {
        {form.choice("status", words.plan_new_state(), Some(words.plan_choose()), choices, "")}
        {form.lines("reason", words.plan_why(), Some(words.plan_why_state()), "")}
    };
    Some(panel("activity-state", words.plan_change_state(), form.draw(fields.into_any(), words.plan_change_state())))
}

fn note(look: &Look, sheet: &PlanSheet, activity: &Activity, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    if !sheet.may.send(Command::NoteActivity) || sheet.plan.status.is_closed() {
        return None;
    }
    let part = activity.id.to_string();
    let form = Form::of(look, sheet, Command::NoteActivity, Some(&part), answer);
    let fields = form.lines("text", words.note_label(), None, "");
    Some(panel("activity-note", words.plan_note(), form.draw(fields, words.plan_note_send())))
}
