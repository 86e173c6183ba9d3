//! What can be done to a goal besides changing what it says: support, achievement, state, notes.

use leptos::prelude::*;
use shared_plan::plan::{Achievement, Goal, GoalStatus};

use super::form::Form;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet};
use crate::sections::Look;

/// Draws the forms, each where the viewer may send it.
pub fn goal_ways(look: &Look, sheet: &PlanSheet, goal: &Goal, answer: Option<&Answer>) -> AnyView {
    let forms = [
        support(look, sheet, goal, answer),
        judge(look, sheet, goal, answer),
        state(look, sheet, goal, answer),
        note(look, sheet, goal, answer),
    ];
    forms.into_iter().flatten().collect_view().into_any()
}

/// A panel around a form; nothing where there is none.
pub fn panel(id: &'static str, heading: &'static str, form: AnyView) -> AnyView {
    view! { <section class="panel" aria-labelledby=id><h2 id=id>{heading}</h2>{form}</section> }.into_any()
}

fn support(look: &Look, sheet: &PlanSheet, goal: &Goal, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    if !sheet.may.send(Command::AnswerGoal) || !goal.status.is_open() || sheet.plan.status.is_closed() {
        return None;
    }
    let part = goal.id.to_string();
    let form = Form::of(look, sheet, Command::AnswerGoal, Some(&part), answer);
    let answers = ["agree", "disagree", "pending"];
    let answers = Vec::from(answers.map(|code| (code.to_owned(), words.plan_answer_word(code).into_any())));
    let priorities = ["high", "medium", "low"].map(|code| (code.to_owned(), words.plan_priority(code).to_owned()));
    let fields = view! {
        {form.group("answer", words.plan_support_question(), "radio", answers, &[])}
        {form.choice("priority", words.plan_matters(), Some(words.plan_not_said()), priorities.to_vec(), "")}
    };
    Some(panel("goal-support", words.plan_support_heading(), form.draw(fields.into_any(), words.plan_support_send())))
}

fn judge(look: &Look, sheet: &PlanSheet, goal: &Goal, answer: Option<&Answer>) -> Option<AnyView> {
    use GoalStatus::{Cancelled, EnteredInError, Proposed, Rejected};
    let words = look.words();
    let settled = matches!(goal.status, Cancelled | EnteredInError | Proposed | Rejected);
    if !sheet.may.send(Command::JudgeGoal) || settled || sheet.plan.status.is_closed() {
        return None;
    }
    let part = goal.id.to_string();
    let form = Form::of(look, sheet, Command::JudgeGoal, Some(&part), answer);
    let choices = Achievement::ALL.map(|value| (value.code().to_owned(), words.achievement(value.code()).0)).to_vec();
    let now = goal.achievement.as_ref().map_or("", |achieved| achieved.status.code());
    let correction = (!now.is_empty()).then(|| {
        let yes = vec![("yes".to_owned(), words.plan_correction_yes().into_any())];
        form.group("correction", words.plan_correction(), "checkbox", yes, &[])
    });
    let fields = view! {
        {form.choice("achievement", words.achievement_label(), Some(words.no_achievement()), choices, now)}
        {correction}
        {form.lines("reason", words.plan_why(), Some(words.plan_optional()), "")}
    };
    Some(panel("goal-judge", words.plan_judge(), form.draw(fields.into_any(), words.plan_judge_send())))
}

fn state(look: &Look, sheet: &PlanSheet, goal: &Goal, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let next: Vec<_> = GoalStatus::ALL.into_iter().filter(|next| goal.status.may_become(*next)).collect();
    if !sheet.may.send(Command::MoveGoal) || next.is_empty() || sheet.plan.status.is_closed() {
        return None;
    }
    let part = goal.id.to_string();
    let form = Form::of(look, sheet, Command::MoveGoal, Some(&part), answer);
    let choices = next.into_iter().map(|next| (next.code().to_owned(), words.status(Some(next.code())).0)).collect();
    let fields = view! {
        {form.choice("status", words.plan_new_state(), Some(words.plan_choose()), choices, "")}
        {form.lines("reason", words.plan_why(), Some(words.plan_why_state()), "")}
    };
    Some(panel("goal-state", words.plan_change_state(), form.draw(fields.into_any(), words.plan_change_state())))
}

fn note(look: &Look, sheet: &PlanSheet, goal: &Goal, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    if !sheet.may.send(Command::NoteGoal) || sheet.plan.status.is_closed() {
        return None;
    }
    let part = goal.id.to_string();
    let form = Form::of(look, sheet, Command::NoteGoal, Some(&part), answer);
    let fields = form.lines("text", words.note_label(), None, "");
    Some(panel("goal-note", words.plan_note(), form.draw(fields, words.plan_note_send())))
}
