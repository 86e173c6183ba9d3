//! What of the plan is shown: by status, and by words. Plain links and a plain form; the address holds it all.

use leptos::prelude::*;

use super::look::Look;
use super::show::Show;

/// Draws the filters above the board.
pub fn filters(look: &Look) -> AnyView {
    let words = look.words();
    let lit = look.lit_item().map(ToString::to_string);
    let disabled = lit.is_none();
    view! {
        <div class="filters">
            <form class="filters__words" role="search" aria-label=words.filter_plan() method="get" action=look.path("plan")>
                <input class="field" type="search" name="q" maxlength="200" aria-label=words.filter_plan()
                    placeholder=words.filter_hint() value=look.sought().to_owned()/>
                {look.show().word().map(|word| view! { <input type="hidden" name="show" value=word/> })}
                <input type="hidden" name="item" value=lit disabled=disabled data-filter=""/>
                <button class="button button--small">{words.filter_button()}</button>
            </form>
            {statuses(look)}
        </div>
    }
    .into_any()
}

/// Draws the filters by status and need; their numbers follow the reading.
pub fn statuses(look: &Look) -> AnyView {
    let words = look.words();
    let counts = [Show::Overdue, Show::NeedsLink].map(|show| show.count(look));
    let version = super::fingerprint::fingerprint(&counts);
    let choices = [Show::Active, Show::All, Show::Overdue, Show::NeedsLink].into_iter().filter_map(|show| {
        let current = (look.show() == show).then_some("true");
        let count = show.count(look);
        // What there is none of is offered only to get away from.
        if count == Some(0) && current.is_none() {
            return None;
        }
        let count = count.map(|count| view! { " "<b>{count}</b> });
        let href = look.filter_href(show);
        Some(view! { <a class="filter" href=href aria-current=current data-filter="">{words.filter(show)}{count}</a> })
    });
    view! {
        <div class="filters__statuses" id="filter-statuses" role="group" aria-label=words.filters() data-live="" data-version=version>
            {choices.collect_view()}
        </div>
    }
    .into_any()
}

/// Says within the board what is shown under a word filter, and takes it away again.
pub fn filter_notice(look: &Look, shown: usize, all: usize) -> Option<AnyView> {
    let words = look.words();
    let sought = look.sought();
    if sought.is_empty() {
        return None;
    }
    let version = super::fingerprint::fingerprint(&(sought, shown, all));
    let href = look.path("plan") + &look.address_words(look.lit_item(), look.show(), false);
    let notice = view! {
        <p class="board__filter" data-key="filter" data-version=version>
            <span>{words.filtered(sought, shown, all)}</span>" "<a href=href data-filter="">{words.remove_filter()}</a>
        </p>
    };
    Some(notice.into_any())
}
