//! The head of a goal's page.

use care_plan::plan::Goal;
use leptos::prelude::*;

use super::goal_card::status;
use super::look::Look;
use crate::parts::{SourceBadge, StatusChip};

/// Draws the goal's title, how it goes, and who has it.
pub fn goal_heading(look: &Look, goal: &Goal) -> AnyView {
    let (status, tone) = status(goal, look.words());
    let badges = look.badges(goal.item.members.iter().map(|member| &member.key.source));
    view! {
        <div id="goal-heading">
            <h1>{goal.item.title.clone()}</h1>
            <p class="card__row">
                <StatusChip text=status tone=tone/>
                {goal.patients_own.then(|| view! { <span class="muted">{look.words().patients_goal()}</span> })}
                {badges.into_iter().map(|badge| view! { <SourceBadge badge/> }).collect_view()}
            </p>
        </div>
    }
    .into_any()
}
