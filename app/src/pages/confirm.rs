//! Are the Patients of two sources one person? Both are shown, nothing is chosen beforehand (smart-launch P9).

use std::sync::Arc;

use access::person::likeness::{Likeness, compare};
use leptos::prelude::*;

use super::shell::title_of_launch;
use super::{Page, PlanQuery};
use crate::desk::LaunchDesk;
use crate::sections::{Frame, Late, Look, Tab, side_by_side};
use crate::who::{Missing, PersonQuestion, Raised};
use crate::words::words;

/// The whole page of a question of the launch in the context; `missing` is what an answer lacked.
pub fn confirm_document(question: PersonQuestion, missing: Option<Missing>) -> impl IntoView {
    view! { <Page title=title_of_launch(words().confirm_title())><ConfirmPage question missing/></Page> }
}

/// Both records, why it is asked, what each answer does, and the form.
#[component]
pub fn ConfirmPage(
    /// The question.
    question: PersonQuestion,
    /// What an answer lacked.
    missing: Option<Missing>,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let look = Look::of(&*desk, desk.glance(), &PlanQuery::default());
    view! { <Frame tab=Tab::Below late query=PlanQuery::default()>{drawn(&look, &question, missing)}</Frame> }
}

fn drawn(look: &Look, question: &PersonQuestion, missing: Option<Missing>) -> AnyView {
    let words = look.words();
    let (own, other) = (&question.own.facts, &question.other.facts);
    let different = matches!(compare(own, other), Likeness::Different(_));
    let why = [
        different.then_some(words.confirm_why_different()),
        (!own.tell_who() || !other.tell_who()).then_some(words.confirm_why_too_little()),
        question.of_another.then_some(words.confirm_why_another()),
    ];
    let found = (question.raised == Raised::Search).then(|| words.confirm_why_found(&question.other.source.name));
    let found = found.map(|found| view! { <p>{found}</p> });
    let why = why.into_iter().flatten().map(|why| view! { <p>{why}</p> });
    let means = words.confirm_yes_means(&question.other.source.name, question.of_another);
    view! {
        <div class="below">
            <h1>{words.confirm_heading()}</h1>
            <div class=if missing.is_some() { "told told--bad" } else { "told" } role="status" id="told">{missing.map(|missing| words.missing(missing))}</div>
            <div class="panel">
                {found}
                {why.collect_view()}
                <p><strong>{words.confirm_nothing_yet()}</strong></p>
                {side_by_side(look, question)}
            </div>
            <div class="panel">
                <h2>{words.confirm_if_yes()}</h2>
                <p>{means}</p>
                <p>{words.confirm_undo()}</p>
                <h2>{words.confirm_if_no()}</h2>
                <p>{words.confirm_no_means(question.raised)}</p>
            </div>
            {form(look, question)}
        </div>
    }
    .into_any()
}

fn form(look: &Look, question: &PersonQuestion) -> AnyView {
    let words = look.words();
    let yes = match question.withheld {
        None => view! {
            <div class="choice">
                <label><input type="radio" name="answer" value="yes"/>" "{words.answer_yes()}</label>
                <label class="choice__below"><input type="checkbox" name="checked" value="yes"/>" "{words.answer_checked()}</label>
            </div>
        }
        .into_any(),
        Some(why) => view! { <p class="notice">{words.confirm_withheld(why)}</p> }.into_any(),
    };
    view! {
        <form class="panel" method="post" action=look.path(&format!("confirm/{}", question.id))>
            <fieldset class="choices" aria-describedby="told">
                <legend><h2>{words.confirm_legend()}</h2></legend>
                {yes}
                <div class="choice"><label><input type="radio" name="answer" value="no"/>" "{words.answer_no()}</label></div>
                <div class="choice">
                    <label><input type="radio" name="answer" value="unknown" aria-describedby="unknown-means"/>" "{words.answer_unknown()}</label>
                    <p class="muted choice__below" id="unknown-means">{words.answer_unknown_means()}</p>
                </div>
            </fieldset>
            <button class="button button--primary">{words.answer_save()}</button>
        </form>
    }
    .into_any()
}
