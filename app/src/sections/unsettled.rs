//! Says that shared plans wait until somebody says whose they are: a plan that is not shown is never a hidden gap.

use leptos::prelude::*;

use super::look::Look;
use crate::unsettled::Unsettled;

/// Draws the notice; nothing where nothing waits. Who may not answer is told without a way to it.
pub fn unsettled(look: &Look, waiting: Unsettled) -> Option<AnyView> {
    let words = look.words();
    let here = (waiting.here > 0).then(|| {
        let link = waiting.may_settle.then(|| {
            view! { " "<a href=look.path("whose")>{words.unsettled_answer()}</a> }
        });
        let who_can = (!waiting.may_settle).then(|| format!(" {}", words.unsettled_who_can()));
        view! { <p>{words.unsettled_here(waiting.here)}{link}{who_can}</p> }
    });
    let elsewhere = (waiting.elsewhere > 0).then(|| view! { <p>{words.unsettled_elsewhere(waiting.elsewhere)}</p> });
    let unknown = waiting.unknown.then(|| view! { <p>{words.unsettled_unknown()}</p> });
    if here.is_none() && elsewhere.is_none() && unknown.is_none() {
        return None;
    }
    Some(
        view! {
            <div class="notice notice--bad" role="group" aria-label=words.unsettled_title()>{here}{elsewhere}{unknown}</div>
        }
        .into_any(),
    )
}
