//! The page of all detected issues: reading only.

use std::sync::Arc;

use leptos::prelude::*;
use serde::Deserialize;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::LaunchDesk;
use crate::sections::{Frame, Late, Look, Tab, Wanted, board_notice, issue_list, withheld};
use crate::words::words;

/// What the address of the page may say: `/l/{launch}/reconcile?kind=difference|gap|safety`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ReconcileQuery {
    /// Which issues are shown; anything else shows all.
    pub kind: Option<String>,
}

/// The whole page of the issues of the launch in the context.
pub fn reconcile_document(query: ReconcileQuery) -> impl IntoView {
    view! { <Page title=title_of_launch(words().reconcile())><ReconcilePage query/></Page> }
}

/// Where the records differ and what the plan lacks, each with every record's version side by side.
#[component]
pub fn ReconcilePage(
    /// What the address says.
    query: ReconcileQuery,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let waiting = late.clone();
    view! {
        <Frame tab=Tab::Reconcile late query=PlanQuery::default()>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let look = Look::of(&*desk, waiting.picture().await, &PlanQuery::default());
                    drawn(&look, Wanted::of(query.kind.as_deref()))
                })}
            </Suspense>
        </Frame>
    }
}

fn drawn(look: &Look, wanted: Wanted) -> AnyView {
    let content = withheld(look).unwrap_or_else(|| view! { {board_notice(look)}{issue_list(look, wanted)} }.into_any());
    view! { <div class="below reconcile"><h1 class="hidden-text">{look.words().reconcile()}</h1>{content}</div> }
        .into_any()
}
