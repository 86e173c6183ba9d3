//! The page of one goal.

use std::sync::Arc;

use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::{Answer, GoalSheet, LaunchDesk};
use crate::islands::Forms;
use crate::sections::{
    Frame, Late, Look, Tab, goal_facts, goal_form, goal_heading, goal_trend, notes, overlays, withheld,
};
use crate::words::words;

/// The whole page of one goal of the launch in the context; `answer` is what its form was told when posted without script.
pub fn goal_document(sheet: GoalSheet, answer: Option<Answer>) -> impl IntoView {
    view! { <Page title=title_of_launch(words().goal_page())><GoalPage sheet answer/></Page> }
}

/// One goal: what each source says of it, its trend, its notes, and the form that changes it.
#[component]
pub fn GoalPage(
    /// The goal as its form needs it.
    sheet: GoalSheet,
    /// What the form was told.
    answer: Option<Answer>,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let waiting = late.clone();
    view! {
        <Frame tab=Tab::Below late query=PlanQuery::default()>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let look = Look::of(&*desk, waiting.picture().await, &PlanQuery::default());
                    drawn(&look, &sheet, answer.as_ref())
                })}
            </Suspense>
        </Frame>
    }
}

fn drawn(look: &Look, sheet: &GoalSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    if let Some(withheld) = withheld(look) {
        return view! { <div class="below">{withheld}</div> }.into_any();
    }
    // The launch's own record first, as everywhere.
    let mut sheet = sheet.clone();
    sheet.members.sort_by_key(|member| look.order(&member.source.id));
    let sheet = &sheet;
    let goal = look.plan().goals.iter().find(|goal| goal.item.id == sheet.item);
    let form = goal_form(look, sheet, answer);
    let record = goal.map(|goal| {
        let (heading, facts) = (goal_heading(look, goal), goal_facts(look, goal, sheet));
        let overlays = overlays(look, goal, sheet, answer);
        let (trend, notes) = (goal_trend(look, goal), notes(look, &goal.notes));
        view! {
            {heading}
            <div class="goal-page">
                <div>{facts}{overlays}{trend}{notes}</div>
                <Forms>{form}</Forms>
            </div>
        }
    });
    view! { <div class="below"><p><a href=look.item_href(&sheet.item)>{words.back_to_plan()}</a></p>{record}</div> }
        .into_any()
}
