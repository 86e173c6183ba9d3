//! `GET /browse/{type}`: the resources of one type.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use serde_json::Value;

use super::Shelf;
use crate::page::{Page, escape};

/// Lists the present resources of a type with a word on each.
pub(super) async fn list(State(shelf): State<Shelf>, Path(kind): Path<String>) -> Page {
    let kind_text = escape(&kind);
    let mut body = format!(
        "<p><a href=\"/browse\">Records</a></p><h1>{kind_text}</h1><div class=\"scroll\"><table><thead><tr>\
         <th scope=\"col\">Id</th><th scope=\"col\">Version</th><th scope=\"col\">What it says</th></tr></thead><tbody>"
    );
    for resource in shelf.store.list(&kind) {
        let id = escape(text_at(&resource, "/id").unwrap_or_default());
        let _ = write!(
            body,
            "<tr><td><a href=\"/browse/{kind_text}/{id}\">{id}</a></td><td>{}</td><td>{}</td></tr>",
            escape(text_at(&resource, "/meta/versionId").unwrap_or_default()),
            escape(gist(&resource))
        );
    }
    body.push_str("</tbody></table></div>");
    Page::new(&shelf.ehr, &kind).body(body)
}

/// A few words that tell resources of one type apart.
pub(super) fn gist(resource: &Value) -> &str {
    const PLACES: [&str; 14] = [
        "/title",
        "/name/0/text",
        "/name/0/family",
        "/name",
        "/description/text",
        "/description",
        "/code/text",
        "/code/coding/0/display",
        "/medicationCodeableConcept/text",
        "/medicationCodeableConcept/coding/0/display",
        "/vaccineCode/text",
        "/category/0/text",
        "/type/0/text",
        "/type/text",
    ];
    PLACES.iter().find_map(|place| text_at(resource, place)).unwrap_or_default()
}

fn text_at<'a>(resource: &'a Value, pointer: &str) -> Option<&'a str> {
    resource.pointer(pointer).and_then(Value::as_str)
}
