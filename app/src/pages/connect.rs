//! Which record shall join the plan that is open.

use std::sync::Arc;

use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::LaunchDesk;
use crate::sections::{ChosenFor, Frame, Late, Look, ProviderSheet, Tab, providers};
use crate::words::words;

/// The whole page for the launch in the context.
pub fn connect_document(sheet: ProviderSheet) -> impl IntoView {
    view! { <Page title=title_of_launch(words().connect_another())><ConnectPage sheet/></Page> }
}

/// Lists the providers whose record can join, below the banner that says whose plan it is.
#[component]
pub fn ConnectPage(
    /// What is offered.
    sheet: ProviderSheet,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let look = Look::of(&*desk, desk.glance(), &PlanQuery::default());
    let words = look.words();
    view! {
        <Frame tab=Tab::Below late query=PlanQuery::default()>
            <div class="below">
                <p><a href=look.path("sources")>{words.back_to_sources()}</a></p>
                <h1>{words.connect_another()}</h1>
                <p>{words.connect_how()}</p>
                <div class="panel">{providers(sheet, ChosenFor::Connecting)}</div>
            </div>
        </Frame>
    }
}
