//! What the readings say of a goal, beside what its records say: proposed with the reason, never put in their place.

use care_plan::plan::Goal;
use care_plan::trend::{AchievementProposal, Judged, propose};
use leptos::prelude::*;

use super::look::Look;
use super::measure::{figures, unit};
use crate::parts::StatusChip;

/// Draws what the readings suggest, where a record says something else or nothing.
pub fn chip(look: &Look, goal: &Goal) -> Option<AnyView> {
    let achievement = proposal(look, goal)?.achievement?;
    let (text, tone) = look.words().achievement(achievement.code());
    let said = |code: &Option<String>| code.as_deref() == Some(achievement.code());
    if goal.statements.iter().all(|statement| said(&statement.achievement_status)) {
        return None;
    }
    Some(view! { <StatusChip text=look.words().by_readings(&text) tone/> }.into_any())
}

/// Draws what the readings suggest with the readings and the targets that it was judged by.
pub fn reason(look: &Look, goal: &Goal) -> Option<AnyView> {
    let words = look.words();
    let proposal = proposal(look, goal)?;
    let told = match proposal.achievement {
        Some(achievement) => words.by_readings(&words.achievement(achievement.code()).0),
        None => words.readings_too_old(proposal.because.iter().map(|judged| judged.age).min()?),
    };
    let mut because: Vec<String> = proposal.because.iter().map(|judged| because(look, judged)).collect();
    because.dedup();
    Some(view! { <p class="muted">{told}": "{because.join("; ")}</p> }.into_any())
}

fn proposal(look: &Look, goal: &Goal) -> Option<AchievementProposal> {
    propose(goal, &look.plan().outcomes, look.today())
}

fn because(look: &Look, judged: &Judged) -> String {
    let words = look.words();
    let value = |value| format!("{} {}", figures(value, words), unit(value)).trim().to_owned();
    let previous = judged.previous.as_ref().map(|point| value(&point.value));
    words.by_readings_because(&value(&judged.latest.value), &look.date(&judged.latest.when), previous.as_deref())
}
