//! The page about sharing: what a person shares of which record, with whom, since when and until when. The person changes
//! it here; everybody else sees what may be relied on.

use std::sync::Arc;

use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::sharing::{SHARING, SharingAnswer, SharingSheet};
use crate::desk::{Answer, LaunchDesk};
use crate::sections::{Frame, Late, Look, Tab, sharing_source};
use crate::words::words;

/// The whole page of the launch in the context; `answer` is what a form was told.
pub fn sharing_document(sheet: SharingSheet, answer: Option<Answer>) -> impl IntoView {
    view! { <Page title=title_of_launch(words().sharing())><SharingPage sheet answer/></Page> }
}

/// What is shared, in plain words.
#[component]
pub fn SharingPage(
    /// What is shared.
    sheet: SharingSheet,
    /// What a form was told.
    answer: Option<Answer>,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    view! {
        <Frame tab=Tab::Sharing late query=PlanQuery::default()>
            {drawn(&Look::of(&*desk, desk.glance(), &PlanQuery::default()), &sheet, answer.as_ref())}
        </Frame>
    }
}

fn drawn(look: &Look, sheet: &SharingSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let (heading, what) = if sheet.decides {
        (words.sharing_heading(), words.sharing_what())
    } else {
        (words.sharing_heading_team(), words.sharing_what_team())
    };
    let told = answer.and_then(|answer| answer.of::<SharingAnswer>(SHARING)).map(|told| {
        let class = match told {
            SharingAnswer::Given { .. } | SharingAnswer::TakenBack { .. } | SharingAnswer::WasOver => "told told--good",
            SharingAnswer::BadDate
            | SharingAnswer::NoLastingAccess { .. }
            | SharingAnswer::NotThePerson { .. }
            | SharingAnswer::ConnectFirst { .. }
            | SharingAnswer::NobodyDecides => "told told--bad",
        };
        view! { <p class=class role="status">{words.sharing_answer(&told)}</p> }
    });
    let purposes = || sheet.sources.iter().flat_map(|shared| &shared.purposes);
    let several = purposes().any(|purpose| !purpose.purpose.is_used() && purpose.now.is_some());
    let means = sheet.decides.then(|| {
        view! {
            <section class="panel" aria-labelledby="sharing-means">
                <h2 id="sharing-means">{words.sharing_means()}</h2>
                <ul class="lines lines--marked">
                    <li>{words.sharing_means_seen()}</li>
                    <li>{words.sharing_means_written()}</li>
                    <li>{words.sharing_means_back()}</li>
                    {several.then(|| view! { <li>{words.sharing_means_purposes()}</li> })}
                </ul>
            </section>
        }
    });
    let mut sources: Vec<_> = sheet.sources.iter().collect();
    sources.sort_by_key(|shared| look.order(&shared.source.id));
    let sources: Vec<AnyView> =
        sources.into_iter().map(|shared| sharing_source(look, shared, sheet.decides, answer)).collect();
    view! {
        <div class="below">
            <h1>{heading}</h1>
            <p>{what}</p>
            {told}
            {means}
            {sources}
        </div>
    }
    .into_any()
}
