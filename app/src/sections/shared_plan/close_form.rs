//! The form that closes a plan: it asks about every activity and every goal that is still open.

use leptos::prelude::*;
use shared_plan::commands::GoalLeft;
use shared_plan::plan::{Goal, PlanStatus};

use super::form::Form;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet};
use crate::sections::Look;

/// Draws the form. Nothing is chosen for the user, neither how the plan ends nor what becomes of an activity or a goal.
pub fn close_form(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let form = Form::of(look, sheet, Command::Close, None, answer);
    let today = look.today().to_string();
    let ends = ["completed", "revoked", "entered-in-error"].into_iter();
    let ends = ends
        .filter(|code| {
            PlanStatus::ALL.into_iter().any(|status| status.code() == *code && sheet.plan.status.may_become(status))
        })
        .map(|code| (code.to_owned(), words.plan_end(code).into_any()))
        .collect();
    let open: Vec<AnyView> = (sheet.plan.open_activities())
        .map(|activity| {
            let field = format!("open-{}", activity.id);
            let title = activity.content.description.title().to_owned();
            let ways =
                Vec::from(["cancel", "completed"].map(|code| (code.to_owned(), words.plan_left(code).into_any())));
            view! {
                {form.group(&field, title, "radio", ways, &[])}
                {form.day(&format!("day-{}", activity.id), words.plan_left_day(), None, &today)}
            }
            .into_any()
        })
        .collect();
    let asks = (!open.is_empty()).then(|| view! { <h2>{words.plan_close_open()}</h2> });
    let goals: Vec<AnyView> = sheet.plan.open_goals().map(|goal| ends_of(look, &form, goal)).collect();
    let asks_goals = (!goals.is_empty()).then(|| {
        view! {
            <h2>{words.plan_close_goals()}</h2>
            <p>{words.plan_close_goals_what()}</p>
        }
    });
    let fields = view! {
        {form.group("to", words.plan_how_ends(), "radio", ends, &[])}
        {asks}
        {open}
        {asks_goals}
        {goals}
        {form.lines("reason", words.plan_why(), None, "")}
    };
    form.draw(fields.into_any(), words.plan_close())
}

/// How a goal can end; one that nobody has begun is not over, only given up.
fn ends_of(look: &Look, form: &Form<'_>, goal: &Goal) -> AnyView {
    let ways = [("cancel", GoalLeft::Cancel), ("completed", GoalLeft::Completed), ("achieved", GoalLeft::Achieved)];
    let ways = ways.into_iter().filter(|(_, left)| goal.status.may_become(left.ends()));
    let ways = ways.map(|(code, _)| (code.to_owned(), look.words().plan_goal_left(code).into_any())).collect();
    form.group(&format!("ends-{}", goal.id), goal.content.description.title().to_owned(), "radio", ways, &[])
}
