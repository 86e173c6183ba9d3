//! Forms that somebody has typed into and not sent.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement};

use super::page::{all, document, elements};

/// Where what was typed is shown once more; it saves nothing.
const KEPT: &str = "/typed";

/// Sends what is half typed on this page to the page that shows it once more; false where nothing is.
///
/// One form carries all of them, each behind a field with the function that it was for.
pub fn send() -> bool {
    let half_filled: Vec<HtmlFormElement> = all("form[data-answer]")
        .into_iter()
        .filter(|form| form.has_attribute("data-unsaved") || is_touched(form))
        .filter_map(|form| form.dyn_into().ok())
        .collect();
    if half_filled.is_empty() {
        return false;
    }
    carry(&half_filled).is_some()
}

fn carry(half_filled: &[HtmlFormElement]) -> Option<()> {
    let form: HtmlFormElement = document().create_element("form").ok()?.dyn_into().ok()?;
    form.set_method("post");
    form.set_attribute("action", KEPT).ok()?;
    for typed in half_filled {
        let action = typed.get_attribute("action").unwrap_or_default();
        add(&form, "_form", action.rsplit('/').next().unwrap_or_default())?;
        for pair in js_sys::try_iter(&FormData::new_with_form(typed).ok()?.into()).ok()?? {
            let pair = js_sys::Array::from(&pair.ok()?);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                add(&form, &name, &value)?;
            }
        }
    }
    let body = document().body()?;
    body.replace_children_with_node_1(&form);
    form.submit().ok()
}

fn add(form: &HtmlFormElement, name: &str, value: &str) -> Option<()> {
    let input: HtmlInputElement = document().create_element("input").ok()?.dyn_into().ok()?;
    input.set_type("hidden");
    input.set_name(name);
    input.set_value(value);
    form.append_child(&input).ok().map(drop)
}

fn is_touched(form: &Element) -> bool {
    form.query_selector_all("input, textarea, select").map(elements).unwrap_or_default().iter().any(is_changed)
}

/// True where a field holds something else than the server wrote into it.
fn is_changed(field: &Element) -> bool {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let differ = |one: &str, other: &str| get(field, one) != get(field, other);
    if field.tag_name() == "SELECT" {
        let options = field.query_selector_all("option").map(elements).unwrap_or_default();
        let preset = options.iter().position(|option| option.has_attribute("selected")).unwrap_or(0);
        return get(field, "selectedIndex").as_f64() != Some(preset as f64);
    }
    match field.get_attribute("type").as_deref() {
        Some("hidden" | "submit" | "button") => false,
        Some("checkbox" | "radio") => differ("checked", "defaultChecked"),
        _ => differ("value", "defaultValue"),
    }
}
