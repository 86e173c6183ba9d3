//! Takes a page away when what it shows is shared no longer.

use leptos::prelude::*;

/// Follows the launch while the tab is shown, and loads the page again when the launch was closed: it then shows what may
/// still be seen, or why nothing may. Drawn where somebody reads what another person shares with them.
///
/// The end of the session is none of its business: the page is cleared then too, with what was typed kept.
#[island]
pub fn SharedWatch(
    /// Address of the event stream.
    events: String,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(browser::watch(events));
    #[cfg(not(feature = "hydrate"))]
    let _ = events;
    view! { <span hidden=true data-shared-watch=""></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use futures::channel::mpsc::UnboundedReceiver;
    use futures::future::{Either, select};
    use futures::{StreamExt, pin_mut};
    use gloo_net::eventsource::futures::EventSource;
    use gloo_net::http::{Method, RequestBuilder};
    use leptos::prelude::window;

    use crate::islands::page::document;
    use crate::islands::waiting::{after, visibility};

    /// How long it waits before it asks a server again that could not answer, in milliseconds.
    const PAUSE: f64 = 15_000.0;

    /// Why a stream is over.
    enum Over {
        /// The tab was hidden.
        Hidden,
        /// The server has ended it, or did not begin it.
        Ended,
    }

    pub async fn watch(events: String) {
        let mut shown = visibility();
        loop {
            if document().hidden() {
                if shown.next().await.is_none() {
                    return;
                }
                continue;
            }
            let Ok(source) = EventSource::new(&events) else { return };
            match over(source, &mut shown).await {
                Over::Hidden => {}
                Over::Ended => match status(&events).await {
                    // Not signed in any more: whoever watches the session clears the page.
                    Some(404) => return,
                    Some(403 | 200) => {
                        let _ = window().location().reload();
                        return;
                    }
                    Some(_) | None => {
                        let _ = after(PAUSE).await;
                    }
                },
            }
        }
    }

    /// Waits for the end of a stream; the source is dropped with it.
    async fn over(mut source: EventSource, shown: &mut UnboundedReceiver<()>) -> Over {
        let Ok(closed) = source.subscribe("closed") else { return Over::Ended };
        pin_mut!(closed);
        match select(closed.next(), shown.next()).await {
            // An error is one that the browser does not mend by itself.
            Either::Left(_) => Over::Ended,
            Either::Right(_) => Over::Hidden,
        }
    }

    /// What the server says to the launch now; `None` where it could not be asked.
    async fn status(events: &str) -> Option<u16> {
        let answer = RequestBuilder::new(events).method(Method::HEAD).send().await;
        answer.ok().map(|answer| answer.status())
    }
}
