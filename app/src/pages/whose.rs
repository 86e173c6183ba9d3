//! Whose is this: shared plans that were written before a record was taken out of their person.

use std::sync::Arc;

use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::{Answer, LaunchDesk};
use crate::sections::{Frame, Late, Look, Tab};
use crate::unsettled::{Answered, NOT_KNOWN, STAYS, UnsettledItem, WHOSE_IS_IT};
use crate::words::words;

/// What the page is about.
#[derive(Debug, Clone, Default)]
pub struct WhoseSheet {
    /// What waits for an answer.
    pub items: Vec<UnsettledItem>,
    /// What came of the last answer.
    pub answer: Option<Answer>,
}

/// The whole page for the launch in the context.
pub fn whose_document(sheet: WhoseSheet) -> impl IntoView {
    view! { <Page title=title_of_launch(words().unsettled_title())><WhosePage sheet/></Page> }
}

/// Asks whose each is.
#[component]
pub fn WhosePage(
    /// What it is about.
    sheet: WhoseSheet,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let look = Look::of(&*desk, desk.glance(), &PlanQuery::default());
    view! { <Frame tab=Tab::Below late query=PlanQuery::default()>{drawn(&look, &sheet)}</Frame> }
}

fn drawn(look: &Look, sheet: &WhoseSheet) -> AnyView {
    let words = look.words();
    let told = sheet.answer.as_ref().and_then(|answer| answer.of::<Answered>(WHOSE_IS_IT));
    let bad = matches!(told, Some(Answered::Before | Answered::NothingChosen));
    let told = told.map(|told| words.unsettled_told(told));
    let why = if sheet.items.is_empty() {
        view! { <p>{words.unsettled_none()}</p> }.into_any()
    } else {
        view! { <p>{words.unsettled_why()}</p><p>{words.unsettled_in_doubt()}</p> }.into_any()
    };
    let items: Vec<AnyView> = sheet.items.iter().enumerate().map(|(index, item)| asked(look, index, item)).collect();
    view! {
        <div class="below">
            <p><a href=look.path("sources")>{words.back_to_sources()}</a></p>
            <h1>{words.unsettled_title()}</h1>
            <div class=if bad { "told told--bad" } else { "told" } role="status">{told}</div>
            {why}
            {items}
        </div>
    }
    .into_any()
}

/// One entry with its answers. None is chosen beforehand.
fn asked(look: &Look, index: usize, item: &UnsettledItem) -> AnyView {
    let words = look.words();
    let (heading, named, about) = (format!("whose-{index}"), format!("whose-{index}"), format!("whose-{index}"));
    let changed = item.changed.as_ref().map(|changed| {
        view! { <p class="muted">{words.unsettled_changed(changed, &look.ago(changed.at))}</p> }
    });
    let others: Vec<AnyView> = item
        .candidates
        .iter()
        .map(|candidate| choice(candidate.name.clone(), words.unsettled_goes(&candidate.source_name)))
        .collect();
    let no_other = others.is_empty().then(|| view! { <p class="muted">{words.unsettled_no_other()}</p> });
    view! {
        <article class="panel" aria-labelledby=named>
            <h2 id=heading>{words.unsettled_heading(item)}</h2>
            <p class="muted">{words.unsettled_begun(&item.begun, &look.ago(item.begun.at))}</p>
            {changed}
            <form method="post" action=look.path("whose")>
                <input type="hidden" name="document" value=item.name.clone()/>
                <input type="hidden" name="question" value=item.question.to_string()/>
                <fieldset class="choices" aria-labelledby=about>
                    {choice(STAYS.to_owned(), words.unsettled_stays().to_owned())}
                    {others}
                    {no_other}
                    {choice(NOT_KNOWN.to_owned(), words.unsettled_not_known().to_owned())}
                </fieldset>
                <button class="button button--primary">{words.unsettled_save()}</button>
            </form>
        </article>
    }
    .into_any()
}

fn choice(value: String, words: String) -> AnyView {
    view! {
        <div class="choice"><label><input type="radio" name="whose" value=value/>" "{words}</label></div>
    }
    .into_any()
}
