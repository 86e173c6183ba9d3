//! The chosen item stands in the page's address.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::page::{all, document};

/// Told on the document when another card was chosen, or none.
pub const CHOSEN: &str = "accord:chosen";

/// The chosen item: what the page's address says.
pub fn lit() -> Option<String> {
    parameters()?.get("item")
}

fn parameters() -> Option<web_sys::UrlSearchParams> {
    web_sys::UrlSearchParams::new_with_str(&window().location().search().ok()?).ok()
}

/// Writes the chosen item into the address, so that reload and print show the same, and into what leads from here
/// to another filter; then tells.
pub fn remember(chosen: Option<&str>) {
    let (Some(parameters), Ok(path), Ok(history)) = (parameters(), window().location().pathname(), window().history())
    else {
        return;
    };
    set_item(&parameters, chosen);
    let query = String::from(parameters.to_string());
    let address = if query.is_empty() { path } else { format!("{path}?{query}") };
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    for link in all("a[data-filter]") {
        let href = link.get_attribute("href").unwrap_or_default();
        let (path, query) = href.split_once('?').unwrap_or((&href, ""));
        if let Ok(parameters) = web_sys::UrlSearchParams::new_with_str(query) {
            set_item(&parameters, chosen);
            let query = String::from(parameters.to_string());
            let href = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
            let _ = link.set_attribute("href", &href);
        }
    }
    for field in all("input[data-filter]") {
        let _ = field.set_attribute("value", chosen.unwrap_or_default());
        let _ = if chosen.is_some() { field.remove_attribute("disabled") } else { field.set_attribute("disabled", "") };
    }
    if let Ok(event) = web_sys::Event::new(CHOSEN) {
        let _ = document().dispatch_event(&event);
    }
}

fn set_item(parameters: &web_sys::UrlSearchParams, chosen: Option<&str>) {
    match chosen {
        Some(chosen) => parameters.set("item", chosen),
        None => parameters.delete("item"),
    }
}
