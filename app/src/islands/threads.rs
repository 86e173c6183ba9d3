//! Lights the thread of an item.

use leptos::prelude::*;

/// Listens over the board: choosing a card lights its thread and lets the other cards step back; choosing it again, or
/// Escape anywhere, puts the light out. Draws lines between lit cards. The cards are the server's and are never drawn
/// again here; the title's link is what a keyboard finds, and what says by `aria-current` that a card is chosen.
#[island]
pub fn Threads(
    /// Said politely when a thread is lit, with `#` for the number of its cards.
    lit: String,
    /// Said politely when the light is put out.
    dark: String,
    children: Children,
) -> impl IntoView {
    let report = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    let choose = {
        browser::start(lit, dark, report);
        move |event| browser::choose(&event)
    };
    #[cfg(not(feature = "hydrate"))]
    let choose = {
        let _ = (lit, dark);
        |_: leptos::ev::MouseEvent| {}
    };
    view! {
        <div class="threads" on:click=choose>
            <svg class="threads__lines" id="thread-lines" aria-hidden="true" focusable="false"></svg>
            {children()}
            <p class="hidden-text" aria-live="polite">{report}</p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::{RwSignal, Set, window};
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{Element, KeyboardEvent, MouseEvent, ResizeObserver};

    use crate::islands::page::{SWAPPED, document};
    use crate::islands::thread_address::{CHOSEN, lit, remember};
    use crate::islands::thread_light::light;

    /// What is clicked for itself; a click on it lights nothing.
    const OWN_CLICK: &str = "a:not([data-light]), button, summary, label, input, select, textarea";

    /// Takes over what the server lit, and draws again whenever places change.
    pub fn start(lit_text: String, dark: String, report: RwSignal<String>) {
        let again = Closure::<dyn Fn()>::new(|| {
            light(lit());
        });
        let callback: &js_sys::Function = again.as_ref().unchecked_ref();
        let _ = document().add_event_listener_with_callback(SWAPPED, callback);
        let _ = document().add_event_listener_with_callback_and_bool("toggle", callback, true);
        if let Some(board) = document().get_element_by_id("board")
            && let Ok(observer) = ResizeObserver::new(callback)
        {
            observer.observe(&board);
        }
        again.forget();
        let tell = Closure::<dyn Fn()>::new(move || {
            let cards = light(lit());
            report.set(if cards == 0 { dark.clone() } else { lit_text.replace('#', &cards.to_string()) });
        });
        let _ = document().add_event_listener_with_callback(CHOSEN, tell.as_ref().unchecked_ref());
        tell.forget();
        // On the document: after a click the focus is nowhere on the board.
        let leave = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
            let typing = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let typing = typing.is_some_and(|at| at.matches("input, select, textarea").unwrap_or(false));
            if event.key() == "Escape" && !typing && lit().is_some() {
                remember(None);
            }
        });
        let _ = document().add_event_listener_with_callback("keydown", leave.as_ref().unchecked_ref());
        leave.forget();
    }

    pub fn choose(event: &MouseEvent) {
        let plain =
            event.button() == 0 && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
        let at = event.target().and_then(|target| target.dyn_into::<Element>().ok()).filter(|_| plain);
        let Some(at) = at else { return };
        let on = |selector: &str| at.closest(selector).ok().flatten();
        let Some(card) = on("#board article[data-key]") else { return };
        if on("a[data-light]").is_some() {
            event.prevent_default();
        } else if on(OWN_CLICK).is_some() || selecting() {
            return;
        }
        remember(card.get_attribute("data-key").filter(|chosen| lit().as_ref() != Some(chosen)).as_deref());
    }

    /// True while text is selected: the click only ended the selecting.
    fn selecting() -> bool {
        window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
    }
}
