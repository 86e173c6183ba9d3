//! The way to the shared plan, and why there is none.

use leptos::prelude::*;

use crate::desk::shared_plan::SharedPlanDoor;
use crate::sections::Look;

/// Draws the line that leads to the shared plan, or says why there is none; nothing where there is no such service.
pub fn door_line(look: &Look) -> Option<AnyView> {
    let words = look.words();
    let href = look.path("shared-plan");
    match look.shared_plan() {
        SharedPlanDoor::Open => Some(
            view! { <p class="notice shared-door">{words.plan_door()}" "<a href=href>{words.plan_door_open()}</a></p> }
                .into_any(),
        ),
        SharedPlanDoor::NotLicensed => Some(
            view! { <p class="notice shared-door">{words.plan_not_licensed_short()}" "<a href=href>{words.plan_why_not()}</a></p> }
                .into_any(),
        ),
        SharedPlanDoor::None => None,
    }
}

/// Says that the organisation has no licence, before anybody types.
pub fn not_licensed(look: &Look) -> AnyView {
    let words = look.words();
    view! {
        <div class="notice notice--bad" role="group" aria-labelledby="not-licensed">
            <h2 id="not-licensed">{words.plan_not_licensed()}</h2>
            <p>{words.plan_not_licensed_what()}</p>
        </div>
    }
    .into_any()
}
