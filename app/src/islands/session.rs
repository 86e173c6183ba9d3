//! Warns before the session ends, and clears the page when it has ended.

use leptos::prelude::*;

/// Watches over the end of the session. Its children are the warning, a `dialog` that is closed until then.
///
/// Only the user puts the end off (WCAG 2.2.1): what this asks the server by itself does not count as use. It asks again
/// before it warns and before it clears, so that what was done in another tab counts here too.
#[island]
pub fn SessionWatch(
    /// Where it asks.
    address: String,
    /// Seconds until the end.
    left: u32,
    /// Seconds before the end at which it warns.
    warned_before: u32,
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(browser::watch(address, left, warned_before));
    #[cfg(not(feature = "hydrate"))]
    let _ = (address, left, warned_before);
    view! { <div>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use futures::StreamExt;
    use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
    use futures::future::{Either, select};
    use leptos::prelude::window;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{HtmlDialogElement, HtmlFormElement, SubmitEvent};

    use crate::islands::half_filled;
    use crate::islands::page::{all, document};
    use crate::islands::session_answer::{Session, ask, extend};
    use crate::islands::waiting::{after, visibility};

    /// How often it asks while the warning is open, or the server cannot be reached, in milliseconds.
    const OFTEN: f64 = 15_000.0;

    pub async fn watch(address: String, left: u32, warned_before: u32) {
        let warned_before = f64::from(warned_before) * 1000.0;
        let mut end = now() + f64::from(left) * 1000.0;
        let mut told = false;
        let (mut asked, mut shown) = (extensions(), visibility());
        loop {
            let left = end - now();
            let pause = match () {
                () if left <= 0.0 || is_open() => OFTEN.min(left.max(1000.0)),
                () if told => left,
                () => left - warned_before,
            };
            pause_for(pause, &mut asked, &mut shown).await;
            match ask(&address).await {
                Session::Open { left, words } => {
                    end = now() + left * 1000.0;
                    say(&words);
                    show_page(true);
                    told = warn(left * 1000.0, warned_before, told);
                }
                Session::Ended => return clear(),
                // It may have ended, and nobody can say: nothing is shown until somebody can.
                Session::NotReached => show_page(now() < end),
            }
        }
    }

    /// Returns when the time is over, the user has put the end off, or the tab is shown again: it may have slept.
    async fn pause_for(milliseconds: f64, asked: &mut UnboundedReceiver<()>, shown: &mut UnboundedReceiver<()>) {
        let timer = after(milliseconds);
        match select(timer, select(asked.next(), shown.next())).await {
            Either::Left(_) | Either::Right(_) => {}
        }
    }

    /// Opens the warning once, closes it when the end was put off, and tells of the last minute. True while it has told.
    fn warn(left: f64, warned_before: f64, told: bool) -> bool {
        let Some(dialog) = dialog() else { return true };
        if left > warned_before + 1000.0 {
            dialog.close();
            return false;
        }
        if !told {
            let _ = dialog.show_modal();
        }
        if let Some(last) = document().get_element_by_id("session-warning-last").filter(|_| left <= 60_000.0) {
            last.set_text_content(last.get_attribute("data-words").as_deref());
        }
        true
    }

    /// The session has ended while the page was open: a shared screen shows nothing of it any more, and what was typed
    /// goes to the page that keeps it.
    fn clear() {
        if half_filled::send() {
            return;
        }
        if let Some(body) = document().body() {
            body.replace_children_with_node_0();
        }
        let _ = window().location().reload();
    }

    fn dialog() -> Option<HtmlDialogElement> {
        document().get_element_by_id("session-warning")?.dyn_into().ok()
    }

    fn is_open() -> bool {
        dialog().is_some_and(|dialog| dialog.open())
    }

    fn say(words: &str) {
        for element in all("[data-session-words]") {
            element.set_text_content(Some(words));
        }
    }

    fn show_page(show: bool) {
        if let Some(body) = document().body() {
            body.set_hidden(!show);
        }
    }

    /// The user's wish to stay, from the banner and from the warning: sent without leaving the page, so that what is
    /// half typed stays. Where that fails the form goes its own way.
    fn extensions() -> UnboundedReceiver<()> {
        let (tell, told) = unbounded();
        let listener = Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| stay(&event, &tell));
        let _ = document().add_event_listener_with_callback("submit", listener.as_ref().unchecked_ref());
        listener.forget();
        told
    }

    fn stay(event: &SubmitEvent, tell: &UnboundedSender<()>) {
        let button = event.submitter().filter(|button| button.has_attribute("data-extend"));
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let (Some(_), Some(form)) = (button, form) else { return };
        event.prevent_default();
        let tell = tell.clone();
        leptos::task::spawn_local(async move {
            if extend().await {
                let _ = tell.unbounded_send(());
            } else {
                let _ = form.set_attribute("action", "/extend");
                let _ = form.submit();
            }
        });
    }

    fn now() -> f64 {
        js_sys::Date::now()
    }
}
