//! The page of the sources.

use std::sync::Arc;

use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::{Answer, LaunchDesk};
use crate::functions::RetryAnswer;
use crate::sections::shared_plan::door_line;
use crate::sections::{Frame, Late, Look, Tab, Whose, aside, identity, source_matrix, source_report, whose};
use crate::who::{Ties, WHO_IS_IT, WhoTold};
use crate::words::words;

/// The whole page of the sources of the launch in the context; `answer` is what a form without script was told.
pub fn sources_document(answer: Option<Answer>) -> impl IntoView {
    view! { <Page title=title_of_launch(words().sources())><SourcesPage answer/></Page> }
}

/// What was read where, what could not be read and why, and what says that the records are one person's.
#[component]
pub fn SourcesPage(
    /// What a form was told.
    answer: Option<Answer>,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let waiting = late.clone();
    view! {
        <Frame tab=Tab::Sources late query=PlanQuery::default()>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let look = Look::of(&*desk, waiting.picture().await, &PlanQuery::default());
                    let known = desk.ties().await;
                    drawn(&look, answer.as_ref(), &known)
                })}
            </Suspense>
        </Frame>
    }
}

fn drawn(look: &Look, answer: Option<&Answer>, known: &Ties) -> AnyView {
    let words = look.words();
    let told = answer.and_then(|answer| {
        let retried = answer.of::<RetryAnswer>("retry_source");
        let retried = retried.map(|told| words.retried(told == RetryAnswer::Started).to_owned());
        retried.or_else(|| answer.of::<WhoTold>(WHO_IS_IT).map(|told| words.who_told(&told)))
    });
    let told = told.map(|told| view! { <p class="told" role="status">{told}</p> });
    let reports: Vec<AnyView> = look.records().into_iter().map(|record| source_report(look, record, known)).collect();
    // Nothing of a plan is told before it is known whose it is.
    let set_aside = matches!(whose(look), Whose::Known(_)).then(|| aside(look));
    view! {
        <div class="below">
            <h1>{words.sources_heading()}</h1>
            {told}
            <div class="panel source-reports">{reports}</div>
            <p><a class="button" href=look.path("connect")>{words.connect_another()}</a></p>
            {door_line(look)}
            {identity(look)}
            {source_matrix(look)}
            {set_aside}
        </div>
    }
    .into_any()
}
