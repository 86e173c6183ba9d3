//! What of the plan is shown: by status, and by words. Plain links and a plain form; the address holds it all.

use leptos::prelude::*;

use super::look::Look;

/// Draws the filters above the board.
pub fn filters(look: &Look) -> AnyView {
    let words = look.words();
    let by_status = |all: bool| {
        let current = (look.shows_all() == all).then_some("true");
        let href = look.filter_href(all);
        view! { <a class="filter" href=href aria-current=current data-filter="">{words.filter(all)}</a> }
    };
    let lit = look.lit_item().map(ToString::to_string);
    let disabled = lit.is_none();
    view! {
        <div class="filters">
            <form class="filters__words" role="search" aria-label=words.filter_plan() method="get" action=look.path("plan")>
                <input class="field" type="search" name="q" maxlength="200" aria-label=words.filter_plan()
                    placeholder=words.filter_hint() value=look.sought().to_owned()/>
                {look.shows_all().then(|| view! { <input type="hidden" name="show" value="all"/> })}
                <input type="hidden" name="item" value=lit disabled=disabled data-filter=""/>
                <button class="button button--small">{words.filter_button()}</button>
            </form>
            <div class="filters__statuses" role="group" aria-label=words.filters()>{by_status(false)}{by_status(true)}</div>
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
    let href = look.path("plan") + &look.address_words(look.lit_item(), look.shows_all(), false);
    let notice = view! {
        <p class="board__filter" data-key="filter" data-version=version>
            <span>{words.filtered(sought, shown, all)}</span>" "<a href=href data-filter="">{words.remove_filter()}</a>
        </p>
    };
    Some(notice.into_any())
}
