//! Takes a page away when what it shows is shared no longer.

use leptos::prelude::*;

/// Asks about the launch while the tab is shown, and loads the page again when the launch was closed: it then shows what
/// may still be seen, or why nothing may. Drawn where somebody reads what another person shares with them.
///
/// The end of the session is none of its business: the page is cleared then too, with what was typed kept.
#[island]
pub fn SharedWatch(
    /// Address that tells the newest revision.
    revision: String,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(browser::watch(revision));
    #[cfg(not(feature = "hydrate"))]
    let _ = revision;
    view! { <span hidden=true data-shared-watch=""></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use futures::StreamExt;
    use leptos::prelude::window;

    use crate::islands::asking::{Said, ask, pause};
    use crate::islands::page::document;
    use crate::islands::waiting::visibility;

    pub async fn watch(revision: String) {
        let mut shown = visibility();
        let mut opened = None;
        loop {
            if document().hidden() {
                if shown.next().await.is_none() {
                    return;
                }
                continue;
            }
            let is_over = match ask(&revision).await {
                Said::Open(now) => opened.replace(now.opened.clone()).is_some_and(|before| before != now.opened),
                // Not signed in any more: whoever watches the session clears the page.
                Said::Refused(404) => return,
                // To the plan, which is refused with the reason: this page itself may be one that is still shown.
                Said::Refused(_) => {
                    let plan = format!("{}plan", revision.trim_end_matches("revision"));
                    let _ = window().location().replace(&plan);
                    return;
                }
                Said::Unknown => false,
            };
            if is_over {
                let _ = window().location().reload();
                return;
            }
            pause(&mut shown).await;
        }
    }
}
