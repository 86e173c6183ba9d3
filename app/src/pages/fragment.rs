//! Parts of a page drawn alone, for the islands to put in.

use std::sync::Arc;

use care_plan::plan::ItemId;
use leptos::prelude::*;

use super::PlanQuery;
use crate::desk::{Answer, LaunchDesk};
use crate::sections::{
    Look, SAVE_GOAL, Whose, allergies, board, filter_statuses, goal_facts, goal_form, goal_heading, goal_trend,
    issue_count, notes, overlays, person, source_list, unsettled, whose,
};

/// Content type of a fragment, in both directions: asked for by `Accept`, and checked before anything goes into a page.
pub const FRAGMENT_TYPE: &str = "text/fragment+html";

/// The live parts of the plan page as they are now: `GET /l/{launch}/plan/board`, sent as [`FRAGMENT_TYPE`].
pub async fn board_fragment(desk: Arc<dyn LaunchDesk>, query: PlanQuery) -> String {
    let waiting = desk.unsettled().await;
    let look = Look::of(&*desk, desk.glance(), &query);
    Owner::new()
        .with(|| view! { <div>{unsettled(&look, waiting)}{person(&look)}{allergies(&look)}{source_list(&look, false)}{issue_count(&look)}{filter_statuses(&look)}{board(&look)}</div> }.to_html())
}

/// What a form posted with `Accept: text/fragment+html` is told: the form drawn again with its answer, sent as
/// [`FRAGMENT_TYPE`]. `None` where the function has no fragment: then answer as without script.
pub async fn answer_fragment(desk: Arc<dyn LaunchDesk>, answer: &Answer) -> Option<String> {
    if answer.function != SAVE_GOAL {
        return None;
    }
    let item = ItemId(answer.typed("item")?.to_owned());
    let sheet = desk.goal(&item).await?;
    let look = Look::of(&*desk, desk.glance(), &PlanQuery::default());
    if !matches!(whose(&look), Whose::Known(_)) {
        return None;
    }
    let goal = look.plan().goals.iter().find(|goal| goal.item.id == item)?;
    let form = goal_form(&look, &sheet, Some(answer));
    Some(
        Owner::new()
            .with(|| view! { <div>{goal_heading(&look, goal)}{goal_facts(&look, goal, &sheet)}{overlays(&look, goal, &sheet, None)}{goal_trend(&look, goal)}{notes(&look, &goal.notes)}{form}</div> }.to_html()),
    )
}
