//! `GET /browse`: the types and how many there are of each.

use std::fmt::Write as _;

use axum::extract::State;

use super::Shelf;
use crate::page::{Page, escape};

/// Lists the resource types.
pub(super) async fn index(State(shelf): State<Shelf>) -> Page {
    let kinds = shelf.store.types();
    let total: usize = kinds.values().sum();
    let mut body = format!(
        "<h1>Records</h1><p>{total} resources</p><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Type</th>\
         <th scope=\"col\">Resources</th></tr></thead><tbody>"
    );
    for (kind, count) in kinds {
        let kind = escape(&kind);
        let _ = write!(body, "<tr><td><a href=\"/browse/{kind}\">{kind}</a></td><td>{count}</td></tr>");
    }
    body.push_str("</tbody></table></div>");
    Page::new(&shelf.ehr, "Records").body(body)
}
