//! The pages of the shared plan: `/l/{launch}/shared-plan…`.

mod activity;
mod change;
mod close;
mod concern;
mod goal;
mod list;
mod member;
mod plan;
mod start;
mod versions;

use std::sync::Arc;

use leptos::prelude::*;
use shared_plan::plan::Plan;

use super::PlanQuery;
use crate::desk::shared_plan::{FormerFields, Forms, PlanSheet};
use crate::desk::{Answer, LaunchDesk};
use crate::sections::shared_plan::unlicensed;
use crate::sections::{Frame, Late, Look, Tab, withheld};

pub use activity::shared_activity_document;
pub use change::shared_change_document;
pub use close::shared_close_document;
pub use concern::shared_concern_document;
pub use goal::shared_goal_document;
pub use list::shared_plans_document;
pub use member::shared_member_document;
pub use plan::shared_plan_document;
pub use start::shared_start_document;
pub use versions::shared_versions_document;

/// The frame of a page of the shared plan. Nothing clinical is drawn before it is known whose plan this is.
fn framed(draw: impl Fn(&Look) -> AnyView + Send + 'static) -> AnyView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let late = Late::begin(desk.clone());
    let waiting = late.clone();
    view! {
        <Frame tab=Tab::SharedPlan late query=PlanQuery::default()>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let look = Look::of(&*desk, waiting.picture().await, &PlanQuery::default());
                    let content = withheld(&look).unwrap_or_else(|| draw(&look));
                    view! { <div class="below">{content}</div> }
                })}
            </Suspense>
        </Frame>
    }
    .into_any()
}

/// The frame of a page about one plan. Where a form of it came too late, its page is drawn first as it was when the form was
/// opened, for what stood in the fields, and then as it is now beside that.
fn framed_plan(
    sheet: PlanSheet,
    answer: Option<Answer>,
    draw: impl Fn(&Look, &PlanSheet, Option<&Answer>) -> AnyView + Send + 'static,
) -> AnyView {
    framed(move |look| {
        let Some(base) = &sheet.base else { return draw(look, &sheet, answer.as_ref()) };
        let former = FormerFields::default();
        let (plan, forms) = (Plan::clone(base), Forms::Former(former.clone()));
        drop(draw(look, &PlanSheet { plan, forms, base: None, ..sheet.clone() }, None));
        draw(look, &PlanSheet { forms: Forms::Late(former), base: None, ..sheet.clone() }, answer.as_ref())
    })
}

/// The way back to a plan, and why nothing can be changed where that is so.
fn back(look: &Look, plan: impl std::fmt::Display, title: &str) -> AnyView {
    let href = look.path(&format!("shared-plan/{plan}"));
    view! { <p><a href=href>{look.words().plan_back(title)}</a></p>{unlicensed(look)} }.into_any()
}
