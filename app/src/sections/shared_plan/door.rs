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
        SharedPlanDoor::ReadOnly => Some(
            view! { <p class="notice shared-door">{words.plan_door()}" "{words.plan_read_only_short()}" "<a href=href>{words.plan_door_open()}</a></p> }
                .into_any(),
        ),
        SharedPlanDoor::NotLicensed => Some(
            view! { <p class="notice shared-door">{words.plan_not_licensed_short()}" "<a href=href>{words.plan_why_not()}</a></p> }
                .into_any(),
        ),
        SharedPlanDoor::None => None,
    }
}

/// Says that the organisation has no licence, before anybody types; nothing where it has one.
pub fn unlicensed(look: &Look) -> Option<AnyView> {
    matches!(look.shared_plan(), SharedPlanDoor::ReadOnly | SharedPlanDoor::NotLicensed).then(|| not_licensed(look))
}

/// Says that the organisation has no licence, and what that means for what is kept already.
pub fn not_licensed(look: &Look) -> AnyView {
    let words = look.words();
    let (heading, what) = match look.shared_plan() {
        SharedPlanDoor::ReadOnly => (words.plan_read_only(), words.plan_read_only_what()),
        SharedPlanDoor::Open | SharedPlanDoor::NotLicensed | SharedPlanDoor::None => {
            (words.plan_not_licensed(), words.plan_not_licensed_what())
        }
    };
    view! {
        <div class="notice notice--bad" role="group" aria-labelledby="not-licensed">
            <h2 id="not-licensed">{heading}</h2>
            <p>{what}</p>
        </div>
    }
    .into_any()
}
