//! A record is not this person's after all: what ends, and why it is so.

use std::sync::Arc;

use care_plan::snapshot::Source;
use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::LaunchDesk;
use crate::parts::{SourceBadge, TextArea};
use crate::sections::{Frame, Late, Look, Tab};
use crate::who::Missing;
use crate::words::words;

/// What the page is about.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitSheet {
    /// The source whose record it is.
    pub source: Source,
    /// The name of the Patient in forms ([`crate::desk::member_name`]).
    pub record: String,
    /// What was typed as the reason and not taken.
    pub typed: String,
    /// What was missing.
    pub missing: Option<Missing>,
}

/// The whole page for the launch in the context.
pub fn split_document(sheet: SplitSheet) -> impl IntoView {
    view! { <Page title=title_of_launch(words().split_title())><SplitPage sheet/></Page> }
}

/// Says what will end and asks for the reason.
#[component]
pub fn SplitPage(
    /// What it is about.
    sheet: SplitSheet,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let look = Look::of(&*desk, desk.glance(), &PlanQuery::default());
    view! { <Frame tab=Tab::Below late query=PlanQuery::default()>{drawn(&look, sheet)}</Frame> }
}

fn drawn(look: &Look, sheet: SplitSheet) -> AnyView {
    let words = look.words();
    let SplitSheet { source, record, typed, missing } = sheet;
    let ends = words.split_means(&source.name).into_iter().map(|line| view! { <li>{line}</li> });
    let action = look.path(&format!("split/{}", crate::sections::encoded(source.id.as_str())));
    view! {
        <div class="below">
            <p><a href=look.path("sources")>{words.back_to_sources()}</a></p>
            <h1><SourceBadge badge=look.badge(&source.id)/>" "{words.split_heading(&source.name)}</h1>
            <div class="panel">
                <h2>{words.split_ends()}</h2>
                <ul class="lines lines--marked">{ends.collect_view()}</ul>
            </div>
            <form class="panel goal-form" method="post" action=action>
                <div class=if missing.is_some() { "told told--bad" } else { "told" } role="status" id="told">{missing.map(|missing| words.missing(missing))}</div>
                <input type="hidden" name="record" value=record/>
                <label for="reason">{words.split_reason()}</label>
                <TextArea id="reason" name="reason" text=typed/>
                <p class="muted">{words.split_reason_hint()}</p>
                <button class="button button--primary">{words.split_button()}</button>
            </form>
        </div>
    }
    .into_any()
}
