//! The page of one goal.

use leptos::prelude::*;

use super::Page;
use crate::desk::{Answer, GoalSheet};

/// The whole page of one goal of the launch in the context; `answer` is what its form was told when posted without script.
pub fn goal_document(sheet: GoalSheet, answer: Option<Answer>) -> impl IntoView {
    view! { <Page title="Goal · Accord".to_owned()><GoalPage sheet answer/></Page> }
}

/// One goal: what each source says of it, its trend, its notes, and the form that changes it.
#[component]
pub fn GoalPage(
    /// The goal as its form needs it.
    sheet: GoalSheet,
    /// What the form was told.
    answer: Option<Answer>,
) -> impl IntoView {
    let _ = (sheet, answer);
}
