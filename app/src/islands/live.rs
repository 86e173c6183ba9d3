//! Keeps the board up to date while records are being read.

use leptos::prelude::*;

/// Follows the reading and puts in what changed. Stands beside the board, not around it, and after it: when it starts,
/// the board is there.
///
/// The stream is closed while the tab is hidden (a browser opens six connections to a host over HTTP/1.1, the seventh
/// tab would never load) and ends when nothing is pending any more.
#[island]
pub fn Live(
    /// Address of the event stream.
    events: String,
    /// Address of the fragment.
    fragment: String,
    /// Said politely when something changed.
    changed: String,
) -> impl IntoView {
    let report = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(browser::follow(events, fragment, changed, report));
    #[cfg(not(feature = "hydrate"))]
    let _ = (events, fragment, changed);
    view! { <p class="hidden-text" role="status">{report}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use futures::channel::mpsc::UnboundedReceiver;
    use futures::future::{Either, select};
    use futures::{StreamExt, pin_mut};
    use gloo_net::eventsource::futures::EventSource;
    use gloo_net::http::Request;
    use leptos::prelude::*;

    use crate::islands::page::{FRAGMENT_TYPE, document, elements, fragment_of, parse, tell_swapped};
    use crate::islands::swap::bring_up_to_date;
    use crate::islands::waiting::visibility;

    pub async fn follow(events: String, fragment: String, changed: String, report: RwSignal<String>) {
        let mut visibility = visibility();
        let mut tried = None;
        while pending() {
            if document().hidden() {
                if visibility.next().await.is_none() {
                    return;
                }
                continue;
            }
            let Ok(source) = EventSource::new(&events) else { return };
            let Some(newest) = newer(source, tried, &mut visibility).await else { continue };
            // The stream is closed by now: with six of them open, no tab of this host could fetch anything.
            tried = Some(newest);
            if refresh(&fragment).await {
                report.set(changed.clone());
            }
        }
    }

    /// Waits on the stream for a revision that is neither drawn nor tried; `None` where the tab was hidden meanwhile.
    ///
    /// The first event carries the newest revision, so nothing is missed between page and stream. The source is dropped
    /// at the end, which closes the stream.
    async fn newer(mut source: EventSource, tried: Option<u64>, visibility: &mut UnboundedReceiver<()>) -> Option<u64> {
        let revisions = source.subscribe("revision").ok()?;
        pin_mut!(revisions);
        loop {
            match select(revisions.next(), visibility.next()).await {
                Either::Left((Some(Ok((_, event))), _)) => {
                    let newest = event.data().as_string().and_then(|text| text.parse().ok());
                    if let Some(newest) = newest.filter(|newest| Some(*newest) != drawn() && Some(*newest) != tried) {
                        return Some(newest);
                    }
                }
                // A lost connection: the browser connects again by itself.
                Either::Left((Some(Err(_)), _)) => {}
                Either::Left((None, _)) => std::future::pending::<()>().await,
                Either::Right(_) => return None,
            }
        }
    }

    /// Fetches the live parts and puts in what changed.
    async fn refresh(fragment: &str) -> bool {
        let Ok(answer) = Request::get(fragment).header("Accept", FRAGMENT_TYPE).send().await else { return false };
        if !answer.ok() {
            return false;
        }
        let Some(fresh) = fragment_of(answer).await.and_then(|html| parse(&html)) else { return false };
        let mut changed = false;
        for part in fresh.query_selector_all("[data-live]").map(elements).unwrap_or_default() {
            if let Some(title) = part.get_attribute("data-title") {
                document().set_title(&title);
            }
            if let Some(old) = document().get_element_by_id(&part.id()) {
                changed |= bring_up_to_date(&old, &part);
            }
        }
        tell_swapped();
        changed
    }

    fn board(attribute: &str) -> Option<u64> {
        document().get_element_by_id("board")?.get_attribute(attribute)?.parse().ok()
    }

    fn pending() -> bool {
        board("data-pending").is_some_and(|pending| pending > 0)
    }

    fn drawn() -> Option<u64> {
        board("data-revision")
    }
}
