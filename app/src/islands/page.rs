//! Small words for the browser's document.

use wasm_bindgen::JsCast;
use web_sys::{Document, DocumentFragment, Element, HtmlTemplateElement, NodeList};

/// Content type of what may go into the page.
pub const FRAGMENT_TYPE: &str = "text/fragment+html";
/// Told on the document after the server's HTML was put in.
pub const SWAPPED: &str = "accord:swapped";

/// The document.
pub fn document() -> Document {
    leptos::prelude::document()
}

/// The elements of a list.
pub fn elements(list: NodeList) -> Vec<Element> {
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}

/// The elements below the document that a selector names.
pub fn all(selector: &str) -> Vec<Element> {
    document().query_selector_all(selector).map(elements).unwrap_or_default()
}

/// Reads a fragment. The text comes from our own server and said so by its content type; scripts in it do not run.
pub fn parse(html: &str) -> Option<DocumentFragment> {
    let template: HtmlTemplateElement = document().create_element("template").ok()?.dyn_into().ok()?;
    template.set_inner_html(html);
    Some(template.content())
}

/// The text of an answer, if it is a fragment.
pub async fn fragment_of(answer: gloo_net::http::Response) -> Option<String> {
    let kind = answer.headers().get("content-type")?;
    let kind = kind.split(';').next().unwrap_or_default().trim().to_owned();
    if kind != FRAGMENT_TYPE {
        return None;
    }
    answer.text().await.ok()
}

/// Tells the other islands that the server's HTML was put in.
pub fn tell_swapped() {
    if let Ok(event) = web_sys::Event::new(SWAPPED) {
        let _ = document().dispatch_event(&event);
    }
}
