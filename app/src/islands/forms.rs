//! Sends forms without leaving the page.

use leptos::prelude::*;

/// Listens for forms with `data-answer` among its children and puts the server's answer in their place.
///
/// The same form posts and gets the same answer without script. When anything is not as expected the form is sent
/// plainly, so nothing that was typed is lost.
#[island]
pub fn Forms(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let send = browser::send;
    #[cfg(not(feature = "hydrate"))]
    let send = |_: leptos::ev::SubmitEvent| {};
    view! { <div on:submit=send>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use gloo_net::http::Request;
    use wasm_bindgen::JsCast;
    use web_sys::{FormData, HtmlElement, HtmlFormElement, SubmitEvent, UrlSearchParams};

    use crate::islands::page::{FRAGMENT_TYPE, document, elements, fragment_of, parse, tell_swapped};

    pub fn send(event: SubmitEvent) {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| form.has_attribute("data-answer")) else { return };
        event.prevent_default();
        // A second click while the first is under way sends nothing.
        if form.has_attribute("aria-busy") {
            return;
        }
        let _ = form.set_attribute("aria-busy", "true");
        leptos::task::spawn_local(async move {
            let done = match answer(&form).await {
                Some(html) => put_in(&html),
                None => false,
            };
            if !done {
                let _ = form.submit();
            }
        });
    }

    async fn answer(form: &HtmlFormElement) -> Option<String> {
        let typed = FormData::new_with_form(form).ok()?;
        let body = UrlSearchParams::new_with_str_sequence_sequence(&typed).ok()?;
        let address = form.get_attribute("action")?;
        let request = Request::post(&address).header("Accept", FRAGMENT_TYPE).body(body).ok()?;
        fragment_of(request.send().await.ok()?).await
    }

    /// Replaces each element of the page that the fragment has by its id, and takes the focus to what was said.
    fn put_in(html: &str) -> bool {
        let Some(fresh) = parse(html) else { return false };
        let Some(root) = fresh.first_element_child() else { return false };
        let mut done = false;
        let focused = document().active_element().map(|element| element.id());
        for part in root.query_selector_all(":scope > [id]").map(elements).unwrap_or_default() {
            if let Some(old) = document().get_element_by_id(&part.id()) {
                let _ = old.replace_with_with_node_1(&part);
                done = true;
            }
        }
        let said = document().query_selector("[role=status]:not(:empty)").ok().flatten();
        let before = focused.filter(|id| !id.is_empty()).and_then(|id| document().get_element_by_id(&id));
        if let Some(element) = said.or(before).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
        tell_swapped();
        done
    }
}
