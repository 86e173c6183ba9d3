//! The head of a goal's page.

use care_plan::plan::Goal;
use leptos::prelude::*;

use super::goal_card::status;
use super::look::Look;
use super::said::{Said, statuses};

/// Draws the goal's title, how it goes, and who has it.
pub fn goal_heading(look: &Look, goal: &Goal) -> AnyView {
    let said: Vec<Said<'_>> = (goal.item.members.iter().zip(&goal.statements))
        .map(|(member, said)| Said { member, title: &said.title, status: status(said, look.words()), when: None })
        .collect();
    view! {
        <div id="goal-heading">
            <h1>{goal.item.title.clone()}</h1>
            <p class="card__row">
                {goal.patients_own.then(|| view! { <span class="muted">{look.words().patients_goal()}</span> })}
                {statuses(look, &goal.item, &said)}
            </p>
        </div>
    }
    .into_any()
}
