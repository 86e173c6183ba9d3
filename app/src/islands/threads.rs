//! Lights the thread of an item.

use leptos::prelude::*;

/// Listens over the board: choosing an item lights its thread and lets the other cards step back; choosing it again, or
/// Escape, puts the light out. Draws lines between lit cards. The cards are the server's and are never drawn again here.
#[island]
pub fn Threads(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let (choose, leave) = {
        browser::start();
        (browser::choose, browser::leave)
    };
    #[cfg(not(feature = "hydrate"))]
    let (choose, leave) = (|_: leptos::ev::MouseEvent| {}, |_: leptos::ev::KeyboardEvent| {});
    view! {
        <div class="threads" on:click=choose on:keydown=leave>
            <svg class="threads__lines" id="thread-lines" aria-hidden="true" focusable="false"></svg>
            {children()}
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::collections::{BTreeMap, BTreeSet};

    use leptos::prelude::window;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, KeyboardEvent, MouseEvent, ResizeObserver};

    use crate::islands::page::{SWAPPED, all, document};
    use crate::islands::thread_lines::{clear, draw};

    /// Takes over what the server lit, and draws again whenever places change.
    pub fn start() {
        let again = Closure::<dyn Fn()>::new(|| light(lit()));
        let callback: &js_sys::Function = again.as_ref().unchecked_ref();
        let _ = document().add_event_listener_with_callback(SWAPPED, callback);
        let _ = document().add_event_listener_with_callback_and_bool("toggle", callback, true);
        if let Some(board) = document().get_element_by_id("board")
            && let Ok(observer) = ResizeObserver::new(callback)
        {
            observer.observe(&board);
        }
        again.forget();
    }

    pub fn choose(event: MouseEvent) {
        let plain =
            event.button() == 0 && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
        let link =
            event.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest("a[data-light]").ok()?);
        let Some(card) = link.filter(|_| plain).and_then(|link| link.closest("article[data-key]").ok()?) else {
            return;
        };
        event.prevent_default();
        let chosen = card.get_attribute("data-key").filter(|chosen| lit().as_ref() != Some(chosen));
        remember(chosen.as_deref());
        light(chosen);
    }

    pub fn leave(event: KeyboardEvent) {
        if event.key() == "Escape" && lit().is_some() {
            remember(None);
            light(None);
        }
    }

    /// The chosen item: what the page's address says.
    fn lit() -> Option<String> {
        parameters()?.get("item")
    }

    fn parameters() -> Option<web_sys::UrlSearchParams> {
        web_sys::UrlSearchParams::new_with_str(&window().location().search().ok()?).ok()
    }

    /// Writes the chosen item into the address, so that reload and print show the same.
    fn remember(chosen: Option<&str>) {
        let (Some(parameters), Ok(path), Ok(history)) =
            (parameters(), window().location().pathname(), window().history())
        else {
            return;
        };
        match chosen {
            Some(chosen) => parameters.set("item", chosen),
            None => parameters.delete("item"),
        }
        let query = String::from(parameters.to_string());
        let address = if query.is_empty() { path } else { format!("{path}?{query}") };
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }

    fn light(chosen: Option<String>) {
        let cards: BTreeMap<String, Element> = all("#board article[data-key]")
            .into_iter()
            .filter_map(|card| Some((card.get_attribute("data-key")?, card)))
            .collect();
        let chosen = chosen.filter(|chosen| cards.contains_key(chosen));
        let thread = chosen.as_ref().map(|chosen| thread(&cards, chosen));
        for (key, card) in &cards {
            let on = thread.as_ref().is_some_and(|thread| thread.contains(key));
            let is_chosen = chosen.as_ref() == Some(key);
            for (class, wanted) in
                [("card--on", on), ("card--off", thread.is_some() && !on), ("card--chosen", is_chosen)]
            {
                let _ = card.class_list().toggle_with_force(class, wanted);
            }
            if let Ok(Some(link)) = card.query_selector("a[data-light]") {
                let _ = if is_chosen {
                    link.set_attribute("aria-current", "true")
                } else {
                    link.remove_attribute("aria-current")
                };
            }
        }
        clear();
        for (from, to, inferred) in links(&cards) {
            if let Some(thread) = &thread
                && thread.contains(&from)
                && thread.contains(&to)
            {
                draw(&cards[&from], &cards[&to], inferred);
            }
        }
    }

    /// Links between cards that are on the board: from, to, and whether it is inferred.
    fn links(cards: &BTreeMap<String, Element>) -> Vec<(String, String, bool)> {
        let mut links = Vec::new();
        for (from, card) in cards {
            for (attribute, inferred) in [("data-to", false), ("data-to-inferred", true)] {
                let ends = card.get_attribute(attribute).unwrap_or_default();
                let ends = ends.split_whitespace().filter(|to| cards.contains_key(*to));
                links.extend(ends.map(|to| (from.clone(), to.to_owned(), inferred)));
            }
        }
        links
    }

    /// Up against the links, then down along them, as the plan's own thread: two goals of one concern do not light each
    /// other's interventions.
    fn thread(cards: &BTreeMap<String, Element>, chosen: &str) -> BTreeSet<String> {
        let links = links(cards);
        let mut lit = BTreeSet::from([chosen.to_owned()]);
        for up in [true, false] {
            let mut seen = BTreeSet::from([chosen.to_owned()]);
            let mut open = vec![chosen.to_owned()];
            while let Some(at) = open.pop() {
                for (from, to, _) in &links {
                    let (here, there) = if up { (to, from) } else { (from, to) };
                    if *here == at && seen.insert(there.clone()) {
                        lit.insert(there.clone());
                        open.push(there.clone());
                    }
                }
            }
        }
        lit
    }
}
