//! Somebody of a plan's team, or the form of somebody new.

use leptos::prelude::*;
use shared_plan::plan::Member;

use super::{back, framed};
use crate::desk::Answer;
use crate::desk::shared_plan::{Part, PlanSheet};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{member_form, told};
use crate::words::words;

/// The whole page. The handler has looked that the plan has the member.
pub fn shared_member_document(sheet: PlanSheet, part: Part<Member>, answer: Option<Answer>) -> impl IntoView {
    let page = framed(move |look| drawn(look, &sheet, part, answer.as_ref()));
    view! { <Page title=title_of_launch(words().plan_team())>{page}</Page> }
}

fn drawn(look: &Look, sheet: &PlanSheet, part: Part<Member>, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let member = match part {
        Part::New => None,
        Part::Known(id) => sheet.plan.member(id),
    };
    let heading = member.map_or_else(|| words.plan_add_member().to_owned(), |member| member.content.name.clone());
    view! {
        {back(look, sheet.plan.id, &sheet.plan.content.title)}
        <h1>{heading.clone()}</h1>
        {told(look, answer, &sheet.meanwhile)}
        <section class="panel" aria-label=heading>{member_form(look, sheet, member, answer)}</section>
    }
    .into_any()
}
