//! Says that shared plans wait until somebody says whose they are: a plan that is not shown is never a hidden gap.

use leptos::prelude::*;

use super::fingerprint::fingerprint;
use super::look::Look;
use crate::unsettled::Unsettled;

/// Draws the notice; nothing where nothing waits. Who may not answer is told without a way to it. It follows while the page
/// is open: what is put in doubt leaves the board at the same moment.
pub fn unsettled(look: &Look, waiting: Unsettled) -> AnyView {
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
    let waits = here.is_some() || elsewhere.is_some() || unknown.is_some();
    let notice = waits.then(|| {
        view! {
            <aside class="notice notice--bad unsettled" aria-label=words.unsettled_title()>{here}{elsewhere}{unknown}</aside>
        }
    });
    let version = fingerprint(&waiting);
    view! { <div id="unsettled" data-live="" data-version=version>{notice}</div> }.into_any()
}
