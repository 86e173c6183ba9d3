//! The plan page.

use leptos::prelude::*;
use serde::Deserialize;

use super::Page;

/// What the address of the plan page may say: `/l/{launch}/plan?item=…&show=all&answer=…`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PlanQuery {
    /// Item whose thread is lit.
    pub item: Option<String>,
    /// `all` shows every status; anything else shows what is active.
    pub show: Option<String>,
    /// Ticket of the answer to a form that was posted without script.
    pub answer: Option<String>,
}

/// The whole plan page of the launch in the context.
pub fn plan_document(query: PlanQuery) -> impl IntoView {
    view! { <Page title="Care plan · Accord".to_owned()><PlanPage query/></Page> }
}

/// The plan of the launch in the context.
#[component]
pub fn PlanPage(
    /// What the address says.
    query: PlanQuery,
) -> impl IntoView {
    let _ = query;
}
