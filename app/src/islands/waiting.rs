//! Times and signs that a task waits for.

use std::time::Duration;

use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use futures::channel::oneshot::{Receiver, channel};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::page::document;

/// Is done when so many milliseconds are over, a second at least.
pub fn after(milliseconds: f64) -> Receiver<()> {
    let (tell, told) = channel();
    let waited = Duration::from_secs_f64(milliseconds.max(1000.0) / 1000.0);
    leptos::prelude::set_timeout(
        move || {
            let _ = tell.send(());
        },
        waited,
    );
    told
}

/// Tells each time the tab is shown or hidden, for as long as the page lives.
pub fn visibility() -> UnboundedReceiver<()> {
    let (tell, told) = unbounded();
    let listener = Closure::<dyn Fn()>::new(move || {
        let _ = tell.unbounded_send(());
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref());
    listener.forget();
    told
}
