//! The page of all detected issues, and what people settled about them.

use std::sync::Arc;

use leptos::prelude::*;
use serde::Deserialize;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::{Answer, LaunchDesk};
use crate::sections::{Frame, Late, Look, Tab, Wanted, board_notice, issue_list, withheld};
use crate::words::words;

/// What the address of the page may say: `/l/{launch}/reconcile?kind=difference|gap|safety`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ReconcileQuery {
    /// Which issues are shown; anything else shows all.
    pub kind: Option<String>,
    /// Ticket of what a form was told.
    pub answer: Option<String>,
}

/// The whole page of the issues of the launch in the context; `answer` is what its form was told.
pub fn reconcile_document(query: ReconcileQuery, answer: Option<Answer>) -> impl IntoView {
    view! { <Page title=title_of_launch(words().reconcile())><ReconcilePage query answer/></Page> }
}

/// Where the records differ and what the plan lacks, each with every record's version side by side.
#[component]
pub fn ReconcilePage(
    /// What the address says.
    query: ReconcileQuery,
    /// What a form was told.
    answer: Option<Answer>,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let waiting = late.clone();
    view! {
        <Frame tab=Tab::Reconcile late query=PlanQuery::default()>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let look = Look::of(&*desk, waiting.picture().await, &PlanQuery::default());
                    drawn(&look, Wanted::of(query.kind.as_deref()), answer.as_ref())
                })}
            </Suspense>
        </Frame>
    }
}

fn drawn(look: &Look, wanted: Wanted, answer: Option<&Answer>) -> AnyView {
    let content =
        withheld(look).unwrap_or_else(|| view! { {board_notice(look)}{issue_list(look, wanted, answer)} }.into_any());
    view! { <div class="below reconcile"><h1 class="hidden-text">{look.words().reconcile()}</h1>{content}</div> }
        .into_any()
}
