//! How many issues are open, beside the tab.

use leptos::prelude::*;

use super::look::Look;
use super::whose::{Whose, whose};
use crate::parts::Hidden;

/// Draws the number of open issues; nothing where there is none, or where it is not known whose plan this is.
pub fn issue_count(look: &Look) -> AnyView {
    let known = matches!(whose(look), Whose::Known(_));
    let open = look.plan().issues.iter().filter(|issue| issue.standing.is_open()).count();
    let shown = (known && open > 0).then(|| {
        view! { " "<span class="tabs__count" aria-hidden="true">{open}</span><Hidden text=look.words().issues_open(open)/> }
    });
    view! { <span id="issue-count" data-live="" data-version=format!("{open}-{known}")>{shown}</span> }.into_any()
}
