//! "Are you sure?", on a page of its own, for what ends something inside a frame: whoever frames us can lead one click
//! astray, and not two on two pages (smart-launch E6).

use std::sync::Arc;

use access::{ConsentId, Purpose};
use care_plan::snapshot::Source;
use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::LaunchDesk;
use crate::parts::SourceBadge;
use crate::sections::{Frame, Late, Look, Tab, encoded};
use crate::words::{Words, words};

/// What is about to end.
#[derive(Debug, Clone, PartialEq)]
pub enum Sure {
    /// A source is disconnected from the plan.
    Disconnect {
        /// The source.
        source: Source,
        /// The name of the Patient in forms ([`crate::desk::member_name`]).
        record: String,
    },
    /// A consent is taken back.
    TakeBack {
        /// The source.
        source: Source,
        /// The consent.
        consent: ConsentId,
        /// What it is for.
        purpose: Purpose,
        /// True where the organisation goes on reading there by a registration of its own.
        reads_itself: bool,
    },
}

/// The whole page for the launch in the context.
pub fn sure_document(sure: Sure) -> impl IntoView {
    view! { <Page title=title_of_launch(words().sure_title())><SurePage sure/></Page> }
}

/// Says what will end, and asks for the second word.
#[component]
pub fn SurePage(
    /// What is about to end.
    sure: Sure,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let look = Look::of(&*desk, desk.glance(), &PlanQuery::default());
    view! { <Frame tab=Tab::Below late query=PlanQuery::default()>{drawn(&look, &sure)}</Frame> }
}

fn drawn(look: &Look, sure: &Sure) -> AnyView {
    let words = look.words();
    let asked = asked(words, sure);
    let ends = asked.ends.into_iter().map(|line| view! { <li>{line}</li> });
    view! {
        <div class="below">
            <h1><SourceBadge badge=look.badge(&asked.source.id)/>" "{asked.heading}</h1>
            <p><strong>{words.sure_nothing_yet()}</strong></p>
            <div class="panel">
                <h2>{words.sure_ends()}</h2>
                <ul class="lines lines--marked">{ends.collect_view()}</ul>
            </div>
            <p><a class="button" href=look.path(asked.back)>{words.sure_back()}</a></p>
            <form class="panel" method="post" action=look.path(&asked.action)>
                <input type="hidden" name=asked.field.0 value=asked.field.1/>
                <input type="hidden" name="sure" value="yes"/>
                <button class="button button--primary">{asked.button}</button>
            </form>
        </div>
    }
    .into_any()
}

/// What the page says and where its form goes.
struct Asked<'a> {
    source: &'a Source,
    heading: String,
    ends: Vec<String>,
    action: String,
    field: (&'static str, String),
    button: &'static str,
    back: &'static str,
}

fn asked(words: Words, sure: &Sure) -> Asked<'_> {
    match sure {
        Sure::Disconnect { source, record } => Asked {
            source,
            heading: words.sure_disconnect(&source.name),
            ends: words.disconnect_means(&source.name).into(),
            action: format!("disconnect/{}", encoded(source.id.as_str())),
            field: ("record", record.clone()),
            button: words.disconnect(),
            back: "sources",
        },
        Sure::TakeBack { source, consent, purpose, reads_itself } => Asked {
            source,
            heading: words.sure_take_back(&source.name, *purpose),
            ends: std::iter::once(words.sharing_means_back().to_owned())
                .chain(reads_itself.then(|| words.sharing_reads_itself(&source.name, true)))
                .collect(),
            action: "sharing/revoke".to_owned(),
            field: ("consent", consent.to_string()),
            button: words.sharing_take_back(),
            back: "sharing",
        },
    }
}
