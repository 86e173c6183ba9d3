//! The page that starts a shared plan from the consolidated view.

use leptos::prelude::*;
use shared_plan::plan::PlanContent;

use super::framed;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, SharedPlanDoor};
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::Look;
use crate::sections::shared_plan::{Form, content_fields, not_licensed, team_fields, told};
use crate::words::words;

/// The whole page; `may` is false where the viewer may not start one, `answer` is what the form was told.
pub fn shared_start_document(may: bool, answer: Option<Answer>) -> impl IntoView {
    let page = framed(move |look| drawn(look, may, answer.as_ref()));
    view! { <Page title=title_of_launch(words().plan_start())>{page}</Page> }
}

fn drawn(look: &Look, may: bool, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let back = view! { <p><a href=look.path("shared-plan")>{words.plan_back_to_list()}</a></p> };
    if look.shared_plan() != SharedPlanDoor::Open {
        return view! { {back}<h1>{words.plan_start()}</h1>{not_licensed(look)} }.into_any();
    }
    let form = Form::of_person(look, Command::Start, may, answer);
    let fields = view! { {content_fields(look, &form, &PlanContent::default())}{team_fields(look, &form)} };
    view! {
        {back}
        <h1>{words.plan_start()}</h1>
        <p>{words.plan_start_what()}</p>
        {told(look, answer, &[])}
        <section class="panel" aria-label=words.plan_start()>{form.draw(fields.into_any(), words.plan_start())}</section>
    }
    .into_any()
}
