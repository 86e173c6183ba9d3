//! Keeps the board up to date while records are being read.

use leptos::prelude::*;

/// Follows the reading and puts in what changed. Stands beside the board, not around it, and after it: when it starts,
/// the board is there.
///
/// The stream is closed while the tab is hidden (a browser opens six connections to a host over HTTP/1.1, the seventh
/// tab would never load) and ends when nothing is pending any more. A page that shows what may be taken back, a record
/// that was shared, or that was joined and is somebody else's, then asks now and then.
#[island]
pub fn Live(
    /// Address of the event stream.
    events: String,
    /// Address that tells the newest revision.
    revision: String,
    /// Address of the fragment.
    fragment: String,
    /// Said politely when something changed.
    changed: String,
    /// True for a page that must follow when something is taken out of it, and go when the server closes the launch.
    stays: bool,
) -> impl IntoView {
    let report = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(browser::follow([events, revision, fragment], changed, stays, report));
    #[cfg(not(feature = "hydrate"))]
    let _ = (events, revision, fragment, changed, stays);
    view! { <p class="hidden-text" role="status">{report}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use futures::channel::mpsc::UnboundedReceiver;
    use futures::future::{Either, select};
    use futures::{StreamExt, pin_mut, stream};
    use gloo_net::eventsource::State;
    use gloo_net::eventsource::futures::EventSource;
    use gloo_net::http::Request;
    use leptos::prelude::*;

    use crate::islands::asking::{Said, ask, pause};
    use crate::islands::page::{FRAGMENT_TYPE, document, elements, fragment_of, parse, tell_swapped};
    use crate::islands::swap::bring_up_to_date;
    use crate::islands::waiting::visibility;

    pub async fn follow(addresses: [String; 3], changed: String, stays: bool, report: RwSignal<String>) {
        let [events, revision, fragment] = addresses;
        let mut visibility = visibility();
        let (mut tried, mut opened) = (None, None);
        while stays || pending() {
            if document().hidden() {
                if visibility.next().await.is_none() {
                    return;
                }
                continue;
            }
            if !pending() {
                pause(&mut visibility).await;
                let now = match ask(&revision).await {
                    Said::Open(now) => now,
                    Said::Refused(_) => {
                        // Whatever the server says now is what may be seen.
                        let _ = window().location().reload();
                        return;
                    }
                    Said::Unknown => continue,
                };
                let is_anew = opened.replace(now.opened.clone()).is_some_and(|before| before != now.opened);
                if is_anew || Some(now.revision) != drawn() {
                    tried = Some(now.revision);
                    if refresh(&fragment).await {
                        report.set(changed.clone());
                    }
                }
                continue;
            }
            let Ok(source) = EventSource::new(&events) else { return };
            // The stream is closed after this: with six of them open, no tab of this host could fetch anything.
            match heard(source, tried, &mut visibility).await {
                Some(Heard::Newer(newest)) => {
                    tried = Some(newest);
                    if refresh(&fragment).await {
                        report.set(changed.clone());
                    }
                }
                Some(Heard::Hidden) => {}
                Some(Heard::Closed) if stays => {
                    // Whatever the server says now is what may be seen.
                    let _ = window().location().reload();
                    return;
                }
                Some(Heard::Closed) | None => return,
            }
        }
    }

    enum Heard {
        /// A revision that is neither drawn nor tried.
        Newer(u64),
        /// The tab was hidden meanwhile.
        Hidden,
        /// The server has closed the launch, or does not let the page in any more.
        Closed,
    }

    /// Waits on the stream; `None` where it cannot be followed.
    ///
    /// The first event carries the newest revision, so nothing is missed between page and stream. The source is dropped
    /// at the end, which closes the stream.
    async fn heard(
        mut source: EventSource,
        tried: Option<u64>,
        visibility: &mut UnboundedReceiver<()>,
    ) -> Option<Heard> {
        let told = stream::select(source.subscribe("revision").ok()?, source.subscribe("closed").ok()?);
        pin_mut!(told);
        loop {
            match select(told.next(), visibility.next()).await {
                Either::Left((Some(Ok((kind, _))), _)) if kind == "closed" => return Some(Heard::Closed),
                Either::Left((Some(Ok((_, event))), _)) => {
                    let newest = event.data().as_string().and_then(|text| text.parse().ok());
                    if let Some(newest) = newest.filter(|newest| Some(*newest) != drawn() && Some(*newest) != tried) {
                        return Some(Heard::Newer(newest));
                    }
                }
                // A refusal is final; after a lost connection the browser connects again by itself.
                Either::Left((Some(Err(_)), _)) if source.state() == State::Closed => return Some(Heard::Closed),
                Either::Left((Some(Err(_)), _)) => {}
                Either::Left((None, _)) => std::future::pending::<()>().await,
                Either::Right(_) => return Some(Heard::Hidden),
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
