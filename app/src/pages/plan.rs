//! The plan page.

use std::sync::Arc;

use leptos::prelude::*;
use serde::Deserialize;

use super::Page;
use super::shell::title_of_launch;
use crate::desk::{Answer, LaunchDesk};
use crate::functions::RetryAnswer;
use crate::islands::{Live, Threads};
use crate::sections::{Frame, Late, Look, Tab, board, filters};
use crate::words::words;

/// What the address of the plan page may say: `/l/{launch}/plan?item=…&show=all&q=…&answer=…`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PlanQuery {
    /// Item whose thread is lit.
    pub item: Option<String>,
    /// `all` shows every status, `overdue` what is late, `link` what needs one; anything else shows what is active.
    pub show: Option<String>,
    /// Words that the entries shown must hold.
    pub q: Option<String>,
    /// Ticket of the answer to a form that was posted without script.
    pub answer: Option<String>,
}

/// The whole plan page of the launch in the context.
pub fn plan_document(query: PlanQuery) -> impl IntoView {
    view! { <Page title=title_of_launch(words().care_plan())><PlanPage query/></Page> }
}

/// The plan of the launch in the context.
#[component]
pub fn PlanPage(
    /// What the address says.
    query: PlanQuery,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let (waiting, asked) = (late.clone(), query.clone());
    view! {
        <Frame tab=Tab::Plan late query>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let answer = match asked.answer.as_deref() {
                        Some(ticket) => desk.answer(ticket).await,
                        None => None,
                    };
                    let look = Look::of(&*desk, waiting.picture().await, &asked);
                    let stays = desk.is_from_panel() || shows_another_record(&look);
                    drawn(&look, answer.as_ref(), stays)
                })}
            </Suspense>
        </Frame>
    }
}

/// True where more than the launch's own record is shown. Such a record may turn out to be somebody else's and be taken
/// out in another window: no screen goes on showing it. The shared plan is one, and is changed by others while one looks.
fn shows_another_record(look: &Look) -> bool {
    look.records().iter().any(|record| record.patient.is_some() && record.source.id != *look.home())
}

/// `stays`: what is shown may be taken back, and the page follows when it is.
fn drawn(look: &Look, answer: Option<&Answer>, stays: bool) -> AnyView {
    let words = look.words();
    let told = answer.and_then(|answer| answer.of::<RetryAnswer>("retry_source"));
    let told =
        told.map(|told| view! { <p class="told" role="status">{words.retried(told == RetryAnswer::Started)}</p> });
    let (filters, board) = (filters(look), board(look));
    let fragment = look.path("plan/board") + &look.address_words(None, look.show(), true);
    view! {
        <h1 class="hidden-text">{words.care_plan()}</h1>
        {told}
        {filters}
        <Threads lit=words.thread_lit().to_owned() dark=words.thread_dark().to_owned()>{board}</Threads>
        <Live events=look.path("events") revision=look.path("revision") fragment changed=words.board_changed().to_owned() stays/>
    }
    .into_any()
}
