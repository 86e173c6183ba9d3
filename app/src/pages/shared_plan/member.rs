//! Somebody of a plan's team, or the form of somebody new.

use leptos::prelude::*;
use shared_plan::plan::Member;

use super::{back, framed_plan};
use crate::desk::Answer;
use crate::desk::shared_plan::{DirectoryLook, Part, PlanSheet};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{directory, member_form, told};
use crate::words::words;

/// The whole page. The handler has looked that the plan has the member.
pub fn shared_member_document(sheet: PlanSheet, part: Part<Member>, answer: Option<Answer>) -> impl IntoView {
    let looked = use_context::<DirectoryLook>();
    let page = framed_plan(sheet, answer, move |look, sheet, answer| drawn(look, sheet, part, answer, looked.as_ref()));
    view! { <Page title=title_of_launch(words().plan_team())>{page}</Page> }
}

fn drawn(
    look: &Look,
    sheet: &PlanSheet,
    part: Part<Member>,
    answer: Option<&Answer>,
    looked: Option<&DirectoryLook>,
) -> AnyView {
    let words = look.words();
    let member = match part {
        Part::New => None,
        Part::Known(id) => sheet.plan.member(id),
    };
    let may = sheet.may.write && !sheet.plan.status.is_closed();
    let picked = looked.and_then(|looked| Some((looked.sought.as_str(), looked.picked.as_ref()?)));
    let heading = member.map_or_else(|| words.plan_add_member().to_owned(), |member| member.content.name.clone());
    view! {
        {back(look, sheet.plan.id, &sheet.plan.content.title)}
        <h1>{heading.clone()}</h1>
        {told(look, answer, &sheet.meanwhile)}
        {may.then(|| looked.map(|looked| directory(look, looked)))}
        <section class="panel" aria-label=heading>{member_form(look, sheet, member, answer, picked)}</section>
    }
    .into_any()
}
